"""Why an agency may say a leg is not its own (lifecycle row 16)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from core.lifecycle import Action

if TYPE_CHECKING:
    from core.journal import Entry
    from core.leg import Leg

GIVES = frozenset(
    {Action.DISPATCH, Action.ADMIT, Action.DISPATCH_LATE, Action.RESTRICT, Action.LIFT}
)


class Ground(StrEnum):
    """The coded grounds of a return."""

    TERRITORY = "territory"
    DUTY = "duty"
    OWNERSHIP = "ownership"
    DUPLICATE = "duplicate"
    MISSING = "missing"


def given_at(entries: Iterable[Entry], leg: Leg) -> datetime | None:
    """When an agency was given a leg: whoever does it once more, or after a hold, has had it.

    Their clocks begin anew then, and so does ``dispatched_at``; the time to return it does not.
    """
    return max((e.at for e in entries if e.leg_id == leg.id and e.action in GIVES), default=None)
