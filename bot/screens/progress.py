"""The lower half of a card: clocks and what was promised, how late, where the leg stands."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from bot.screens import names, plans, scene, year_ahead
from bot.screens.easel import Easel
from bot.screens.times import when
from bot.words import N_, _
from core.lifecycle import Status
from core.nudging import URGENT, Stage, running, standing_at
from core.rating import Verdict

if TYPE_CHECKING:
    from core.leg import Leg
    from core.views import LegView

LATE = {
    Stage.YELLOW: N_("🟡 {clock}逾期"),
    Stage.RED: N_("🔴 {clock}严重逾期"),
    Stage.DAILY: N_("🔴 {clock}严重逾期"),
}
TIMED = frozenset({Status.DISPATCHED, Status.IN_PROGRESS, Status.RETURN_REVIEW})

WAITED = {
    Status.TRIAGE: N_("⏱ 受理：{at} 前，过时自动派单"),
    Status.NEED_INFO: N_("⏸ 时限暂停，最晚等到 {at}"),
}

LONGEST_QUESTION = 200


def lateness(view: LegView, now: datetime, easel: Easel) -> str:
    """``🟡 签收逾期`` while a limit is passed and work is owed, else nothing."""
    if view.leg.status not in TIMED:
        return ""
    calendar = easel.district.calendar_of(view.leg.agency)
    ladder = easel.district.ladder_of(view.leg.agency)
    rung = standing_at(view.leg, view.call.urgency, calendar, ladder, now=now)
    if rung is None or rung.stage not in LATE:
        return ""
    return _(LATE[rung.stage]).format(clock=names.clock(rung.clock, view.leg))


def clocks(view: LegView, easel: Easel) -> list[str]:
    """What is still owed and until when, in the district's own time."""
    leg = view.leg
    if leg.status in WAITED:
        due = leg.info_due if leg.status is Status.NEED_INFO else leg.triage_due
        return [_(WAITED[leg.status]).format(at=when(due, easel.zone))] if due else []
    if leg.status not in TIMED:
        return []
    lines = [
        _("⏱ {clock}：{at} 前").format(clock=names.clock(clock, leg), at=when(due, easel.zone))
        for clock, due in running(leg)
    ]
    ends = max((due for _, due in running(leg)), default=None)
    if ends is not None and view.call.urgency not in URGENT:
        year = ends.astimezone(easel.zone).date()
        lines += [] if easel.calendar.covers(year) else [year_ahead.supposed(year.year)]
    return lines


def state(view: LegView, easel: Easel) -> list[str]:
    """Where the leg stands, who signed, what goes on above it."""
    leg = view.leg
    lines = [_("▶️ {status}").format(status=_status(view, easel))]
    if leg.signed_at and leg.signed_by and leg.open:
        signed = when(leg.signed_at, easel.zone)
        lines.append(_("✍️ {name} {at} 签收").format(name=names.clean(leg.signed_by), at=signed))
    if leg.contacted_at and leg.contact_due is None and leg.dispatched_at and leg.open:
        # No clock says that it was answered: without this line the card would not change.
        lines.append(_("💬 已回复呼叫人"))
    lines += scene.on_card(view, easel)
    if leg.rework:
        lines.append(_("🔁 第 {n} 次重办").format(n=leg.rework))
    if view.beside:
        lines.append(_beside(view))
    lines += [_child(child) for child in view.children]
    return lines + (plans.on_card(leg.plan, easel.zone) if leg.plan else [])


def _status(view: LegView, easel: Easel) -> str:
    status = _(names.STATUSES[view.leg.status])
    match view.leg.status:
        case Status.TRIAGE if view.takes and view.call.item:
            return _("{status}；可能是“{item}”，受理后派给【{agency}】").format(
                status=status, item=view.item.name, agency=view.takes.short_name
            )
        case Status.NEED_INFO if view.question:
            asked = view.question[:LONGEST_QUESTION]
            return _("{status}：“{question}”").format(status=status, question=asked)
        case Status.RETURN_REVIEW:
            return f"{status}{_return(view, easel)}"
        case Status.ON_HOLD if view.leg.plan:
            ground = _(names.HOLD_GROUNDS[view.leg.plan.ground])
            return _("{status}（{outcome}）").format(status=status, outcome=ground)
        case Status.RESOLVED if view.leg.conclusion:
            conclusion = _(names.CONCLUSIONS[view.leg.conclusion])
            return _("{status}（{outcome}）").format(status=status, outcome=conclusion)
        case Status.VERIFYING if view.leg.verify_due:
            return f"{status}{_verifying(view, easel)}"
        case Status.CLOSED if view.leg.outcome:
            outcome = _(names.OUTCOMES[view.leg.outcome])
            return _("{status}：{outcome}").format(
                status=status, outcome=f"{outcome}{_score(view)}"
            )
    return status


def _verifying(view: LegView, easel: Easel) -> str:
    looks, due = easel.name_of(view.leg.verifier), view.leg.verify_due
    return _("：由【{agency}】在 {at} 前核查").format(
        agency=looks, at=when(due, easel.zone) if due else ""
    )


def _return(view: LegView, easel: Easel) -> str:
    told = ""
    if view.ground and view.proposed:
        told = _("：{ground}，建议改派【{agency}】").format(
            ground=_(names.GROUNDS[view.ground]), agency=view.proposed.short_name
        )
    if view.adjudicator and view.leg.review_due:
        decides = (
            _("；已召集，由【{agency}】在 {at} 前指定主办")
            if view.convened
            else _("；由【{agency}】在 {at} 前决定")
        )
        told += decides.format(
            agency=view.adjudicator.short_name, at=when(view.leg.review_due, easel.zone)
        )
    return told


def _score(view: LegView) -> str:
    stars = view.ratings[-1].stars if view.ratings else 0
    aside = _("（评价不计入）") if view.leg.set_aside else ""
    return f" {'⭐' * stars}{aside}" if stars else ""


def _beside(view: LegView) -> str:
    """``👥 同感居民：已解决 3、未解决 1``."""
    counts = [(verdict, view.beside.count(verdict)) for verdict in Verdict]
    told = [f"{_(names.VERDICTS[verdict])} {n}" for verdict, n in counts if n]
    return _("👥 同感居民：{told}").format(told=_("、").join(told))


def _child(child: LegView) -> str:
    if child.leg.co:
        asked = _("🤝 协办【{agency}】：{status}")
    elif child.leg.reason == "danger":
        asked = _("🚨 同时处置【{agency}】：{status}")
    else:
        asked = _("📣 已上呼【{agency}】：{status}")
    return asked.format(agency=child.agency.short_name, status=_outcome_or_status(child.leg))


def _outcome_or_status(leg: Leg) -> str:
    return _(names.OUTCOMES[leg.outcome]) if leg.outcome else _(names.STATUSES[leg.status])
