"""Which legs are late, for whoever answers for the level above: the red lists (limits.md)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.agency import AgencyKind, AgencyTree
from core.leg import Leg
from core.nudging import running
from core.warmth import AT_WORK


@dataclass(frozen=True, slots=True)
class Tally:
    """How many legs of an agency are open, and how many of them late or pressed."""

    open: int = 0
    late: int = 0


class Late(Protocol):
    """Open legs by agency, read for boards and lists only."""

    async def tallies(self, agencies: Collection[str], now: datetime) -> Mapping[str, Tally]:
        """Of each of these agencies that has open legs, how many there are."""

    async def worst(self, agencies: Collection[str], now: datetime, limit: int) -> Sequence[Leg]:
        """Their late and pressed legs, the earliest limit first."""

    async def page(
        self, agencies: Collection[str], now: datetime, *, late: bool, after: int, limit: int
    ) -> Sequence[Leg]:
        """Their open legs with an id beyond ``after``, by id; the late and pressed ones alone."""

    async def next(self, agencies: Collection[str], now: datetime, limit: int) -> Sequence[Leg]:
        """Their open legs that are neither, the earliest finishing date first."""


def is_late(leg: Leg, now: datetime) -> bool:
    """Whether work is owed on it and one of its clocks has run out, or it is pressed."""
    if leg.status not in AT_WORK:
        return False
    return leg.pressed_at is not None or any(due <= now for _, due in running(leg))


def below(tree: AgencyTree, code: str) -> tuple[str, ...]:
    """Whose lateness is shown to this agency: all below a street, all others to the district.

    Not what restricted teams have.
    """
    agency = tree.get(code)
    if agency.kind is AgencyKind.DISTRICT:
        return tuple(o.code for o in tree.agencies if o.code != code and not o.restricted)
    if agency.kind is AgencyKind.STREET:
        return tuple(one.code for one in tree.children(code) if not one.restricted)
    return ()
