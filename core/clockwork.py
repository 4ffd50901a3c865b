"""When a leg wants to be looked at again: its limits, its ladder, the rating that is awaited."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from core.agency import AgencyKind
from core.catalogue import Urgency
from core.deadlines import at_share, deadlines, due
from core.leg import Leg
from core.lifecycle import Status
from core.limits import Clock
from core.nudging import URGENT, next_rung, share_of
from core.pressing import press_due
from core.quiet import calm, loud
from core.records import replace
from core.warmth import word_due

if TYPE_CHECKING:
    from core.district import District
    from core.holding import HoldPlan, Milestone


def with_clocks(leg: Leg, urgency: Urgency, district: District, *, now: datetime) -> Leg:
    """The leg with its clocks started now: dispatch starts them, not signing (R1)."""
    return replace(leg, **clocks(leg.agency, urgency, district, now=now))


def with_whistle(leg: Leg, district: District) -> Leg:
    """The leg with the limits of the whistle it was called by, where the sheet has some."""
    rules = district.limits.whistles.get(leg.whistle or "", {})
    start = leg.dispatched_at
    if start is None:
        return leg
    calendar = district.calendar_of(leg.agency)
    ends = {clock: due(calendar, rule, start) for clock, rule in rules.items()}
    return replace(
        leg,
        sign_due=ends.get(Clock.SIGN, leg.sign_due),
        contact_due=ends.get(Clock.CONTACT, leg.contact_due),
        arrive_due=ends.get(Clock.ARRIVE, leg.arrive_due),
        interim_due=ends.get(Clock.INTERIM, leg.interim_due),
        finish_due=ends.get(Clock.FINISH, leg.finish_due),
    )


def clocks(agency: str, urgency: Urgency, district: District, *, now: datetime) -> dict[str, Any]:
    """The clocks of a leg that is dispatched to this agency now."""
    due = deadlines(district.limits, district.calendar_of(agency), urgency, now)
    return {
        "dispatched_at": now,
        "sign_due": due.get(Clock.SIGN),
        "contact_due": due.get(Clock.CONTACT),
        **_beginning(due),
        "finish_due": due.get(Clock.FINISH),
    }


def begun_again(leg: Leg, urgency: Urgency, district: District, *, now: datetime) -> Leg:
    """The leg with the clocks of coming and of the interim word started anew after a hold.

    Who came, or spoke, before it has done so.
    """
    due = deadlines(district.limits, district.calendar_of(leg.agency), urgency, now)
    return replace(
        leg,
        arrive_due=leg.arrive_due if leg.arrived_at else due.get(Clock.ARRIVE),
        interim_due=leg.interim_due if leg.interim_at else due.get(Clock.INTERIM),
    )


def _beginning(due: Mapping[Clock, datetime]) -> dict[str, Any]:
    return {
        "arrive_due": due.get(Clock.ARRIVE),
        "arrived_at": None,
        "interim_due": due.get(Clock.INTERIM),
        "interim_at": None,
        "released_at": None,
    }


def triage_due(agency: str, urgency: Urgency, district: District, *, now: datetime) -> datetime:
    """Until when an agency admits what it is asked to sort, before it is dispatched by itself."""
    kind = district.tree.get(agency).kind
    ordinary = "triage" if kind is AgencyKind.COMMUNITY else "triage_street"
    step = "triage_urgent" if urgency in URGENT else ordinary
    return after_step(district, step, now, by=agency)


def reminders(agency: str, paused_at: datetime, district: District) -> tuple[datetime, datetime]:
    """When a caller whom this agency asked something is reminded (row 13)."""
    first = after_step(district, "info_reminder", paused_at, by=agency)
    return first, after_step(district, "info_reminder", first, by=agency)


def share_of_finish(
    agency: str, urgency: Urgency, district: District, *, now: datetime, share: float
) -> datetime | None:
    """A part of the finishing limit from now on: half for rework, 60 % after a return."""
    span = district.limits.clock(urgency, Clock.FINISH)
    return at_share(district.calendar_of(agency), span, now, share) if span else None


def after_step(district: District, name: str, now: datetime, *, by: str | None = None) -> datetime:
    """Now and the span of a step of the rules sheet, in the working time of who takes it.

    ``by`` is that agency's code; without one it is the district's own time.
    """
    return district.calendar_of(by).add(now, district.limits.step(name))


def return_step(urgency: Urgency) -> str:
    """Which row says how long a return may be asked for: urgent calls have their own."""
    return "return_request_urgent" if urgency in URGENT else "return_request"


def warnings(
    leg: Leg, urgency: Urgency, district: District
) -> tuple[tuple[datetime, Milestone], ...]:
    """When each step ahead of a hold comes near: at 80 % of its time, in office hours."""
    start, calendar = leg.paused_at, district.calendar_of(leg.agency)
    ladder = district.ladder_of(leg.agency)
    if start is None or leg.plan is None:
        return ()
    nears = (share_of(start, s.due, ladder.near, urgency, calendar) for s in leg.plan.ahead)
    return tuple(
        (loud(at, calendar, ladder), step) for at, step in zip(nears, leg.plan.ahead, strict=True)
    )


def plan_due(
    leg: Leg, plan: HoldPlan, urgency: Urgency, district: District, *, after: datetime
) -> datetime:
    """When time next does something to a plan: a step comes near or is due, or the review."""
    near = [at for at, _ in warnings(leg, urgency, district) if at > after]
    return min(filter(None, [plan.wakes, *near, word_due(leg, urgency, district)]))


def next_due(
    leg: Leg, urgency: Urgency, district: District, *, after: datetime
) -> datetime | None:
    """The next instant at which time itself does something to this leg; None when never."""
    own = _own_due(leg, urgency, district, after=after)
    if leg.proposal is None:
        return own
    return min(own, leg.proposal.due) if own else leg.proposal.due


def _own_due(
    leg: Leg, urgency: Urgency, district: District, *, after: datetime
) -> datetime | None:
    if leg.status is Status.CLOSED:
        return (
            calm(leg.look_back_due, district.calendar, district.ladder)
            if leg.look_back_due
            else None
        )
    if leg.status is Status.VERIFYING:
        near = verifier_reminded(leg, district)
        return near if near and near > after else leg.verify_due
    if leg.status is Status.RESOLVED and (asked := asked_at(leg)):
        reminder, end = rating_reminder(asked, district), rating_end(asked, district)
        return reminder if after < reminder else end
    if leg.status is Status.TRIAGE:
        # Time dispatches nothing that somebody was asked to reject.
        asked = leg.proposal.due if leg.proposal else leg.triage_due
        return max(filter(None, (leg.triage_due, asked)), default=None)
    if leg.status is Status.NEED_INFO and leg.paused_at:
        coming = (at for at in reminders(leg.agency, leg.paused_at, district) if at > after)
        return next(coming, leg.info_due)
    if leg.plan is not None:
        return plan_due(leg, leg.plan, urgency, district, after=after)
    calendar, ladder = district.calendar_of(leg.agency), district.ladder_of(leg.agency)
    rung = next_rung(leg, urgency, calendar, ladder)
    pressed = press_due(leg, urgency, district, before=rung)
    review = leg.review_due if leg.status is Status.RETURN_REVIEW else None
    word = word_due(leg, urgency, district)
    return min(filter(None, (rung, pressed, review, word, leg.sorry_due)))


def rating_reminder(asked: datetime, district: District) -> datetime:
    """When a caller who does not rate is reminded: once, and not at night."""
    return calm(after_step(district, "rating_reminder", asked), district.calendar, district.ladder)


def rating_end(asked: datetime, district: District) -> datetime:
    """When nobody waits for a rating any more, which is said, and not at night."""
    return calm(after_step(district, "rating_end", asked), district.calendar, district.ladder)


def verifier_reminded(leg: Leg, district: District) -> datetime | None:
    """When who looks is reminded that they were asked to: at 80 % of their time."""
    start, calendar = leg.resolved_at, district.calendar_of(leg.verifier)
    if start is None or leg.verify_due is None:
        return None
    # An answer is looked at by day, however urgent the matter was.
    ladder = district.ladder_of(leg.verifier)
    near = share_of(start, leg.verify_due, ladder.near, Urgency.P2, calendar)
    return loud(near, calendar, ladder)


def asked_at(leg: Leg) -> datetime | None:
    """Since when the caller's rating is awaited: the answer, or the end of its verification."""
    return leg.verified_at or leg.resolved_at
