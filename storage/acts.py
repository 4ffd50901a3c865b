"""The acts of the office, one chain of all of them, and the seals over everything written."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Table, bindparam, insert, select, text

from core.acts import Act, Seal
from storage import locks
from storage.chain import hash_of, sealed
from storage.mapping import record_of, table, values_of
from storage.tables import JournalRow
from storage.tables_office import ActRow, SealRow
from storage.wire import Wire

AT_ONCE = 2000
ONE_CHAIN = 0
_acts, _seals, _journal = table(ActRow), table(SealRow), table(JournalRow)
SHOWN = [column for column in _acts.c if column.name not in ("prev_hash", "hash")]
_ADD = insert(_acts).returning(_acts.c.id)
_LAST = select(_acts.c.hash).order_by(_acts.c.id.desc()).limit(1)
_LATEST = (
    select(*SHOWN)
    .where(_acts.c.id < bindparam("before"))
    .order_by(_acts.c.id.desc())
    .limit(bindparam("most"))
)
_SEAL = insert(_seals)
_SEALS = (
    select(*(column for column in _seals.c if column.name != "id"))
    .order_by(_seals.c.id.desc())
    .limit(bindparam("most"))
)
_STILL = text("LOCK TABLE journal, acts IN SHARE MODE")
NEVER = 2**62
_SINCE = {
    of: select(of.c.id, of.c.hash)
    .where(of.c.id > bindparam("last"))
    .order_by(of.c.id)
    .limit(AT_ONCE)
    for of in (_journal, _acts)
}


class SqlActs:
    """The promises of ``core.acts.Acts``; ``storage.audit`` proves what it wrote."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def add(self, act: Act) -> Act:
        """Write it down; gives it back with its id."""
        await locks.take(self._wire, locks.ACTS, [ONE_CHAIN])
        last = await self._wire.row(_LAST)
        before = last.hash if last else ""
        values = columns(act)
        proof = {"prev_hash": before, "hash": hash_of(values, "", before)}
        row = await self._wire.row(_ADD, values | proof)
        assert row is not None  # noqa: S101 - an insert always returns its row
        return replace(act, id=row.id)

    async def latest(self, limit: int, *, before: int | None = None) -> Sequence[Act]:
        """The last acts, newest first; those before an id where one is given."""
        asked = {"most": limit, "before": NEVER if before is None else before}
        return [Act(**record_of(row)) for row in await self._wire.rows(_LATEST, asked)]

    async def seal(self, now: datetime) -> Seal:
        """Close everything written so far under one hash that stands on the seal before.

        Whoever is writing is waited for, or a row could come in under a seal that lacks it.
        """
        if self._wire.shared:
            await self._wire.run(_STILL)
        last = next(iter(await self.seals(1)), Seal(now, 0, 0, 0, 0, ""))
        entries = [row async for row in _since(self._wire, _journal, last.entry)]
        acts = [row async for row in _since(self._wire, _acts, last.act)]
        seal = Seal(
            at=now,
            entry=entries[-1].id if entries else last.entry,
            act=acts[-1].id if acts else last.act,
            entries=last.entries + len(entries),
            acts=last.acts + len(acts),
            hash=sealed(last.hash, _lines(entries), _lines(acts)),
        )
        await self._wire.run(_SEAL, values_of(seal))
        return seal

    async def seals(self, limit: int) -> Sequence[Seal]:
        """The last seals, newest first."""
        return [Seal(**record_of(row)) for row in await self._wire.rows(_SEALS, {"most": limit})]


def columns(act: Act) -> dict[str, Any]:
    """What an act says, as columns."""
    return {name: value for name, value in values_of(act).items() if name != "id"}


def _lines(rows: Sequence[Row[Any]]) -> list[tuple[int, str]]:
    return [(row.id, row.hash) for row in rows]


async def _since(wire: Wire, of: Table, last: int) -> AsyncIterator[Row[Any]]:
    while rows := await wire.rows(_SINCE[of], {"last": last}):
        for row in rows:
            yield row
        last = rows[-1].id
