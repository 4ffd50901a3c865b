"""One transaction, open: the repositories over one connection."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime

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
)
from core.rating import Ratings
from core.sheet_versions import SheetVersions
from core.supporter import Supporters
from core.whole import Whole
from storage.acts import SqlActs
from storage.bans import SqlBans
from storage.calls import SqlCalls
from storage.channels import SqlChannels
from storage.conversations import SqlConversations
from storage.erasing import SqlErasing
from storage.errands import SqlErrands
from storage.figures import SqlFigures
from storage.foreseeing import foresee
from storage.groups import SqlGroups
from storage.inbox import SqlInbox
from storage.journal import SqlJournal
from storage.known import Forgetting, Known
from storage.late import SqlLate
from storage.leases import SqlLeases
from storage.legs import SqlLegs
from storage.load import load_of
from storage.marks import SqlMarks
from storage.meeting import meet
from storage.outbox import SqlOutbox
from storage.paces import SqlPaces
from storage.patient import PatientWire
from storage.people import SqlPeople
from storage.petitions import SqlPetitions
from storage.postings import SqlPostings
from storage.ratings import SqlRatings
from storage.retiring import SqlRetiring
from storage.sheet_versions import SqlSheetVersions
from storage.supporters import SqlSupporters
from storage.whole import SqlWhole
from storage.wire import Wire


class SqlWork:
    """The promises of ``core.ports.Work``."""

    def __init__(self, wire: Wire) -> None:
        self._wire, self._known = wire, (known := Known())
        self._patient = patient = PatientWire(wire)
        self.calls: Calls = SqlCalls(patient, known)
        self.legs: Legs = SqlLegs(patient, known)
        self.journal: Journal = SqlJournal(patient, known)
        self.acts: Acts = SqlActs(patient)
        self.retiring: Retiring = SqlRetiring(patient)
        self.bans: Bans = SqlBans(patient)
        self.channels: Channels = SqlChannels(patient)
        self.petitions: Petitions = SqlPetitions(patient)
        self.erasing: Erasing = SqlErasing(patient, known)
        self.ratings: Ratings = SqlRatings(patient)
        self.people: People = SqlPeople(wire, known)
        self.groups: Groups = SqlGroups(wire, known)
        self.conversations: Conversations = SqlConversations(wire, known)
        self.postings: Postings = SqlPostings(wire)
        self.outbox: Outbox = SqlOutbox(wire)
        self.inbox: Inbox = SqlInbox(wire)
        self.leases: Leases = SqlLeases(wire)
        self.paces: Paces = SqlPaces(wire)
        self.marks: Marks = SqlMarks(wire)
        self.late: Late = SqlLate(patient)
        self.supporters: Supporters = SqlSupporters(patient)
        self.sheets: SheetVersions = SqlSheetVersions(patient)
        self.errands: Errands = SqlErrands(patient)
        self.figures: Figures = SqlFigures(patient)
        self.whole: Whole = SqlWhole(patient)

    async def load(self, now: datetime) -> Load:
        """What is on the store's hands at this moment, ``now``."""
        return await load_of(self._patient, now)

    async def foresee(self, legs: Sequence[Leg]) -> None:
        """Read together what a step on each of these legs will ask for."""
        if legs:
            await foresee(self._patient, self._known, legs)

    async def meet(self, accounts: Collection[int]) -> None:
        """Read together what a step of each of these people will ask for."""
        if accounts:
            await meet(self._wire, self._known, accounts)

    @asynccontextmanager
    async def _forgetful(self) -> AsyncIterator[None]:
        """A savepoint in which a batch writes together; what is undone is not known any more."""
        try:
            await self._patient.settle()
            async with self._wire.savepoint():
                self._known.together = True
                yield
                await self._patient.settle()
        except BaseException:
            self._known.forget()
            self._patient.forget()
            raise
        finally:
            self._known.together = False
            self._known.numbers.clear()

    def savepoint(self) -> AbstractAsyncContextManager[None]:
        """Undo what happens inside if it raises, and only that."""
        if self._known.legs:
            return self._forgetful()
        return Forgetting(self._wire.savepoint(), self._known)
