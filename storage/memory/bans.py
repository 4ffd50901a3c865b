"""Bans in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.banning import Ban
from core.errors import NotFound
from storage.memory.tables import Tables


@dataclass
class MemoryBans:
    tables: Tables

    async def add(self, ban: Ban) -> Ban:
        kept = replace(ban, id=self.tables.new_id("bans"))
        self.tables.bans[kept.id] = kept
        return kept

    async def save(self, ban: Ban) -> None:
        self.tables.bans[ban.id] = ban

    async def get(self, ban_id: int) -> Ban:
        if ban_id not in self.tables.bans:
            raise NotFound(ban=ban_id)
        return self.tables.bans[ban_id]

    async def of(self, account: int) -> Sequence[Ban]:
        theirs = [ban for ban in self.tables.bans.values() if ban.account == account]
        return theirs[::-1]
