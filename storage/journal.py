"""The journal: append only, each entry chained to the one before it in its call (I23)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from secrets import token_hex
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, text

from core.errors import NotFound
from core.journal import Entry, forgotten
from core.lifecycle import Action, Status
from core.records import replace
from storage.chain import digest_of, hash_of
from storage.known import Known
from storage.mapping import maybe, origin_of, pieces_of, plain, table, value_of
from storage.numbering import numbers
from storage.patient import PatientWire
from storage.tables import REGISTERED, CallRow, JournalRow

_calls, _journal = table(CallRow), table(JournalRow)
_PUT = insert(_journal)
_ADD = _PUT.returning(_journal.c.id)
_GET = select(_journal).where(_journal.c.id == bindparam("id"))
_OF_CALL = (
    select(_journal).where(_journal.c.call_id == bindparam("call_id")).order_by(_journal.c.id)
)
_REGISTERED = (
    select(_journal)
    .where(
        text(REGISTERED),
        _journal.c.action == bindparam("action"),
        _journal.c.id < bindparam("before"),
    )
    .order_by(_journal.c.id.desc())
    .limit(bindparam("limit"))
)
_REGISTERED_IN = _REGISTERED.join(_calls, _calls.c.id == _journal.c.call_id).where(
    _calls.c.community.in_(bindparam("places", expanding=True))
)
LAST_OF_ALL = 2**62
_LAST = (
    select(_journal.c.hash)
    .where(_journal.c.call_id == bindparam("call_id"))
    .order_by(_journal.c.id.desc())
    .limit(1)
)


class SqlJournal:
    """The promises of ``core.ports.Journal``; ``storage.audit`` proves what it wrote."""

    def __init__(self, wire: PatientWire, known: Known | None = None) -> None:
        self._wire, self._known = wire, known or Known()

    async def add(self, entry: Entry) -> Entry:
        """Write it down; gives it back with its id."""
        values, salt, before = columns(entry), token_hex(16), await self._end(entry.call_id)
        digest = digest_of(values, salt)
        values |= {"salt": salt, "digest": digest, "prev_hash": before}
        lasting = forgotten(entry)
        lasts = values if lasting is entry else columns(lasting)
        values["hash"] = hash_of(lasts, digest, before)
        number = await self._written(values)
        if entry.call_id in self._known.hashes:
            self._known.hashes[entry.call_id] = values["hash"]
        return replace(entry, id=number)

    async def _written(self, values: dict[str, Any]) -> int:
        """The number of the entry: its database's, or one taken before where it may wait."""
        if not self._known.together:
            row = await self._wire.row(_ADD, values)
            assert row is not None  # noqa: S101 - an insert always returns its row
            return int(row.id)
        if not self._known.numbers:
            self._known.numbers = await numbers(self._wire, len(self._known.legs))
        number = self._known.numbers.pop()
        self._wire.later(_PUT, values | {"id": number}, of=number)
        return number

    async def _end(self, call_id: int) -> str:
        """The hash that the next entry of a call is chained to."""
        if call_id in self._known.hashes:
            return self._known.hashes[call_id]
        last = await self._wire.row(_LAST, {"call_id": call_id})
        return last.hash if last else ""

    async def get(self, entry_id: int) -> Entry:
        """The entry, or ``NotFound``."""
        row = await self._wire.row(_GET, {"id": entry_id})
        if row is None:
            raise NotFound(entry=entry_id)
        return entry_of(row)

    async def registered(
        self, action: Action, *, places: Collection[str] | None, before: int | None, limit: int
    ) -> Sequence[Entry]:
        """Entries of an act that has a register, the newest first."""
        asked = {"action": action.value, "before": before or LAST_OF_ALL, "limit": limit}
        if places is None:
            rows = await self._wire.rows(_REGISTERED, asked)
        else:
            rows = await self._wire.rows(_REGISTERED_IN, {**asked, "places": list(places)})
        return [entry_of(row) for row in rows]

    async def of_call(self, call_id: int) -> Sequence[Entry]:
        """Everything that happened to a call, in order."""
        return [entry_of(row) for row in await self._wire.rows(_OF_CALL, {"call_id": call_id})]


def columns(entry: Entry) -> dict[str, Any]:
    """What an entry says, as columns; how it is proved stands beside it."""
    return {
        "call_id": entry.call_id,
        "leg_id": entry.leg_id,
        "action": entry.action.value,
        "at": entry.at,
        "actor": entry.actor,
        "actor_name": entry.actor_name,
        "agency": entry.agency,
        "before": value_of(entry.before),
        "after": value_of(entry.after),
        "facts": dict(entry.facts),
        "pieces": plain(entry.pieces),
        "origin_chat": entry.origin.chat if entry.origin else None,
        "origin_message": entry.origin.message if entry.origin else None,
    }


def entry_of(row: Row[Any]) -> Entry:
    """The entry a row holds."""
    return Entry(
        id=row.id,
        call_id=row.call_id,
        leg_id=row.leg_id,
        action=Action(row.action),
        at=row.at,
        actor=row.actor,
        actor_name=row.actor_name,
        agency=row.agency,
        before=maybe(Status, row.before),
        after=maybe(Status, row.after),
        facts=row.facts,
        pieces=pieces_of(row.pieces),
        origin=origin_of(row.origin_chat, row.origin_message),
    )
