"""Everything there is, page by page by id: a page costs the same wherever it begins."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, union

from core.acts import Act
from core.call import Call
from core.journal import Entry
from core.leg import Leg
from core.people import Officer, Resident
from core.rating import Rating
from storage.acts import SHOWN
from storage.calls import call_of
from storage.journal import entry_of
from storage.legs import leg_of
from storage.mapping import record_of, table
from storage.moment import Moment
from storage.people import OFFICERS, officer_of
from storage.ratings import SHOWN as RATED
from storage.ratings import rating_of
from storage.tables import (
    CallRow,
    JournalRow,
    LegRow,
    OfficerRow,
    RatingRow,
    ResidentRow,
    SupporterRow,
)
from storage.tables_office import ActRow
from storage.wire import Wire

_calls, _legs, _journal = table(CallRow), table(LegRow), table(JournalRow)
_acts, _ratings, _officers = table(ActRow), table(RatingRow), table(OfficerRow)
_residents, _supporters = table(ResidentRow), table(SupporterRow)
_OPEN = _calls.c.restricted.is_(False)
_LIMIT: Any = bindparam("limit")
_IDS: Any = bindparam("ids", expanding=True)
_CALLS = (
    select(_calls).where(_calls.c.id > bindparam("after"), _OPEN).order_by(_calls.c.id)
).limit(_LIMIT)
_LEGS = (
    select(_legs)
    .join(_calls, _calls.c.id == _legs.c.call_id)
    .where(_legs.c.id > bindparam("after"), _OPEN)
    .order_by(_legs.c.id)
    .limit(_LIMIT)
)
_ENTRIES = (
    select(_journal)
    .join(_calls, _calls.c.id == _journal.c.call_id)
    .where(_journal.c.id > bindparam("after"), _OPEN)
    .order_by(_journal.c.id)
    .limit(_LIMIT)
)
_ACTS = select(*SHOWN).where(_acts.c.id > bindparam("after")).order_by(_acts.c.id).limit(_LIMIT)
_EVERYBODY = OFFICERS.order_by(None).order_by(_officers.c.agency, _officers.c.id)
_RESIDENTS = (
    select(_residents)
    .where(_residents.c.account > bindparam("after"))
    .order_by(_residents.c.account)
    .limit(_LIMIT)
)
_RAISED_BY = select(_calls).where(_calls.c.caller.in_(_IDS), _OPEN).order_by(_calls.c.id)
_SINCE: Any = bindparam("since", type_=Moment)
_UNTIL: Any = bindparam("until", type_=Moment)
_RAISED = select(_calls.c.caller.label("account")).where(
    _calls.c.caller > bindparam("after"), _calls.c.raised_at >= _SINCE, _calls.c.raised_at < _UNTIL
)
_STOOD_BY = select(_supporters.c.account.label("account")).where(
    _supporters.c.account > bindparam("after"),
    _supporters.c.since >= _SINCE,
    _supporters.c.since < _UNTIL,
)
_CONCERNED = union(_RAISED, _STOOD_BY).order_by("account").limit(_LIMIT)
_CALLS_OF = select(_calls).where(_calls.c.id.in_(_IDS))
_LEGS_OF = select(_legs).where(_legs.c.call_id.in_(_IDS)).order_by(_legs.c.id)
_RATINGS_OF = (
    select(*RATED).where(_ratings.c.leg_id.in_(_IDS)).order_by(_ratings.c.leg_id, _ratings.c.round)
)


class SqlWhole:
    """The promises of ``core.whole.Whole``."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def calls(self, after: int, limit: int) -> Sequence[Call]:
        """Calls that are not restricted."""
        return [call_of(row) for row in await self._wire.rows(_CALLS, _page(after, limit))]

    async def legs(self, after: int, limit: int) -> Sequence[Leg]:
        """Legs of calls that are not restricted."""
        return [leg_of(row) for row in await self._wire.rows(_LEGS, _page(after, limit))]

    async def entries(self, after: int, limit: int) -> Sequence[Entry]:
        """What happened to calls that are not restricted."""
        return [entry_of(row) for row in await self._wire.rows(_ENTRIES, _page(after, limit))]

    async def acts(self, after: int, limit: int) -> Sequence[Act]:
        """What was done on no call."""
        rows = await self._wire.rows(_ACTS, _page(after, limit))
        return [Act(**record_of(row)) for row in rows]

    async def officers(self) -> Sequence[Officer]:
        """Everybody who acts for an agency, by agency."""
        return [officer_of(row) for row in await self._wire.rows(_EVERYBODY)]

    async def residents(self, after: int, limit: int) -> Sequence[Resident]:
        """Everybody who spoke to the bot in private, by account."""
        rows = await self._wire.rows(_RESIDENTS, _page(after, limit))
        return [Resident(**record_of(row)) for row in rows]

    async def raised_by(self, accounts: Collection[int]) -> Sequence[Call]:
        """Calls of these people that are not restricted, oldest first."""
        rows = await self._wire.rows(_RAISED_BY, {"ids": list(accounts)})
        return [call_of(row) for row in rows]

    async def concerned(
        self, since: datetime, until: datetime, after: int, limit: int
    ) -> Sequence[int]:
        """Accounts that raised or stood by a call in the span, of restricted ones as well."""
        given = {**_page(after, limit), "since": since, "until": until}
        return [row[0] for row in await self._wire.rows(_CONCERNED, given)]

    async def calls_of(self, ids: Collection[int]) -> Mapping[int, Call]:
        """These calls by id."""
        rows = await self._wire.rows(_CALLS_OF, {"ids": list(ids)})
        return {row.id: call_of(row) for row in rows}

    async def legs_of(self, calls: Collection[int]) -> Sequence[Leg]:
        """All legs of these calls, oldest first."""
        return [leg_of(row) for row in await self._wire.rows(_LEGS_OF, {"ids": list(calls)})]

    async def ratings_of(self, legs: Collection[int]) -> Sequence[Rating]:
        """Every rating of these legs, in order."""
        rows = await self._wire.rows(_RATINGS_OF, {"ids": list(legs)})
        return [rating_of(row) for row in rows]


def _page(after: int, limit: int) -> dict[str, int]:
    return {"after": after, "limit": limit}
