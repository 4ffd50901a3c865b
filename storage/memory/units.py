"""Transactions in memory: one writer at a time, and a real rollback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import date, datetime
from itertools import count
from typing import Any

from core.acts import Acts
from core.banning import Bans
from core.channel import Channels
from core.conversation import Conversations
from core.erasing import Erasing
from core.errands import Errands
from core.figures import Figures
from core.journal import Journal
from core.keeping import Retiring
from core.late import Late
from core.leases import Leases
from core.leg import Leg
from core.load import Load
from core.marks import Marks
from core.pace import Paces
from core.petitions import Petitions
from core.ports import (
    Calls,
    Groups,
    Inbox,
    Legs,
    Outbox,
    People,
    Postings,
    Work,
)
from core.rating import Ratings
from core.sheet_versions import SheetVersions
from core.supporter import Supporters
from core.whole import Whole
from storage.memory.acts import MemoryActs
from storage.memory.bans import MemoryBans
from storage.memory.channels import MemoryChannels
from storage.memory.domain import MemoryCalls, MemoryJournal, MemoryLegs, MemoryRatings
from storage.memory.erasing import MemoryErasing
from storage.memory.errands import MemoryErrands
from storage.memory.figures import MemoryFigures
from storage.memory.late import MemoryLate
from storage.memory.leases import MemoryLeases
from storage.memory.marks import MemoryMarks
from storage.memory.paces import MemoryPaces
from storage.memory.people import (
    MemoryConversations,
    MemoryGroups,
    MemoryPeople,
    MemoryPostings,
)
from storage.memory.petitions import MemoryPetitions
from storage.memory.retiring import MemoryRetiring
from storage.memory.sheet_versions import MemorySheetVersions
from storage.memory.shelf import Undo
from storage.memory.supporters import MemorySupporters
from storage.memory.tables import Tables
from storage.memory.traffic import MemoryInbox, MemoryOutbox
from storage.memory.whole import MemoryWhole


class MemoryWork:
    """``core.ports.Work``; ``tables`` may be looked into, and filled, by a test."""

    def __init__(self, tables: Tables | None = None) -> None:
        self.tables = tables = tables or Tables()
        self.calls: Calls = MemoryCalls(tables)
        self.legs: Legs = MemoryLegs(tables)
        self.journal: Journal = MemoryJournal(tables)
        self.acts: Acts = MemoryActs(tables)
        self.retiring: Retiring = MemoryRetiring(tables)
        self.bans: Bans = MemoryBans(tables)
        self.channels: Channels = MemoryChannels(tables)
        self.petitions: Petitions = MemoryPetitions(tables)
        self.erasing: Erasing = MemoryErasing(tables)
        self.ratings: Ratings = MemoryRatings(tables)
        self.people: People = MemoryPeople(tables)
        self.groups: Groups = MemoryGroups(tables)
        self.conversations: Conversations = MemoryConversations(tables)
        self.postings: Postings = MemoryPostings(tables)
        self.outbox: Outbox = MemoryOutbox(tables)
        self.inbox: Inbox = MemoryInbox(tables)
        self.leases: Leases = MemoryLeases(tables)
        self.paces: Paces = MemoryPaces(tables)
        self.marks: Marks = MemoryMarks(tables)
        self.late: Late = MemoryLate(tables)
        self.supporters: Supporters = MemorySupporters(tables)
        self.sheets: SheetVersions = MemorySheetVersions(tables)
        self.errands: Errands = MemoryErrands(tables)
        self.figures: Figures = MemoryFigures(tables)
        self.whole: Whole = MemoryWhole(tables)

    async def load(self, now: datetime) -> Load:
        """Nobody watches a store in memory."""
        return Load()

    async def foresee(self, legs: Sequence[Leg]) -> None:
        """Memory is asked for nothing."""

    async def meet(self, accounts: Collection[int]) -> None:
        """Nor for who is who."""

    def savepoint(self) -> AbstractAsyncContextManager[None]:
        """Undo what happens inside if it raises."""
        return _Savepoint(self.tables.undo)


class _Savepoint(AbstractAsyncContextManager[None]):
    """By hand, not by a generator: a simulated year opens millions."""

    __slots__ = ("_before", "_undo")

    def __init__(self, undo: Undo) -> None:
        self._undo = undo

    async def __aenter__(self) -> None:
        self._before = self._undo.begin()

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self._undo.back(self._before)
        self._undo.end()


class MemoryUnits:
    """``core.ports.Units`` over one set of tables; ids ``apart`` as they have it."""

    def __init__(self, *, apart: bool = False) -> None:
        self.tables = Tables(apart)
        self._work = MemoryWork(self.tables)
        self._gate = asyncio.Lock()
        self._holder: asyncio.Task[None] | None = None

    def begin(self) -> AbstractAsyncContextManager[Work]:
        """Keeps what was done, or nothing of it."""
        return _Transaction(self, _again(self._work))

    def number(self, n: int, day: date, of_day: int) -> None:
        """The next call is to be the n-th of all, and of its day, as if this store had the others.

        For a store with a part of a district; inside the transaction that raises it.
        """
        self.tables.ids["calls"] = count(n)
        self.tables.numbers[day] = of_day - 1

    async def take(self) -> None:
        """Wait for one's turn to write."""
        if self._holder is asyncio.current_task():
            raise RuntimeError("a transaction inside a transaction would wait for itself")
        await self._gate.acquire()
        self._holder = asyncio.current_task()

    def give(self) -> None:
        """Let the next one write."""
        self._holder = None
        self._gate.release()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Work]:
        """A copy of what is committed, to look at; what is written to it is lost."""
        yield MemoryWork(self.tables.committed())


class _Transaction(AbstractAsyncContextManager[Work]):
    """By hand as well."""

    __slots__ = ("_undoing", "_units", "_work")

    def __init__(self, units: MemoryUnits, work: MemoryWork) -> None:
        self._units, self._work = units, work
        self._undoing = work.savepoint()

    async def __aenter__(self) -> Work:
        await self._units.take()
        await self._undoing.__aenter__()
        return self._work

    async def __aexit__(self, *error: Any) -> None:
        try:
            await self._undoing.__aexit__(*error)
        finally:
            self._units.give()


def _again(work: MemoryWork) -> MemoryWork:
    """A copy, of which a repository may be put in another's place for one transaction."""
    again = object.__new__(MemoryWork)
    again.__dict__.update(work.__dict__)
    return again
