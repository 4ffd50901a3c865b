"""Supporters in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.supporter import Supporter
from storage.memory.tables import Tables


@dataclass
class MemorySupporters:
    tables: Tables

    async def add(self, supporter: Supporter) -> bool:
        key = (supporter.call_id, supporter.account)
        return self.tables.supporters.setdefault(key, supporter) is supporter

    async def remove(self, call_id: int, account: int) -> None:
        self.tables.supporters.pop((call_id, account), None)

    async def of_call(self, call_id: int) -> Sequence[Supporter]:
        return [one for (call, _), one in self.tables.supporters.items() if call == call_id]

    async def of_account(self, account: int, limit: int) -> Sequence[int]:
        theirs = [call for call, who in self.tables.supporters if who == account]
        return theirs[::-1][:limit]
