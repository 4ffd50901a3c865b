"""How an agency stands: what is late, due today, waiting for others, and the rest (limits.md)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from core.lifecycle import Status
from core.nudging import nearest
from core.views import LegView
from core.worktime import WorkCalendar

NEVER = datetime.max.replace(tzinfo=UTC)
WORKING = frozenset({Status.TRIAGE, Status.DISPATCHED, Status.IN_PROGRESS, Status.ON_HOLD})


@dataclass(frozen=True)
class Standing:
    """The open legs of one agency, each once, the earliest due first; those it is to look at."""

    late: list[LegView] = field(default_factory=list)
    today: list[LegView] = field(default_factory=list)
    later: list[LegView] = field(default_factory=list)
    waiting: list[LegView] = field(default_factory=list)
    to_verify: list[LegView] = field(default_factory=list)

    @property
    def unsigned(self) -> list[LegView]:
        """Those nobody has taken yet."""
        return [
            view
            for view in (*self.late, *self.today, *self.later)
            if view.leg.status is Status.DISPATCHED
        ]

    @property
    def pressing(self) -> bool:
        """Whether anything is to be done today: else the morning's board has said it all."""
        return bool(self.late or self.today or self.to_verify or self.unsigned)

    @property
    def empty(self) -> bool:
        """Whether nothing is open at all."""
        return not (self.late or self.today or self.later or self.waiting or self.to_verify)


def standing(
    views: Iterable[LegView],
    to_verify: Iterable[LegView] = (),
    *,
    now: datetime,
    calendar: WorkCalendar,
) -> Standing:
    """Sort open legs by what they ask of the agency today; ``to_verify`` are others' to look at.

    ``waiting`` is what others have to move first: a caller, a decider, an agency that was called.
    """
    sorted_out, today = Standing(to_verify=list(to_verify)), now.astimezone(calendar.zone).date()
    for view in sorted(views, key=lambda view: _due(view) or NEVER):
        due = _due(view)
        if waits(view):
            sorted_out.waiting.append(view)
        elif due is None or due.astimezone(calendar.zone).date() > today:
            sorted_out.later.append(view)
        elif due <= now:
            sorted_out.late.append(view)
        else:
            sorted_out.today.append(view)
    return sorted_out


def waits(view: LegView) -> bool:
    """Whether somebody else has to move first."""
    return view.leg.status not in WORKING or any(child.leg.open for child in view.children)


def _due(view: LegView) -> datetime | None:
    """When the first clock that still runs runs out."""
    if view.leg.status is Status.TRIAGE:
        return view.leg.triage_due
    if view.leg.plan is not None:
        return view.leg.plan.wakes
    first = nearest(view.leg)
    return first[1] if first else None
