"""Paces in memory."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from storage.memory.tables import Tables


@dataclass
class MemoryPaces:
    tables: Tables

    async def of(self, lanes: Collection[int]) -> Mapping[int, Sequence[float]]:
        return {lane: self.tables.paces[lane] for lane in lanes if lane in self.tables.paces}

    async def keep(self, times: Mapping[int, Sequence[float]]) -> None:
        self.tables.paces.update({lane: tuple(those) for lane, those in times.items()})
