"""Calls in their table, and the counter their numbers come from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from core.call import Call, Link, NameShown
from core.catalogue import Urgency
from core.errors import NotFound, RaisedAlready
from core.intent import Intent
from core.records import made, replace
from storage.known import Known
from storage.mapping import (
    maybe,
    pieces_of,
    place,
    plain,
    point_of,
    record_of,
    table,
    value_of,
)
from storage.tables import CallRow, NumberRow
from storage.wire import Wire

_calls, _numbers = table(CallRow), table(NumberRow)
_ADD = insert(_calls).on_conflict_do_nothing(index_elements=["draft_id"]).returning(_calls.c.id)
_GET = select(_calls).where(_calls.c.id == bindparam("id"))
_BY_NUMBER = select(_calls).where(_calls.c.number == bindparam("number"))
_BY_DRAFT = select(_calls).where(_calls.c.draft_id == bindparam("draft_id"))
_OF_CALLER = select(_calls).where(_calls.c.caller == bindparam("caller"))
_NEWEST = _OF_CALLER.order_by(_calls.c.id.desc()).limit(bindparam("limit"))
_OPEN = _OF_CALLER.where(_calls.c.closed_at.is_(None)).order_by(_calls.c.id.desc())
_NEAR = (
    select(_calls)
    .where(
        _calls.c.item == bindparam("item"),
        _calls.c.community == bindparam("community"),
        _calls.c.closed_at.is_(None),
        _calls.c.raised_at >= bindparam("since"),
        _calls.c.restricted.is_(False),
    )
    .order_by(_calls.c.raised_at.desc(), _calls.c.id.desc())
    .limit(bindparam("limit"))
)
_SAVE = update(_calls).where(_calls.c.id == bindparam("call"))
_NEXT = (
    insert(_numbers)
    .values(day=bindparam("day"), last=1)
    .on_conflict_do_update(index_elements=["day"], set_={"last": _numbers.c.last + 1})
    .returning(_numbers.c.last)
)

CHANGES = frozenset(
    {"item", "urgency", "community", "details", "urged_at", "closed_at", "name_shown"}
    | {"caller", "caller_name", "linked", "link", "supporters", "restricted", "claim", "phone"}
    | {"intent"}
)


class SqlCalls:
    """The promises of ``core.ports.Calls``."""

    def __init__(self, wire: Wire, known: Known | None = None) -> None:
        self._wire, self._known = wire, known or Known()

    async def add(self, call: Call) -> Call:
        """Keep a new call; ``RaisedAlready`` when its draft became one (I5)."""
        row = await self._wire.row(_ADD, _row(call))
        if row is None:
            raise RaisedAlready(draft_id=call.draft_id)
        self._known.hashes[row.id] = ""
        return replace(call, id=row.id, number=call.number.upper())

    async def get(self, call_id: int) -> Call:
        """The call, or ``NotFound``."""
        if call_id in self._known.calls:
            return self._known.calls[call_id]
        found = _maybe_call(await self._wire.row(_GET, {"id": call_id}))
        if found is None:
            raise NotFound(call=call_id)
        return found

    async def by_number(self, number: str) -> Call | None:
        """The call with this public number, in whatever case it was typed."""
        return _maybe_call(await self._wire.row(_BY_NUMBER, {"number": number.strip().upper()}))

    async def by_draft(self, draft_id: str) -> Call | None:
        """The call a draft became, if it did."""
        return _maybe_call(await self._wire.row(_BY_DRAFT, {"draft_id": draft_id}))

    async def save(self, call: Call) -> None:
        """Keep what changes in the life of a call."""
        self._known.calls.pop(call.id, None)
        changed = {name: value for name, value in _row(call).items() if name in CHANGES}
        if not await self._wire.run(_SAVE, {"call": call.id, **changed}):
            raise NotFound(call=call.id)

    async def of_caller(self, account: int, limit: int) -> Sequence[Call]:
        """Somebody's calls, newest first."""
        rows = await self._wire.rows(_NEWEST, {"caller": account, "limit": limit})
        return [call_of(row) for row in rows]

    async def open_of_caller(self, account: int) -> Sequence[Call]:
        """Somebody's open calls, newest first."""
        return [call_of(row) for row in await self._wire.rows(_OPEN, {"caller": account})]

    async def near(
        self, item: str, community: str, *, since: datetime, limit: int
    ) -> Sequence[Call]:
        """Open, unrestricted calls about an item in a community, newest first."""
        about = {"item": item, "community": community, "since": since, "limit": limit}
        return [call_of(row) for row in await self._wire.rows(_NEAR, about)]

    async def next_in_day(self, day: date) -> int:
        """1, 2, 3 … within a day; counted in this very transaction."""
        row = await self._wire.row(_NEXT, {"day": day})
        assert row is not None  # noqa: S101 - an upsert always returns its row
        return int(row.last)


def _row(call: Call) -> dict[str, Any]:
    return {
        "number": call.number.upper(),
        "draft_id": call.draft_id,
        "caller": call.caller,
        "caller_name": call.caller_name,
        "name_shown": call.name_shown.value,
        "item": call.item,
        "urgency": call.urgency.value,
        "danger": call.danger,
        "community": call.community,
        "address": call.address,
        **place(call.point),
        "details": call.details,
        "pieces": plain(call.pieces),
        "raised_at": call.raised_at,
        "urged_at": call.urged_at,
        "closed_at": call.closed_at,
        "linked": call.linked,
        "link": value_of(call.link),
        "supporters": call.supporters,
        "restricted": call.restricted,
        "raised_by": call.raised_by,
        "claim": call.claim,
        "phone": call.phone,
        "avoids": call.avoids,
        "intent": call.intent.value,
    }


def _maybe_call(row: Row[Any] | None) -> Call | None:
    return None if row is None else call_of(row)


def call_of(row: Row[Any]) -> Call:
    """The call a whole row holds."""
    fields = record_of(
        row,
        name_shown=NameShown(row.name_shown),
        urgency=Urgency(row.urgency),
        intent=Intent(row.intent),
        link=maybe(Link, row.link),
        point=point_of(row.latitude, row.longitude),
        pieces=pieces_of(row.pieces),
    )
    del fields["latitude"], fields["longitude"]
    return made(Call, fields)
