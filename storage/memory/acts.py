"""Acts and seals in memory: nothing is chained where nobody can come in from behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.acts import Act, Seal
from storage.memory.tables import Tables


@dataclass
class MemoryActs:
    tables: Tables

    async def add(self, act: Act) -> Act:
        kept = replace(act, id=self.tables.new_id("acts"))
        self.tables.acts[kept.id] = kept
        return kept

    async def latest(self, limit: int, *, before: int | None = None) -> Sequence[Act]:
        found = [one for one in self.tables.acts.values() if before is None or one.id < before]
        return found[::-1][:limit]

    async def seal(self, now: datetime) -> Seal:
        entries, acts = list(self.tables.entries), list(self.tables.acts)
        last = (max(entries, default=0), max(acts, default=0))
        seal = Seal(now, *last, len(entries), len(acts), f"{hash((*entries, *acts)):x}")
        self.tables.seals[len(self.tables.seals)] = seal
        return seal

    async def seals(self, limit: int) -> Sequence[Seal]:
        return list(self.tables.seals.values())[::-1][:limit]
