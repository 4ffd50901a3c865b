"""Forgetting in memory."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from core.call import ERASED, Call
from core.erasing import Erasure, Shown, Unsaid, disowned, stripped
from core.incoming import Fate
from core.journal import forgotten
from core.lifecycle import Action
from storage.memory.shelf import Shelf
from storage.memory.tables import Tables


@dataclass
class MemoryErasing:
    tables: Tables

    async def kept(self, account: int) -> Mapping[str, int]:
        return {
            "updates": sum(one.update.lane == account for one in self.tables.inbox.values()),
            "messages": sum(one.row.lane == account for one in self.tables.outbox.values()),
            "drafts": int(account in self.tables.conversations),
        }

    async def forget(self, account: int) -> None:
        tables = self.tables
        for key, one in list(tables.inbox.items()):
            if one.update.lane == account:
                tables.inbox[key] = replace(one, update=replace(one.update, body="{}"))
        _remove(tables.outbox, lambda _, one: one.row.lane == account)
        tables.conversations.pop(account, None)
        _remove(tables.errands, lambda _, one: one.account == account)
        _remove(tables.supporters, lambda _, one: one.account == account)
        tables.paces.pop(account, None)
        _remove(tables.postings, lambda key, _: key[0] == account)
        known = tables.residents.pop(account, None)
        if known and known.banned_until:
            bare = replace(known, name="", called="", phone="", consented_at=None, member_of=None)
            tables.residents[account] = bare

    async def strip(self, call_id: int, account: int) -> Sequence[int]:
        self.tables.calls[call_id] = stripped(self.tables.calls[call_id])
        for key, rating in list(self.tables.ratings.items()):
            if self.tables.legs[rating.leg_id].call_id == call_id:
                self.tables.ratings[key] = replace(rating, words="", by=ERASED)
        changed = []
        for entry in [e for e in self.tables.entries.values() if e.call_id == call_id]:
            theirs = entry.agency is not None or entry.actor in (None, ERASED, account)
            if theirs and forgotten(entry) != entry:
                self.tables.entries[entry.id] = forgotten(entry)
                changed.append(entry.id)
        return changed

    async def unsay(
        self, account: int, *, emptied: Sequence[int], but: Collection[int]
    ) -> Sequence[Unsaid]:
        gone = []
        for entry in list(self.tables.entries.values()):
            said = entry.actor == account and entry.agency is None and entry.call_id not in but
            along = entry.action is Action.JOINED and entry.facts.get("call") in emptied
            if (said or along) and forgotten(entry) != entry:
                self.tables.entries[entry.id] = forgotten(entry)
                gone.append(Unsaid(entry.id, entry.call_id, entry.leg_id, self._shown(entry.id)))
        return gone

    def _shown(self, entry: int) -> tuple[tuple[int, int], ...]:
        rows = self.tables.outbox.values()
        return tuple(
            (one.row.lane, one.message)
            for one in rows
            if one.message and one.row.lane < 0 and one.row.payload.get("entry") == entry
        )

    async def blank(self, entries: Collection[int]) -> Sequence[Shown]:
        shown = []
        for one in entries:
            entry = self.tables.entries[one]
            if forgotten(entry) != entry:
                self.tables.entries[one] = forgotten(entry)
            told = [row for row in self.tables.outbox.values() if row.message and row.row.lane < 0]
            shown += [
                Shown(one, row.row.lane, row.message, int(row.row.payload.get("part", 0)))
                for row in told
                if row.row.payload.get("entry") == one and row.message
            ]
        return shown

    async def reword(self, call: Call) -> None:
        kept = self.tables.calls[call.id]
        self.tables.calls[call.id] = replace(kept, pieces=call.pieces, details=call.details)
        for key, one in list(self.tables.inbox.items()):
            if one.update.lane == call.caller and one.fate is not Fate.NEW:
                self.tables.inbox[key] = replace(one, update=replace(one.update, body="{}"))

    async def disown(self, call_id: int) -> None:
        self.tables.calls[call_id] = disowned(self.tables.calls[call_id])

    async def note(self, erasure: Erasure) -> None:
        key = erasure.id or self.tables.new_id("erasures")
        self.tables.erasures[key] = replace(erasure, id=key)

    async def unfinished(self) -> Sequence[Erasure]:
        return self.tables.erasures.having("waits", True)

    async def all(self) -> Sequence[Erasure]:
        return list(self.tables.erasures.values())


def _remove(shelf: Shelf[Any, Any], goes: Callable[[Any, Any], bool]) -> None:
    for key in [key for key, one in shelf.items() if goes(key, one)]:
        del shelf[key]
