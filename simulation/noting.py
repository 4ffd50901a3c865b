"""A store whose transactions tell which legs were moved in them, so that people can react."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from core.leg import Leg
from core.ports import Legs, Units, Work
from simulation.ledger import Ledger


@dataclass
class NotedLegs:
    """The legs of a transaction; what is added or saved is noted, by id."""

    legs: Legs
    moved: dict[int, Leg]

    async def add(self, leg: Leg) -> Leg:
        """Keep a new leg, and note it."""
        kept = await self.legs.add(leg)
        self.moved[kept.id] = kept
        return kept

    async def save(self, leg: Leg) -> Leg:
        """Keep a leg, and note it."""
        kept = await self.legs.save(leg)
        self.moved[kept.id] = kept
        return kept

    def __getattr__(self, name: str) -> Any:
        return getattr(self.legs, name)


@dataclass
class NotedUnits:
    """``core.ports.Units``; ``moved`` are the legs of committed transactions, until taken.

    What is owed is delivered at ``now`` before a transaction commits: a courier would say it
    within seconds, and a simulation has no seconds to lose.
    """

    units: Units
    ledger: Ledger
    now: datetime
    moved: dict[int, Leg] = field(default_factory=dict)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Work]:
        """Commits on leaving."""
        noted: dict[int, Leg] = {}
        async with self.units.begin() as work:
            work.legs = cast(Legs, NotedLegs(work.legs, noted))
            yield work
            await self.ledger.deliver(work, self.now)
        self.moved |= noted

    def read(self) -> Any:
        """For looking only."""
        return self.units.read()

    def taken(self) -> list[Leg]:
        """The legs that were moved since the last time this was asked."""
        moved, self.moved = self.moved, {}
        return list(moved.values())
