"""Errands in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.errands import KEPT, Errand, ErrandState
from core.errors import NotFound
from storage.memory.tables import Tables


@dataclass
class MemoryErrands:
    tables: Tables

    async def add(self, errand: Errand) -> Errand:
        old = [n for n, each in self.tables.errands.items() if each.at < errand.at - KEPT]
        for number in old:
            del self.tables.errands[number]
        kept = replace(errand, id=self.tables.new_id("errands"))
        self.tables.errands[kept.id] = kept
        return kept

    async def get(self, errand_id: int) -> Errand:
        if errand_id not in self.tables.errands:
            raise NotFound(errand=errand_id)
        return self.tables.errands[errand_id]

    async def waiting(self, limit: int) -> Sequence[Errand]:
        each = sorted(self.tables.errands.items())
        return [one for _, one in each if one.state is ErrandState.WAITING][:limit]

    async def save(self, errand: Errand) -> None:
        self.tables.errands[errand.id] = errand
