"""Late legs in memory."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from core.late import Tally, is_late
from core.leg import Leg
from storage.memory.tables import Tables

NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass
class MemoryLate:
    tables: Tables

    async def tallies(self, agencies: Collection[str], now: datetime) -> Mapping[str, Tally]:
        found: dict[str, Tally] = {}
        for leg in self._open(agencies):
            known = found.get(leg.agency, Tally())
            found[leg.agency] = Tally(known.open + 1, known.late + is_late(leg, now))
        return found

    async def worst(self, agencies: Collection[str], now: datetime, limit: int) -> Sequence[Leg]:
        return [leg for leg in self._open(agencies) if is_late(leg, now)][:limit]

    async def page(
        self, agencies: Collection[str], now: datetime, *, late: bool, after: int, limit: int
    ) -> Sequence[Leg]:
        found = [leg for leg in self._open(agencies) if leg.id > after]
        theirs = [leg for leg in found if not late or is_late(leg, now)]
        return sorted(theirs, key=lambda leg: leg.id)[:limit]

    async def next(self, agencies: Collection[str], now: datetime, limit: int) -> Sequence[Leg]:
        return [leg for leg in self._open(agencies) if not is_late(leg, now)][:limit]

    def _open(self, agencies: Collection[str]) -> list[Leg]:
        legs = self.tables.legs
        theirs = [leg for code in set(agencies) for leg in legs.having("agency", code)]
        return sorted(theirs, key=lambda leg: (leg.finish_due or NEVER, leg.id))
