"""What an agency's group hears of its leg: from the caller, from above, from time."""

from __future__ import annotations

from aiogram.utils.formatting import BlockQuote, Text

from bot.screens import (
    names,
    told_arrivals,
    told_checks,
    told_corrections,
    told_together,
    told_triage,
    told_types,
)
from bot.screens.buttons import contestable
from bot.screens.masking import masked
from bot.screens.notices import Telling, Tells, Told, score
from bot.screens.nudges import nudged, rung_for
from bot.screens.times import spanned, when
from bot.words import _
from core.lifecycle import Action, Outcome
from core.people import Post
from core.returning import Ground


def dispatched(t: Telling) -> Told:
    """What the card had no room for."""
    return Told(Text(_("📎 呼叫人的原话和材料 "), t.number), hides=True)


def added(t: Telling) -> Told:
    """More from the caller."""
    return Told(Text("➕ ", t.number, _(" {caller}补充：").format(caller=t.caller)), hides=True)


def urged(t: Telling) -> Told:
    """The caller asks for haste."""
    head = _(" {caller}催办，请尽快办理，并回复一句进展。").format(caller=t.caller)
    return Told(Text("⏰ ", t.number, head, " ", *rung_for(t, Post.LIAISON)))


def withdrawn(t: Telling) -> Told:
    """The matter is off, and why."""
    return Told(Text("🚫 ", t.number, _(" 呼叫人已撤回，不用再办。"), *_quoted(t, "why")))


def followed(t: Telling) -> Told:
    """The leg above was withdrawn, went into another call, or is this agency's own now."""
    if t.view.leg.outcome is Outcome.MISDISPATCH:
        return Told(
            Text("🔀 ", t.number, _(" 已改由你们主办，上呼的这一件不用再办，请看新卡片。"))
        )
    if t.view.leg.outcome is Outcome.DUPLICATE:
        return Told(Text("🔗 ", t.number, _(" 已并案，上呼的这一件一并结案。")))
    return Told(Text("🚫 ", t.number, _(" 呼叫人已撤回，上呼的这一件一并结案。")))


def rated(t: Telling) -> Told:
    """Closed, with the score and without the caller's name."""
    head = _(" 已结案，{caller}评价：{score}").format(caller=t.caller, score=score(t))
    return Told(Text("⭐ ", t.number, head, *_quoted(t, "words"), *_contested(t)))


def rated_late(t: Telling) -> Told:
    """A rating after closing."""
    head = _(" {caller}补评：{score}").format(caller=t.caller, score=score(t))
    return Told(Text("⭐ ", t.number, head, *_quoted(t, "words"), *_contested(t)))


def reworked(t: Telling) -> Told:
    """Not solved: once more, with less time; the second time the head hears it."""
    times = int(t.entry.facts.get("rework") or 1)
    posts = (Post.LIAISON, Post.HEAD) if times > 1 else (Post.LIAISON,)
    head = _(" {caller}评价：未解决，要求重办（第 {n} 次）{finish}。").format(
        caller=t.caller, n=times, finish=t.finish
    )
    return Told(Text("🔁 ", t.number, head, " ", *rung_for(t, *posts), *_quoted(t, "words")))


def agreed(t: Telling) -> Told:
    """The return was accepted."""
    to = t.named(t.entry.facts.get("proposed"))
    return Told(Text("✅ ", t.number, _(" 同意改派，已转{to}办理，你们不用再办。").format(to=to)))


def declined(t: Telling) -> Told:
    """The return was refused."""
    head = _(" 退单未获同意，仍由{agency}办理{finish}。").format(agency=t.agency, finish=t.finish)
    return Told(Text("↩️ ", t.number, head))


def deemed(t: Telling) -> Told:
    """Nobody decided in time."""
    head = _(" 退单到时没有答复，视为不同意，仍由{agency}办理{finish}。").format(
        agency=t.agency, finish=t.finish
    )
    return Told(Text("↩️ ", t.number, head))


def child_closed(t: Telling) -> Told:
    """The level above has answered: now the caller waits for us."""
    below, ended = t.named(t.entry.facts.get("agency")), t.entry.facts.get("outcome")
    outcome = next((_(word) for known, word in names.OUTCOMES.items() if known == ended), "")
    if ended == Outcome.MISDISPATCH:
        return Told(Text("🔀 ", t.number, _(" 上呼{below}的一件已改派。").format(below=below)))
    if t.entry.facts.get("co"):
        head = _(" {below}协办的一件已结案（{outcome}），请接着办理、答复{caller}{finish}。")
        told = head.format(
            below=below,
            outcome=outcome,
            caller=t.caller,
            finish=t.finish,
        )
        return Told(Text("✅ ", t.number, told))
    span = spanned(t.easel.district.limits.step("parent_answer"))
    head = _(" 上呼{below}的一件已结案（{outcome}）。请在 {span}内答复{caller}{finish}。").format(
        below=below,
        outcome=outcome,
        span=span,
        caller=t.caller,
        finish=t.finish,
    )
    return Told(Text("✅ ", t.number, head))


def unreachable(t: Telling) -> Told | None:
    """The caller stopped the bot; where there is something to say, a phone task says so."""
    if t.view.leg.phone_from is not None:
        return None
    head = _(
        " 暂时联系不上呼叫人：对方停用了机器人，消息送不到。请照常办理，对方回来后会看到结果。"
    )
    return Told(Text("⚠️ ", t.number, head))


def returned(t: Telling) -> Told | None:
    """The adjudicator is asked to decide; of a dispute the convening tells everything."""
    if t.view.convened:
        return None
    facts = t.entry.facts
    head = _(" 退单审核：{agency}认为{ground}，建议改派{to}。").format(
        agency=t.agency,
        ground=_(names.GROUNDS[Ground(facts["ground"])]),
        to=t.named(facts.get("proposed")),
    )
    due = t.view.leg.review_due
    until = (
        _("请在 {at} 前决定，过时视为不同意。").format(at=when(due, t.easel.zone)) if due else ""
    )
    why = _("不同意的理由可写在指令后：/decline 理由")
    return Told(Text("↩️ ", t.number, head, until, why))


def _contested(t: Telling) -> tuple[str, ...]:
    """How to object, and until when, where the score is a poor one."""
    if not contestable(t.view):
        return ()
    span = spanned(t.easel.district.limits.step("rating_objection"))
    words = _("对评价有异议的，{span}内点卡片上的“更多”提出。")
    return ("\n", words.format(span=span))


def _quoted(t: Telling, fact: str) -> tuple[Text | str, ...]:
    words = masked(str(t.entry.facts.get(fact) or ""))
    return ("\n", BlockQuote(words)) if words else ()


TO_AGENCY: dict[Action, Tells] = {
    Action.DISPATCH: dispatched,
    Action.ADD: added,
    Action.URGE: urged,
    Action.WITHDRAW: withdrawn,
    Action.FOLLOW: followed,
    Action.ACCEPT: rated,
    Action.GIVE_UP: rated,
    Action.RATE_LATE: rated_late,
    Action.REWORK: reworked,
    Action.AGREE: agreed,
    Action.DECLINE: declined,
    Action.DEEM_DECLINED: deemed,
    Action.CHILD_CLOSED: child_closed,
    Action.NUDGE: nudged,
    Action.UNREACHABLE: unreachable,
    **told_corrections.TO_AGENCY,
    **told_together.TO_AGENCY,
    **told_checks.TO_AGENCY,
    **told_triage.TO_AGENCY,
    **told_arrivals.TO_AGENCY,
    **told_types.TO_AGENCY,
}
TO_ADJUDICATOR: dict[Action, Tells] = {
    **told_triage.TO_ADJUDICATOR,
    **told_together.TO_ADJUDICATOR,
    Action.RETURN: returned,
    Action.DEEM_DECLINED: deemed,
}
