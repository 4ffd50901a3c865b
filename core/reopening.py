"""What a caller may do about a closed leg: reopen it once, and later call anew (row 36)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from core.clockwork import after_step
from core.lifecycle import Outcome

if TYPE_CHECKING:
    from core.district import District
    from core.leg import Leg

# Turned away without having been worked on: reopening is an appeal, with a limit of its own.
TURNED_AWAY = frozenset({Outcome.REDIRECTED, Outcome.REJECTED, Outcome.EXPLAINED})
DONE = frozenset({Outcome.SOLVED, Outcome.PARTLY, Outcome.UNRATED})


def answers_resident(leg: Leg) -> bool:
    """Whether this leg is the one that ended its call."""
    return leg.parent_id is None and leg.outcome is not Outcome.MISDISPATCH


def reopenable(leg: Leg) -> bool:
    """Whether a closed leg may be reopened by its caller at all, its time aside.

    A merged call is taken apart instead (``core.desk.parting``).
    """
    merged = leg.outcome is Outcome.DUPLICATE
    return not leg.open and answers_resident(leg) and not leg.reopened and not merged


def reopen_until(leg: Leg, district: District) -> datetime | None:
    """Until when the caller may reopen it; None where that is not possible (any more)."""
    if not reopenable(leg) or leg.closed_at is None:
        return None
    step = "appeal" if leg.outcome in TURNED_AWAY else "reopen"
    return after_step(district, step, leg.closed_at)
