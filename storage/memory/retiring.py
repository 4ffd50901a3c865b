"""Taking away in memory what was kept long enough."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from core.incoming import Fate
from core.keeping import Before
from storage.memory.tables import Tables


@dataclass
class MemoryRetiring:
    tables: Tables

    async def due(self, before: Before) -> Mapping[str, int]:
        found = {kind: len(keys) for kind, keys in self._old(before).items()}
        if "calls" in before:
            found["calls"] = len(await self.calls(before["calls"], len(self.tables.calls)))
        return found

    async def remove(self, before: Before, most: int) -> Mapping[str, int]:
        old = {kind: keys[:most] for kind, keys in self._old(before).items()}
        for key in old.get("updates", []):
            one = self.tables.inbox[key]
            self.tables.inbox[key] = replace(one, update=replace(one.update, body="{}"))
        for key in old.get("messages", []):
            owed = self.tables.outbox[key]
            self.tables.outbox[key] = replace(owed, row=replace(owed.row, payload={}))
        for key in old.get("erasures", []):
            del self.tables.erasures[key]
        return {kind: len(keys) for kind, keys in old.items()}

    async def calls(self, before: datetime, most: int) -> tuple[int, ...]:
        closed = [c for c in self.tables.calls.values() if c.closed_at and c.closed_at < before]
        return tuple(call.id for call in closed if call.pieces)[:most]

    def _old(self, before: Before) -> dict[str, list]:  # type: ignore[type-arg]
        tables = self.tables
        found: dict[str, list] = {}  # type: ignore[type-arg]
        if at := before.get("updates"):
            found["updates"] = [
                key
                for key, one in tables.inbox.items()
                if one.received_at < at and one.fate is not Fate.NEW and one.update.body != "{}"
            ]
        if at := before.get("messages"):
            found["messages"] = [
                key
                for key, owed in tables.outbox.items()
                if owed.settled and owed.created_at < at and owed.row.payload
            ]
        if at := before.get("erasures"):
            found["erasures"] = [
                key for key, one in tables.erasures.items() if one.at < at and not one.waiting
            ]
        return found
