"""What is heard when somebody looks whether it is done, presses it, or takes it up again."""

from __future__ import annotations

from aiogram.utils.formatting import Text

from bot.screens import names
from bot.screens.after_closing import looking_back, reopening
from bot.screens.buttons import Rows
from bot.screens.notices import Telling, Tells, Told
from bot.screens.nudges import rung_for
from bot.screens.rating_buttons import verdicts
from bot.screens.times import spanned, when
from bot.words import N_, _
from core.leg import Leg
from core.lifecycle import Action, Outcome, Status
from core.people import Post
from core.pressing import PressReason

PRESSED = {
    PressReason.REWORK: N_("已重办 3 次"),
    PressReason.TRANSFERS: N_("已转办 3 次"),
    PressReason.SUPPORTERS: N_("很多居民都有同样的问题"),
    PressReason.LATE: N_("严重超时已有 {span}"),
    PressReason.BY_HAND: N_("区里要求督办"),
}
EVERYBODY = (Post.LIAISON, Post.DEPUTY, Post.HEAD)


def rateable(leg: Leg) -> bool:
    """Whether a verdict may be given: awaited, looked at meanwhile, or lapsed."""
    return leg.status in (Status.RESOLVED, Status.VERIFYING) or leg.outcome is Outcome.UNRATED


def rating(t: Telling) -> Rows:
    """The verdict buttons while a rating is possible."""
    return (verdicts(t.view.leg, t.chat, t.easel),) if rateable(t.view.leg) else ()


def verifier(t: Telling) -> str:
    """Who looks, in brackets."""
    return t.named(t.view.leg.verifier)


def looked_at(t: Telling) -> str:
    """``，由【…】在 6月16日（周二）10:00 前核查`` while somebody looks; else nothing."""
    leg = t.view.leg
    if leg.status is not Status.VERIFYING or leg.verify_due is None:
        return ""
    due = when(leg.verify_due, t.easel.zone)
    return _("，由{verifier}在 {at} 前核查").format(verifier=verifier(t), at=due)


def asked_to_look(t: Telling) -> Told:
    """What was claimed, what done means, and the agency's answer with its photos."""
    leg = t.view.leg
    claim = names.CONCLUSIONS.get(leg.conclusion) if leg.conclusion else ""
    head = _(
        " 请核查：{agency}说已办结（{claim}）。到现场看一眼，{by}点卡片上的“核查通过”或“不通过”。"
    )
    told = head.format(
        agency=t.agency,
        claim=_(claim) if claim else "",
        by=_("{at} 前").format(at=when(leg.verify_due, t.easel.zone)) if leg.verify_due else "",
    )
    answer = _("办结标准：{standard}答复如下：").format(standard=t.view.item.done_standard)
    return Told(Text("🔍 ", t.number, told, answer), hides=True)


def passed(t: Telling) -> Told | None:
    """To the agency; what the caller said meanwhile says it all."""
    if t.view.leg.status is not Status.RESOLVED:
        return None
    return Told(Text("✅ ", t.number, _(" 核查通过，等{caller}评价。").format(caller=t.caller)))


def passed_unseen(t: Telling) -> Told | None:
    """To the agency and to who should have looked."""
    if t.view.leg.status is not Status.RESOLVED:
        return None
    head = _(" 核查时间已过，没有人核查，等{caller}评价。").format(caller=t.caller)
    return Told(Text("⌛ ", t.number, head))


def not_looked(t: Telling) -> Told:
    """To who should have looked: too late now."""
    return Told(Text("⌛ ", t.number, _(" 核查时间已过，这一件不用再核查。")))


def passed_to_caller(t: Telling) -> Told:
    """Somebody looked, and it is good; what the caller said meanwhile counts now."""
    head = _(" {verifier}看过了，已经办好。").format(verifier=verifier(t))
    return Told(Text("✅ ", t.number, head, _now(t)), buttons=_what_next(t))


def unseen_to_caller(t: Telling) -> Told:
    """Nobody looked: the caller's word alone counts."""
    head = _(" {verifier}没有按时去看，以您的评价为准。").format(verifier=verifier(t))
    return Told(Text("⌛ ", t.number, head, _now(t)), buttons=_what_next(t))


def failed(t: Telling) -> Told:
    """Back to the agency, with what was seen; the second time the head hears it."""
    facts = t.entry.facts
    times = int(facts.get("rework") or 1)
    posts = (Post.LIAISON, Post.HEAD) if times > 1 else (Post.LIAISON,)
    nothing = _("，现场没有办理") if facts.get("nothing_done") else ""
    head = _(" 核查不通过{nothing}，退回重办（第 {n} 次）{finish}。").format(
        nothing=nothing, n=times, finish=t.finish
    )
    return Told(Text("❌ ", t.number, head, " ", *rung_for(t, *posts)), hides=True)


def failed_to_caller(t: Telling) -> Told:
    """Not good yet; what the offices tell each other stays between them."""
    head = _(" {verifier}看过了，还没有办好，已退回{agency}重办{finish}。").format(
        verifier=verifier(t), agency=t.agency, finish=t.finish
    )
    return Told(Text("🔁 ", t.number, head), relays=False)


def pressed(t: Telling) -> Told:
    """To the agency: why, and what is asked of it until it is closed."""
    head = _(" 列为区级督办：{why}。请负责人过问并书面答复；办结前每个工作日早上都会催办。")
    told = head.format(why=_why(t))
    return Told(Text("🔺 ", t.number, told, " ", *rung_for(t, *EVERYBODY)), hides=True)


def pressed_to_caller(t: Telling) -> Told:
    """The district has an eye on it."""
    head = _(" 已列为区级督办：区里盯着{agency}办，办结前每个工作日都催。").format(agency=t.agency)
    return Told(Text("🔺 ", t.number, head), relays=False)


def pressed_above(t: Telling) -> Told:
    """To the district: theirs to follow up from now on."""
    head = _(" 列为区级督办：{why}。办理单位：{agency}。请跟进到结案。").format(
        why=_why(t), agency=t.agency
    )
    return Told(Text("🔺 ", t.number, head), hides=True)


def reopened(t: Telling) -> Told:
    """It is not over, says the caller."""
    head = _(" 呼叫人重开了这一件{finish}。").format(finish=t.finish)
    return Told(Text("🔓 ", t.number, head, " ", *rung_for(t, Post.LIAISON)), hides=True)


def reopened_by_hand(t: Telling) -> Told:
    """It is not over, says the district, or the street."""
    above = t.entry.action is Action.REOPEN_ABOVE
    told = _(" 上级重开了这一件{finish}。") if above else _(" 区里重开了这一件{finish}。")
    head = told.format(finish=t.finish)
    return Told(Text("🔓 ", t.number, head, " ", *rung_for(t, *EVERYBODY)), hides=True)


def reopened_to_caller(t: Telling) -> Told:
    """The district or the street takes it up again on its own."""
    above = t.entry.action is Action.REOPEN_ABOVE
    told = (
        _(" 上级重开了这一件，由{agency}接着办理{finish}。")
        if above
        else _(" 区里重开了这一件，由{agency}接着办理{finish}。")
    )
    head = told.format(agency=t.agency, finish=t.finish)
    return Told(Text("🔓 ", t.number, head), relays=False)


def still_to_look(t: Telling) -> Told | None:
    """To whoever was asked to look and has not; pointless once somebody did."""
    leg = t.view.leg
    if leg.status is not Status.VERIFYING or leg.verify_due is None:
        return None
    head = _(" 还等你们核查，请在 {at} 前点卡片上的按钮；过时以呼叫人的评价为准。").format(
        at=when(leg.verify_due, t.easel.zone)
    )
    return Told(Text("🔎 ", t.number, head, " ", *rung_for(t, Post.GRID, Post.LIAISON)))


def looks_back(t: Telling) -> Told | None:
    """One question, weeks later; pointless once it was taken up again."""
    if t.view.leg.open:
        return None
    head = _(" 「{item}」办结有一段时间了。现在还好吗，有没有再出现？").format(
        item=t.view.item.name
    )
    buttons = looking_back(t.view.leg, t.chat, t.easel)
    return Told(Text("👀 ", t.number, head), buttons=buttons)


def _now(t: Telling) -> str:
    leg = t.view.leg
    if leg.status is Status.RESOLVED:
        return _("请您评价：事情解决了吗？")
    if leg.open:
        return _("按您的要求，已请{agency}重办{finish}。").format(agency=t.agency, finish=t.finish)
    return _("已按您的评价结案，谢谢。")


def _what_next(t: Telling) -> Rows:
    return rating(t) or reopening(t.view.leg, t.chat, t.easel)


def _why(t: Telling) -> str:
    span = spanned(t.easel.district.limits.step("press"))
    return _(PRESSED[PressReason(t.entry.facts["pressed"])]).format(span=span)


TO_RESIDENT: dict[Action, Tells] = {
    Action.PRESS: pressed_to_caller,
    Action.PRESS_BY_HAND: pressed_to_caller,
}
TO_CALLER: dict[Action, Tells] = {
    Action.PASS: passed_to_caller,
    Action.PASS_UNSEEN: unseen_to_caller,
    Action.FAIL: failed_to_caller,
    **TO_RESIDENT,
    Action.REOPEN_BY_HAND: reopened_to_caller,
    Action.REOPEN_ABOVE: reopened_to_caller,
    Action.LOOK_BACK: looks_back,
}
TO_AGENCY: dict[Action, Tells] = {
    Action.PASS: passed,
    Action.PASS_UNSEEN: passed_unseen,
    Action.FAIL: failed,
    Action.PRESS: pressed,
    Action.PRESS_BY_HAND: pressed,
    Action.REOPEN: reopened,
    Action.REOPEN_BY_HAND: reopened_by_hand,
    Action.REOPEN_ABOVE: reopened_by_hand,
}
TO_VERIFIER: dict[Action, Tells] = {
    Action.VERIFY: asked_to_look,
    Action.REMIND_VERIFIER: still_to_look,
    Action.PASS_UNSEEN: not_looked,
}
TO_SUPERVISOR: dict[Action, Tells] = {
    Action.PRESS: pressed_above,
    Action.PRESS_BY_HAND: pressed_above,
}
