"""What waits for a second person, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.errors import NotFound
from core.petitions import Fate, Petition
from storage.memory.tables import Tables


@dataclass
class MemoryPetitions:
    tables: Tables

    async def add(self, petition: Petition) -> Petition:
        kept = replace(petition, id=self.tables.new_id("petitions"))
        self.tables.petitions[kept.id] = kept
        return kept

    async def get(self, petition_id: int) -> Petition:
        if petition_id not in self.tables.petitions:
            raise NotFound(petition=petition_id)
        return self.tables.petitions[petition_id]

    async def settle(self, petition: Petition) -> bool:
        if self.tables.petitions[petition.id].fate is not Fate.WAITING:
            return False
        self.tables.petitions[petition.id] = petition
        return True

    async def waiting(self) -> Sequence[Petition]:
        waits = self.tables.petitions.having("waits", True)
        return sorted(waits, key=lambda each: (each.due, each.id))
