"""What the outbox keeps back and why; letting it go, or dropping it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select, text, update

from core.outgoing import State
from storage.mapping import table
from storage.moment import Moment
from storage.traffic import OWED, SET_ASIDE, InstanceRow, LaneRow, OutboxRow

_outbox, _lanes, _instance = table(OutboxRow), table(LaneRow), table(InstanceRow)
_OWED, _SET_ASIDE = text(OWED), text(SET_ASIDE)
_SHOWN = ("id", "lane", "kind", "state", "attempts", "error", "created_at", "not_before")


@dataclass(frozen=True, slots=True)
class Kept:
    """A row without its words; ``error`` is what Telegram or we said of it."""

    id: int
    lane: int
    kind: str
    state: State
    tries: int
    error: str
    created_at: datetime
    not_before: datetime | None


@dataclass(frozen=True, slots=True)
class Instance:
    """Which life of the database this is; ``held_since`` is None when nothing is held."""

    epoch: int
    held_since: datetime | None
    restore_point: datetime | None


def counts(connection: Connection, chat: int | None) -> Mapping[State, tuple[int, datetime]]:
    """How many rows are in each state but sent and superseded, and since when the oldest."""
    found: dict[State, tuple[int, datetime]] = {}
    for where in (_OWED, _SET_ASIDE):
        asked = (
            select(_outbox.c.state, func.count(), func.min(_outbox.c.created_at, type_=Moment))
            .where(where, *_at(chat))
            .group_by(_outbox.c.state)
        )
        found |= {State(state): (n, oldest) for state, n, oldest in connection.execute(asked)}
    return found


def kept(connection: Connection, chat: int | None, limit: int) -> Sequence[Kept]:
    """Rows that do not go by themselves: unknown, dead, held; newest first."""
    asked = select(*(_outbox.c[name] for name in _SHOWN)).where(_SET_ASIDE, *_at(chat))
    found = connection.execute(asked.order_by(_outbox.c.id.desc()).limit(limit))
    return [_kept(row) for row in found]


def paused(
    connection: Connection, chat: int | None, now: datetime
) -> Sequence[tuple[int, datetime]]:
    """Chats that have to wait as a whole, each with until when."""
    asked = select(_lanes.c.lane, _lanes.c.paused_until).where(_lanes.c.paused_until > now)
    if chat is not None:
        asked = asked.where(_lanes.c.lane == chat)
    found = connection.execute(asked.order_by(_lanes.c.paused_until))
    return [(row.lane, row.paused_until) for row in found]


def release(connection: Connection, ids: Collection[int] | None) -> int:
    """Let these held rows go, or all with None; how many. Nothing left to hold ends the hold."""
    again = {"state": State.READY.value, "settled_at": None, "not_before": None, "head": True}
    freed = connection.execute(update(_outbox).where(*_held(ids)).values(again)).rowcount
    _end_of_hold(connection)
    return freed


def drop(connection: Connection, ids: Collection[int] | None, why: str) -> int:
    """Held rows that nobody will be told, all with None; how many. ``why`` is kept with them."""
    gone = {"state": State.DEAD.value, "error": f"dropped: {why}"}
    dropped = connection.execute(update(_outbox).where(*_held(ids)).values(gone)).rowcount
    _end_of_hold(connection)
    return dropped


def hold(connection: Connection, restore_point: datetime, now: datetime) -> int:
    """A restored database begins like this: all that was owed is held (D8); how many rows.

    What is owed from now on is not touched: new answers flow, though old rows rest in their chat.
    """
    held = {"state": State.HELD.value, "settled_at": now, "head": False}
    found = connection.execute(update(_outbox).where(_OWED).values(held)).rowcount
    before = instance(connection)
    since = now if found else None
    values = {"epoch": before.epoch + 1, "held_since": since, "restore_point": restore_point}
    connection.execute(update(_instance).values(values))
    return found


def instance(connection: Connection) -> Instance:
    """Which life this is."""
    row = connection.execute(select(_instance)).one()
    return Instance(row.epoch, row.held_since, row.restore_point)


def _end_of_hold(connection: Connection) -> None:
    left = select(_outbox.c.id).where(_SET_ASIDE, _outbox.c.state == State.HELD.value).limit(1)
    if connection.execute(left).first() is None:
        connection.execute(update(_instance).values(held_since=None))


def _held(ids: Collection[int] | None) -> Sequence[ColumnElement[bool]]:
    held = _outbox.c.state == State.HELD.value
    return (held,) if ids is None else (held, _outbox.c.id.in_(list(ids)))


def _at(chat: int | None) -> Sequence[ColumnElement[bool]]:
    return () if chat is None else (_outbox.c.lane == chat,)


def _kept(row: Row[Any]) -> Kept:
    return Kept(
        id=row.id,
        lane=row.lane,
        kind=row.kind,
        state=State(row.state),
        tries=row.attempts,
        error=row.error,
        created_at=row.created_at,
        not_before=row.not_before,
    )
