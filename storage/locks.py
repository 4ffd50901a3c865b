"""Advisory locks of lanes, for databases that several processes write to.

Whether a row is the head of its lane is looked up when it is put, and the next head is named when
one is settled. Two transactions that cannot see each other would both miss it: so a lane is held
until the commit by whoever changes it. Who owes a message holds its lane alone, for the numbers
of rows must be in the order of their commits; updates come numbered, and share it.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ARRAY, BigInteger, ColumnElement, Select, bindparam, func, select

from storage.wire import Wire

INBOX, OUTBOX = 0, 1
ACTS = 2**62  # no chat has such a number

_lanes = func.unnest(bindparam("keys", type_=ARRAY(BigInteger))).column_valued("key")
_in_order = select(_lanes).distinct().order_by(_lanes).subquery()
_SHARED = select(func.pg_advisory_xact_lock_shared(_in_order.c.key))
_ALONE = select(func.pg_advisory_xact_lock(_in_order.c.key))


def alone(side: int, lane: ColumnElement[int], where: ColumnElement[bool]) -> Select[Any]:
    """Says what ``take`` does of the lanes of some rows, whichever they are, in one statement."""
    key = _key(side, lane).label("key")
    of_them = select(key).where(where).distinct().order_by(key).subquery()
    return select(func.pg_advisory_xact_lock(of_them.c.key))


def free(side: int, found: Select[Any]) -> Select[Any]:
    """Of these rows those in whose ``lane`` nobody is at work; others are kept out of it then."""
    rows = found.subquery()
    return select(rows).where(func.pg_try_advisory_xact_lock(_key(side, rows.c.lane)))


def _key(side: int, lane: ColumnElement[int]) -> ColumnElement[int]:
    return lane * 2 + side


def _keys(side: int, lanes: Collection[int]) -> dict[str, list[int]]:
    return {"keys": [lane * 2 + side for lane in lanes]}


async def share(wire: Wire, side: int, lanes: Collection[int]) -> None:
    """Wait until nobody settles in these lanes, and keep them from it until the commit."""
    if wire.shared:
        await wire.rows(_SHARED, _keys(side, lanes))


async def take(wire: Wire, side: int, lanes: Collection[int]) -> None:
    """Wait until nobody else is at work in these lanes, and keep others out until the commit."""
    if wire.shared:
        await wire.rows(_ALONE, _keys(side, lanes))
