"""Legs in their table: locked when fetched for a change, saved by compare-and-set."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum
from operator import attrgetter
from typing import Any

from sqlalchemy import Row, bindparam, func, insert, select, text, union, update

from core.errors import LegMoved, NotFound
from core.leg import Leg
from core.lifecycle import Outcome, Status
from core.rating import Conclusion
from core.records import made, replace
from storage.known import Known
from storage.mapping import maybe, record_of, table
from storage.patient import PatientWire
from storage.rare import packed, rarely_alike, unpacked
from storage.tables import CallRow, LegRow

_calls, _legs = table(CallRow), table(LegRow)
_OPEN = text("status <> 'closed'")  # spelled as the partial index has it
_ADD = insert(_legs).returning(_legs.c.id)
_GET = select(_legs).where(_legs.c.id == bindparam("id"))
_LOCK = _GET.with_for_update()
_CALL_OF = select(_legs.c.call_id).where(_legs.c.id == bindparam("id")).scalar_subquery()
_LOCK_CALL = select(_calls.c.id).where(_calls.c.id == _CALL_OF).with_for_update()
_SAVE = update(_legs).where(_legs.c.id == bindparam("leg"), _legs.c.revision == bindparam("seen"))
_OF_CALL = select(_legs).where(_legs.c.call_id == bindparam("call_id")).order_by(_legs.c.id)
_OF_CALLS = (
    select(_legs)
    .where(_legs.c.call_id.in_(bindparam("calls", expanding=True)))
    .order_by(_legs.c.id)
)
_OF_AGENCY = select(_legs).where(_legs.c.agency == bindparam("agency"), _OPEN)
_OPEN_OF = _OF_AGENCY.order_by(_legs.c.finish_due.nulls_last(), _legs.c.id).limit(
    bindparam("limit")
)
_COUNT = select(func.count()).where(_legs.c.agency == bindparam("agency"), _OPEN)
_LOOKED_AT = text("status = 'verifying'")
_TO_VERIFY = (
    select(_legs)
    .where(_legs.c.verifier == bindparam("agency"), _LOOKED_AT)
    .order_by(_legs.c.id)
    .limit(bindparam("limit"))
)
_AT_WORK = union(
    select(_legs.c.agency.label("code")).where(_OPEN),
    select(_legs.c.verifier.label("code")).where(_LOOKED_AT, _legs.c.verifier.is_not(None)),
)
_DUE = (
    select(_legs)
    .where(_legs.c.next_due <= bindparam("now"))
    .order_by(_legs.c.next_due, _legs.c.id)
    .limit(bindparam("limit"))
)

_COLUMNS = tuple(name for name in _legs.columns.keys() if name not in ("id", "rare"))  # noqa: SIM118
_columns = attrgetter(*_COLUMNS)


class SqlLegs:
    """The promises of ``core.ports.Legs``."""

    def __init__(self, wire: PatientWire, known: Known | None = None) -> None:
        self._wire, self._known = wire, known or Known()

    async def add(self, leg: Leg) -> Leg:
        """Keep a new leg; gives it back with its id."""
        row = await self._wire.row(_ADD, _row(leg))
        assert row is not None  # noqa: S101 - an insert always returns its row
        return replace(leg, id=row.id)

    async def get(self, leg_id: int) -> Leg:
        """The leg, or ``NotFound``.

        Where others write as well its whole call is locked, call before leg: so neither two legs
        of one call can wait for each other, nor the call's journal fork.
        """
        if leg_id in self._known.legs:
            return self._known.legs[leg_id]
        if self._wire.shared:
            await self._wire.row(_LOCK_CALL, {"id": leg_id})
        row = await self._wire.row(_LOCK if self._wire.shared else _GET, {"id": leg_id})
        if row is None:
            raise NotFound(leg=leg_id)
        return leg_of(row)

    async def save(self, leg: Leg) -> Leg:
        """Keep it if nobody saved since ``leg.revision``, one revision on; else ``LegMoved``."""
        saved = replace(leg, revision=leg.revision + 1)
        known = self._known.legs.get(leg.id)
        if known and self._known.together:
            if known.revision != leg.revision:
                raise LegMoved(leg=leg.id)
            changed = {"leg": leg.id, "seen": leg.revision, **_changed(known, saved)}
            self._wire.later(_SAVE, changed, of=leg.id)
        elif not await self._wire.run(_SAVE, {"leg": leg.id, "seen": leg.revision, **_row(saved)}):
            raise LegMoved(leg=leg.id)
        if known:
            self._known.legs[leg.id] = saved
        return saved

    async def of_call(self, call_id: int) -> Sequence[Leg]:
        """All legs of a call, oldest first."""
        return [leg_of(row) for row in await self._wire.rows(_OF_CALL, {"call_id": call_id})]

    async def of_calls(self, calls: Collection[int]) -> Sequence[Leg]:
        """All legs of these calls, oldest first."""
        if not calls:
            return ()
        rows = await self._wire.rows(_OF_CALLS, {"calls": list(calls)})
        return [leg_of(row) for row in rows]

    async def open_of(self, agency: str, limit: int) -> Sequence[Leg]:
        """Open legs an agency answers, the earliest ``finish_due`` first, those without last."""
        rows = await self._wire.rows(_OPEN_OF, {"agency": agency, "limit": limit})
        return [leg_of(row) for row in rows]

    async def to_verify(self, agency: str, limit: int) -> Sequence[Leg]:
        """Legs an agency is to look at now, whether they are done; the oldest first."""
        rows = await self._wire.rows(_TO_VERIFY, {"agency": agency, "limit": limit})
        return [leg_of(row) for row in rows]

    async def open_count(self, agency: str) -> int:
        """How many legs an agency has open."""
        row = await self._wire.row(_COUNT, {"agency": agency})
        return row[0] if row else 0

    async def at_work(self) -> frozenset[str]:
        """Codes of all agencies with an open leg, or with one to look at."""
        return frozenset(row.code for row in await self._wire.rows(_AT_WORK))

    async def due(self, now: datetime, limit: int) -> Sequence[Leg]:
        """Legs whose ``next_due`` has come, earliest first."""
        return [leg_of(row) for row in await self._wire.rows(_DUE, {"now": now, "limit": limit})]


def _row(leg: Leg) -> dict[str, Any]:
    return {**{name: _plain(getattr(leg, name)) for name in _COLUMNS}, "rare": packed(leg)}


def _changed(before: Leg, after: Leg) -> dict[str, Any]:
    """The columns in which two differ: a reminder changes five of thirty."""
    changed = {
        name: _plain(now)
        for name, was, now in zip(_COLUMNS, _columns(before), _columns(after), strict=True)
        if was is not now and was != now
    }
    return changed if rarely_alike(before, after) else {**changed, "rare": packed(after)}


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, StrEnum) else value


def leg_of(row: Row[Any]) -> Leg:
    """The leg a whole row holds."""
    fields = record_of(
        row,
        status=Status(row.status),
        conclusion=maybe(Conclusion, row.conclusion),
        outcome=maybe(Outcome, row.outcome),
    )
    rare = unpacked(fields.pop("rare"))
    return made(Leg, {**fields, **rare})
