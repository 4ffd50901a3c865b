"""Everything there is, page by page: for exports. Restricted calls are never among it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from core.acts import Act
from core.call import Call
from core.journal import Entry
from core.leg import Leg
from core.people import Officer, Resident
from core.rating import Rating


class Whole(Protocol):
    """Each page begins after an id and is in the order of ids; empty is the end."""

    async def calls(self, after: int, limit: int) -> Sequence[Call]:
        """Calls that are not restricted."""

    async def legs(self, after: int, limit: int) -> Sequence[Leg]:
        """Legs of calls that are not restricted."""

    async def entries(self, after: int, limit: int) -> Sequence[Entry]:
        """What happened to calls that are not restricted."""

    async def acts(self, after: int, limit: int) -> Sequence[Act]:
        """What was done on no call."""

    async def officers(self) -> Sequence[Officer]:
        """Everybody who acts for an agency, by agency."""

    async def residents(self, after: int, limit: int) -> Sequence[Resident]:
        """Everybody who spoke to the bot in private, by account."""

    async def raised_by(self, accounts: Collection[int]) -> Sequence[Call]:
        """Calls of these people that are not restricted, oldest first."""

    async def concerned(
        self, since: datetime, until: datetime, after: int, limit: int
    ) -> Sequence[int]:
        """Accounts beyond ``after`` that raised or stood by a call in the span, in order.

        Of restricted calls as well: this is for telling them, never for a file.
        """

    async def calls_of(self, ids: Collection[int]) -> Mapping[int, Call]:
        """These calls by id."""

    async def legs_of(self, calls: Collection[int]) -> Sequence[Leg]:
        """All legs of these calls, oldest first."""

    async def ratings_of(self, legs: Collection[int]) -> Sequence[Rating]:
        """Every rating of these legs, in order."""
