"""Everything there is, in memory."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.acts import Act
from core.call import Call
from core.journal import Entry
from core.leg import Leg
from core.people import Officer, Resident
from core.rating import Rating
from storage.memory.tables import Tables


@dataclass
class MemoryWhole:
    tables: Tables

    async def calls(self, after: int, limit: int) -> Sequence[Call]:
        found = sorted(self.tables.calls.items())
        return [one for n, one in found if n > after and not one.restricted][:limit]

    async def legs(self, after: int, limit: int) -> Sequence[Leg]:
        found = sorted(self.tables.legs.items())
        return [one for n, one in found if n > after and self._open(one.call_id)][:limit]

    async def entries(self, after: int, limit: int) -> Sequence[Entry]:
        found = sorted(self.tables.entries.items())
        return [one for n, one in found if n > after and self._open(one.call_id)][:limit]

    async def acts(self, after: int, limit: int) -> Sequence[Act]:
        return [one for n, one in sorted(self.tables.acts.items()) if n > after][:limit]

    async def officers(self) -> Sequence[Officer]:
        return sorted(self.tables.officers.values(), key=lambda one: one.agency)

    async def residents(self, after: int, limit: int) -> Sequence[Resident]:
        found = sorted(self.tables.residents.items())
        return [one for account, one in found if account > after][:limit]

    async def raised_by(self, accounts: Collection[int]) -> Sequence[Call]:
        wanted = set(accounts)
        found = (one for _, one in sorted(self.tables.calls.items()))
        return [one for one in found if one.caller in wanted and not one.restricted]

    async def concerned(
        self, since: datetime, until: datetime, after: int, limit: int
    ) -> Sequence[int]:
        calls, supporters = self.tables.calls.values(), self.tables.supporters.values()
        raised = {one.caller for one in calls if since <= one.raised_at < until}
        stood_by = {one.account for one in supporters if since <= one.since < until}
        return sorted(one for one in raised | stood_by if one > after)[:limit]

    async def calls_of(self, ids: Collection[int]) -> Mapping[int, Call]:
        return {n: self.tables.calls[n] for n in ids if n in self.tables.calls}

    async def legs_of(self, calls: Collection[int]) -> Sequence[Leg]:
        wanted = set(calls)
        return [one for _, one in sorted(self.tables.legs.items()) if one.call_id in wanted]

    async def ratings_of(self, legs: Collection[int]) -> Sequence[Rating]:
        wanted = set(legs)
        return [one for _, one in sorted(self.tables.ratings.items()) if one.leg_id in wanted]

    def _open(self, call_id: int) -> bool:
        return not self.tables.calls[call_id].restricted
