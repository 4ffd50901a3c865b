"""What the board shows: a leg or a call together with everything a screen needs to name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from core.agency import Agency
from core.call import Call
from core.catalogue import Item
from core.journal import Entry
from core.leg import Leg
from core.lifecycle import Outcome
from core.rating import Rating, Verdict
from core.returning import Ground


class Review(NamedTuple):
    """A return under review: whose it should be, why; ``convened`` where the district decides."""

    proposed: str = ""
    ground: Ground | None = None
    convened: bool = False


@dataclass(frozen=True, slots=True)
class LegView:
    """A leg with its names; ``proposed``, ``ground`` and ``convened`` belong to a return.

    ``supervisor`` is the district's call office, which supervises every leg; ``beside`` what
    supporters say of the present answer; ``linked`` the number of the call this one belongs to.
    ``takes`` is who answers a leg in triage once it is admitted as it stands; ``letting_go``, that
    its caller asked to withdraw and somebody has a look first; ``question`` what it waits for.
    """

    leg: Leg
    call: Call
    item: Item
    agency: Agency
    community: Agency
    caller_agency: Agency | None = None
    adjudicator: Agency | None = None
    children: tuple[LegView, ...] = ()
    ratings: tuple[Rating, ...] = ()
    reachable: bool = True
    member: bool = False
    proposed: Agency | None = None
    ground: Ground | None = None
    convened: bool = False
    supervisor: Agency | None = None
    beside: tuple[Verdict, ...] = ()
    linked: str = ""
    takes: Agency | None = None
    letting_go: bool = False
    question: str = ""


@dataclass(frozen=True, slots=True)
class CallView:
    """A call with its legs, oldest first, and everything that happened, in order.

    ``agencies`` are those the entries name, by code: a leg may have been another's before.
    """

    call: Call
    item: Item
    community: Agency
    legs: tuple[LegView, ...]
    entries: tuple[Entry, ...]
    agencies: Mapping[str, Agency] = field(default_factory=dict)

    @property
    def main(self) -> LegView:
        """The leg that answers the resident now."""
        return self.legs[main_leg([view.leg for view in self.legs])]


def main_leg(legs: Sequence[Leg]) -> int:
    """Which of a call's legs, oldest first, answers the resident now."""
    own = [at for at, leg in enumerate(legs) if leg.parent_id is None]
    live = [at for at in own if legs[at].outcome is not Outcome.MISDISPATCH]
    return (live or own)[-1]
