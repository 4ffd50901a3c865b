"""Counts of what is not finished, each by the index that holds nothing else."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select, text

from core.load import Load
from storage.mapping import table
from storage.moment import Moment
from storage.tables import LegRow
from storage.traffic import NEW, OWED, SET_ASIDE, InboxRow, LaneRow, OutboxRow
from storage.wire import Wire

_inbox, _outbox = table(InboxRow), table(OutboxRow)
_lanes, _legs = table(LaneRow), table(LegRow)
_WAITING = select(func.count(), func.min(_inbox.c.received_at, type_=Moment)).where(text(NEW))
_ASIDE_IN = (
    select(_inbox.c.state, func.count())
    .where(text("state IN ('dead', 'ignored')"))
    .group_by(_inbox.c.state)
)
_OWED = (
    select(_outbox.c.state, func.count(), func.min(_outbox.c.created_at, type_=Moment))
    .where(text(OWED))
    .group_by(_outbox.c.state)
)
_ASIDE_OUT = select(_outbox.c.state, func.count()).where(text(SET_ASIDE)).group_by(_outbox.c.state)
_PAUSED = select(func.count()).select_from(_lanes).where(_lanes.c.paused_until > bindparam("now"))
_OPEN = select(func.count()).select_from(_legs).where(text("status <> 'closed'"))


async def load_of(wire: Wire, now: datetime) -> Load:
    """What is on the store's hands at this moment."""
    waiting: Any = await wire.row(_WAITING)
    owed: Any = await wire.rows(_OWED)
    return Load(
        inbox={"new": waiting[0], **dict(await _pairs(wire, _ASIDE_IN))},
        outbox={row[0]: row[1] for row in owed} | dict(await _pairs(wire, _ASIDE_OUT)),
        oldest_owed=min((row[2] for row in owed), default=None),
        oldest_waiting=waiting[1],
        paused_lanes=await _count(wire, _PAUSED, now=now),
        open_legs=await _count(wire, _OPEN),
    )


async def _pairs(wire: Wire, asked: Select[Any]) -> list[tuple[str, int]]:
    rows: Any = await wire.rows(asked)
    return [(row[0], row[1]) for row in rows]


async def _count(wire: Wire, asked: Select[Any], **given: Any) -> int:
    row: Any = await wire.row(asked, given)
    return int(row[0])
