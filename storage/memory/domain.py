"""Calls, legs, the journal and ratings in memory."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from core.call import Call
from core.errors import LegMoved, NotFound, RaisedAlready
from core.journal import Entry
from core.leg import Leg
from core.lifecycle import Action
from core.rating import Rating
from core.records import replace
from storage.memory.tables import Tables

CHANGES = (
    *("item", "urgency", "community", "details", "urged_at", "closed_at", "name_shown", "caller"),
    *("caller_name", "linked", "link", "supporters", "restricted", "claim", "phone"),
    "intent",
)
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass
class MemoryCalls:
    tables: Tables

    async def add(self, call: Call) -> Call:
        if await self.by_draft(call.draft_id):
            raise RaisedAlready(draft_id=call.draft_id)
        kept = replace(call, id=self.tables.new_id("calls"), number=call.number.upper())
        self.tables.calls[kept.id] = kept
        return kept

    async def get(self, call_id: int) -> Call:
        if call_id not in self.tables.calls:
            raise NotFound(call=call_id)
        return self.tables.calls[call_id]

    async def by_number(self, number: str) -> Call | None:
        wanted = number.strip().upper()
        return next((c for c in self.tables.calls.values() if c.number == wanted), None)

    async def by_draft(self, draft_id: str) -> Call | None:
        return next(iter(self.tables.calls.having("draft", draft_id)), None)

    async def save(self, call: Call) -> None:
        kept = await self.get(call.id)
        self.tables.calls[call.id] = replace(
            kept, **{name: getattr(call, name) for name in CHANGES}
        )

    async def of_caller(self, account: int, limit: int) -> Sequence[Call]:
        return self.tables.calls.having("caller", account)[::-1][:limit]

    async def open_of_caller(self, account: int) -> Sequence[Call]:
        mine = await self.of_caller(account, len(self.tables.calls))
        return [call for call in mine if call.closed_at is None]

    async def near(
        self, item: str, community: str, *, since: datetime, limit: int
    ) -> Sequence[Call]:
        found = [
            call
            for call in self.tables.calls.having("about", (item, community))
            if call.raised_at >= since
        ]
        return sorted(found, key=lambda call: (call.raised_at, call.id), reverse=True)[:limit]

    async def next_in_day(self, day: date) -> int:
        self.tables.numbers[day] = self.tables.numbers.get(day, 0) + 1
        return self.tables.numbers[day]


@dataclass
class MemoryLegs:
    tables: Tables

    async def add(self, leg: Leg) -> Leg:
        kept = replace(leg, id=self.tables.new_id("legs"))
        self.tables.legs[kept.id] = kept
        return kept

    async def get(self, leg_id: int) -> Leg:
        if leg_id not in self.tables.legs:
            raise NotFound(leg=leg_id)
        return self.tables.legs[leg_id]

    async def save(self, leg: Leg) -> Leg:
        kept = self.tables.legs.get(leg.id)
        if kept is None or kept.revision != leg.revision:
            raise LegMoved(leg=leg.id)
        self.tables.legs[leg.id] = replace(leg, revision=leg.revision + 1)
        return self.tables.legs[leg.id]

    async def of_call(self, call_id: int) -> Sequence[Leg]:
        return self.tables.legs.having("call", call_id)

    async def of_calls(self, calls: Collection[int]) -> Sequence[Leg]:
        found = [leg for one in calls for leg in self.tables.legs.having("call", one)]
        return sorted(found, key=lambda leg: leg.id)

    async def open_of(self, agency: str, limit: int) -> Sequence[Leg]:
        theirs = self.tables.legs.having("agency", agency)
        return sorted(theirs, key=lambda leg: (leg.finish_due or NEVER, leg.id))[:limit]

    async def open_count(self, agency: str) -> int:
        return len(self.tables.legs.having("agency", agency))

    async def to_verify(self, agency: str, limit: int) -> Sequence[Leg]:
        return self.tables.legs.having("verifier", agency)[:limit]

    async def at_work(self) -> frozenset[str]:
        legs = self.tables.legs
        return frozenset([*legs.by("agency"), *legs.by("verifier")])

    async def due(self, now: datetime, limit: int) -> Sequence[Leg]:
        legs = self.tables.legs
        due = [legs[key] for key in legs.by("due").until(now, legs)]
        return sorted(due, key=lambda leg: (leg.next_due or NEVER, leg.id))[:limit]


@dataclass
class MemoryJournal:
    tables: Tables

    async def add(self, entry: Entry) -> Entry:
        kept = replace(entry, id=self.tables.new_id("entries"))
        self.tables.entries[kept.id] = kept
        return kept

    async def get(self, entry_id: int) -> Entry:
        if entry_id not in self.tables.entries:
            raise NotFound(entry=entry_id)
        return self.tables.entries[entry_id]

    async def of_call(self, call_id: int) -> Sequence[Entry]:
        return self.tables.entries.having("call", call_id)

    async def registered(
        self, action: Action, *, places: Collection[str] | None, before: int | None, limit: int
    ) -> Sequence[Entry]:
        found = [
            entry
            for entry in self.tables.entries.values()
            if entry.action is action
            and (before is None or entry.id < before)
            and (places is None or self.tables.calls[entry.call_id].community in places)
        ]
        return sorted(found, key=lambda entry: -entry.id)[:limit]


@dataclass
class MemoryRatings:
    tables: Tables

    async def add(self, rating: Rating) -> bool:
        key = (rating.leg_id, rating.round)
        return self.tables.ratings.setdefault(key, rating) is rating

    async def of_leg(self, leg_id: int) -> Sequence[Rating]:
        return self.tables.ratings.having("leg", leg_id)
