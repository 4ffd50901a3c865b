"""What each side hears of a hold: why, by which steps, when somebody looks again, how it ends.

The caller may object, below every message that speaks of the plan; what the leader of it is called
stays between agencies.
"""

from __future__ import annotations

from datetime import datetime

from aiogram.utils.formatting import BlockQuote, Text

from bot.screens import links, plans
from bot.screens.buttons import Rows
from bot.screens.masking import masked
from bot.screens.notices import Telling, Tells, Told
from bot.screens.nudges import rung_for
from bot.screens.proposals import named, until
from bot.screens.screen import Button
from bot.screens.times import day
from bot.words import N_, _
from core.holding import of_facts
from core.lifecycle import Action, Status, open_actions
from core.people import Party, Post

AGAIN = {
    "missed": N_("计划的节点两次没有按时完成"),
    "over": N_("计划的日期都到了，还没有办完"),
}


def proposed(t: Telling) -> Told:
    """To those who decide: the whole plan, then the reason as it was written."""
    head = _(" {agency}申请{what}，请在 {at} 前决定，过时视为不同意。").format(
        agency=t.agency,
        what=named(Action.HOLD, t.entry.facts),
        at=until(t.entry.facts, t.easel),
    )
    return Told(Text("⚖️ ", t.number, head, "\n", plan_of(t), "\n", _("理由：")))


def plan_of(t: Telling) -> str:
    """The steps, the review and who leads, a line each, of a step that carries a plan."""
    return "\n".join(plans.on_card(of_facts(t.entry.facts), t.easel.zone))


def held(t: Telling) -> Told:
    """To the caller: why, by which steps, when next; and the way to object."""
    plan = of_facts(t.entry.facts)
    head = _(" 这件事{agency}暂时办不完，上级已同意列入计划（挂账），会一直跟到办完：").format(
        agency=t.agency
    )
    lines = "\n".join(plans.for_caller(plan, t.easel.zone))
    return Told(
        Text("📌 ", t.number, head, "\n", masked(lines, landlines=False)),
        relays=False,
        buttons=objection(t),
    )


def agreed(t: Telling) -> Told:
    """To the agency: the plan is in force."""
    head = _(" 已同意挂账，办结时限停走，请照计划的节点办；做完一步就在卡片上点“完成”。")
    return Told(Text("📌 ", t.number, head, " ", *rung_for(t, Post.LIAISON)), relays=False)


def reached(t: Telling) -> Told:
    """To the caller: one step further."""
    facts = t.entry.facts
    head = _(" {agency}已完成计划中的一步：{title}。").format(
        agency=t.agency, title=masked(plans.clipped(str(facts["title"])), landlines=False)
    )
    return Told(Text("✅ ", t.number, head, _coming(t)))


def missed(t: Telling) -> Told | None:
    """To the agency and whoever decides: a step is late. A second one ends the hold: said so."""
    if int(t.entry.facts.get("missed") or 1) > 1:
        return None
    head = _(" {agency}的计划节点没有按时完成：{title}。再有一次，就恢复办理、重新计时。").format(
        agency=t.agency, title=plans.clipped(str(t.entry.facts["title"]))
    )
    called = rung_for(t, Post.LIAISON, Post.DEPUTY) if t.to is Party.AGENCY else []
    return Told(Text("⚠️ ", t.number, head, " ", *called))


def reviewed(t: Telling) -> Told:
    """To the caller: still on the way, and what comes next."""
    head = _(" 还在照计划办理，没有忘记。")
    return Told(Text("🔎 ", t.number, head, _coming(t)), buttons=objection(t))


def to_review(t: Telling) -> Told:
    """To the agency: is the plan still right, or can it be done now?"""
    head = _(" 到了复核挂账的日子：计划还对吗？现在能办了，请在卡片上点“更多”里的“恢复办理”。")
    return Told(Text("🔎 ", t.number, head, _coming(t), " ", *rung_for(t, Post.LIAISON)))


def objected(t: Telling) -> Told:
    """To those who agreed to it: the caller's own words."""
    head = _(" 呼叫人不同意{agency}挂账：").format(agency=t.agency)
    words = BlockQuote(masked(str(t.entry.facts.get("words") or "")))
    asks = _("请看看计划；区里认为现在就能办的，可以责成恢复办理。")
    return Told(Text("🙋 ", t.number, head, "\n", words, "\n", asks))


def resumed(t: Telling) -> Told:
    """To the caller: work goes on."""
    head = _(" {agency}已恢复办理{finish}。").format(agency=t.agency, finish=t.finish)
    return Told(Text("▶️ ", t.number, head))


def resumed_late(t: Telling) -> Told:
    """To the caller, who was promised a plan: it was not kept."""
    head = _(" {why}，{agency}已恢复办理{finish}。").format(
        why=_why(t), agency=t.agency, finish=t.finish
    )
    return Told(Text("▶️ ", t.number, head))


def told_to_resume(t: Telling) -> Told:
    """To the caller: the district wants it done now; what it says to the agency stays there."""
    head = _(" 区里要求现在就办，{agency}已恢复办理{finish}。").format(
        agency=t.agency, finish=t.finish
    )
    return Told(Text("▶️ ", t.number, head), relays=False)


def brought_back(t: Telling) -> Told:
    """To the agency and whoever decides: the hold ended by itself."""
    title = plans.clipped(str(t.entry.facts.get("title") or ""))
    step = _("（{title}）").format(title=title) if title else ""
    head = _(" {why}，已恢复办理{finish}。").format(why=_why(t) + step, finish=t.finish)
    called = rung_for(t, Post.LIAISON, Post.HEAD) if t.to is Party.AGENCY else []
    return Told(Text("▶️ ", t.number, head, " ", *called))


def _why(t: Telling) -> str:
    return next((_(w) for code, w in AGAIN.items() if code == t.entry.facts.get("why")), "")


def ordered(t: Telling) -> Told:
    """To the agency: the district wants it done now."""
    head = _(" 区里责成恢复办理{finish}。").format(finish=t.finish)
    words = BlockQuote(str(t.entry.facts.get("words") or ""))
    called = rung_for(t, Post.LIAISON, Post.HEAD)
    return Told(Text("▶️ ", t.number, head, " ", *called, "\n", words))


def objection(t: Telling) -> Rows:
    """The way to object while there is something to object to."""
    leg = t.view.leg
    if Action.OBJECT_TO_HOLD not in open_actions(leg.status, Party.CALLER):
        return ()
    url = t.easel.links.duty(links.OBJECT_TO_HOLD, leg.id, leg.version)
    return ((Button(_("🙋 我有意见"), url=url),),)


def _coming(t: Telling) -> str:
    """The next step of the plan, as the journal kept it."""
    facts = t.entry.facts
    title = str(facts.get("next") or (facts.get("title") if "review" in facts else "") or "")
    if not title or "due" not in facts or t.view.leg.status is not Status.ON_HOLD:
        return ""
    at = day(datetime.fromisoformat(str(facts["due"])), t.easel.zone)
    return _("下一步，{at} 前：{title}。").format(
        at=at, title=masked(plans.clipped(title), landlines=False)
    )


TO_CALLER: dict[Action, Tells] = {
    Action.HOLD: held,
    Action.REACH_MILESTONE: reached,
    Action.REVIEW_HOLD: reviewed,
    Action.TAKE_UP: resumed,
    Action.TAKE_UP_AGAIN: resumed_late,
    Action.ORDER_UP: told_to_resume,
}
TO_AGENCY: dict[Action, Tells] = {
    Action.HOLD: agreed,
    Action.MISS_MILESTONE: missed,
    Action.REVIEW_HOLD: to_review,
    Action.TAKE_UP_AGAIN: brought_back,
    Action.ORDER_UP: ordered,
}
TO_ADJUDICATOR: dict[Action, Tells] = {
    Action.MISS_MILESTONE: missed,
    Action.OBJECT_TO_HOLD: objected,
    Action.TAKE_UP_AGAIN: brought_back,
}
TO_SUPERVISOR: dict[Action, Tells] = {Action.OBJECT_TO_HOLD: objected}
TO_APPROVER: dict[Action, Tells] = {Action.PROPOSE_HOLD: proposed}
