"""What callers hear while nothing happens: that it goes on, what comes next, and sorry."""

from __future__ import annotations

from datetime import datetime

from aiogram.utils.formatting import Text

from bot.screens.notices import Telling, Tells, Told
from bot.screens.times import day, when
from bot.words import _
from core.lifecycle import Action, Status
from core.views import LegView
from core.warmth import AT_WORK, WAITING


def kept_warm(t: Telling) -> Told | None:
    """Still being handled, and the next step; nothing once it is answered."""
    if t.view.leg.status not in WAITING:
        return None
    head = _(" 还在办理。{next}").format(next=coming(t))
    return Told(Text("🕐 ", t.number, head))


def apologised(t: Telling) -> Told | None:
    """A promise was not kept: sorry, why, and until when at the latest."""
    if t.view.leg.status not in AT_WORK:
        return None
    zone, facts = t.easel.zone, t.entry.facts
    if facts.get("late"):
        due = when(datetime.fromisoformat(facts["due"]), zone)
        sorry = _(" 对不起，这件事没能在 {at} 前办好。").format(at=due)
    else:
        sorry = _(" 对不起，{agency}还没有联系您，让您久等了。").format(agency=t.agency)
    return Told(Text("🙏 ", t.number, sorry, coming(t), _latest(t)))


def coming(t: Telling) -> str:
    """The next step, of whoever has it now: a caller need not know our words for states."""
    leg = t.view.leg
    asked = next((child for child in t.view.children if child.leg.open), None)
    if leg.status is Status.ON_HOLD and leg.plan:
        step = next(iter(leg.plan.ahead), None)
        due = step.due if step else leg.plan.review_due
        title = step.title if step else _("到期复核")
        return _("下一步：{title}（{at} 前）。").format(title=title, at=day(due, t.easel.zone))
    if leg.status is Status.RETURN_REVIEW:
        return _("正在确认由哪个单位办理，定了马上告诉您。")
    if asked is not None:
        return _helped(t, asked)
    if leg.status is Status.DISPATCHED:
        return _("下一步：等{agency}签收，我们一直在催。").format(agency=t.agency)
    if leg.contacted_at is None:
        words = _("下一步：{agency}会先联系您{by}。")
        return words.format(agency=t.agency, by=_by(t, leg.contact_due))
    return _("下一步：{agency}继续办理{by}。").format(agency=t.agency, by=_by(t, leg.finish_due))


def _helped(t: Telling, asked: LegView) -> str:
    other = f"【{asked.agency.short_name}】"
    if asked.leg.status is Status.DISPATCHED:
        return _("下一步：等{agency}签收后一起办理{by}。").format(
            agency=other, by=_by(t, asked.leg.finish_due)
        )
    if asked.leg.status in (Status.RESOLVED, Status.VERIFYING):
        return _("{other}那边已办完，等{agency}核实后答复您。").format(
            other=other, agency=t.agency
        )
    return _("下一步：等{agency}现场核实、办理{by}。").format(
        agency=other, by=_by(t, asked.leg.finish_due)
    )


def _by(t: Telling, due: datetime | None) -> str:
    """Only a date that can still be kept is said."""
    if due is None or due <= t.entry.at:
        return _("，我们一直在催")
    return _("，最迟 {at}").format(at=when(due, t.easel.zone))


def _latest(t: Telling) -> str:
    promised = t.entry.facts.get("promised")
    if promised:
        at = when(datetime.fromisoformat(promised), t.easel.zone)
        return _(
            "已请单位负责人过问，最迟 {at} 前给您结果；到时还没办好，由区里直接督办。"
        ).format(at=at)
    return _("区里已经直接督办，有进展马上告诉您。")


TO_CALLER: dict[Action, Tells] = {
    Action.HEARTBEAT: kept_warm,
    Action.APOLOGISE: apologised,
}
TO_SUPPORTER: dict[Action, Tells] = {
    Action.APOLOGISE: lambda t: apologised(t) if t.entry.facts.get("late") else None,
}
