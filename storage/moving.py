"""A group became a supergroup: everything that names the old chat moves in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import BindParameter, bindparam, delete, select, update

from core.failpoints import failpoint
from storage import locks
from storage.mapping import table
from storage.tables import FootingRow, GroupRow
from storage.traffic import LaneRow, OutboxRow, PostingRow
from storage.wire import Wire

_groups, _lanes, _footings = table(GroupRow), table(LaneRow), table(FootingRow)
_outbox, _postings = table(OutboxRow), table(PostingRow)
_OLD: BindParameter[int] = bindparam("old")
_NEW: BindParameter[int] = bindparam("new")
_bound_there = select(_groups.c.chat).where(_groups.c.chat == _NEW).exists()
_waits_there = select(_lanes.c.lane).where(_lanes.c.lane == _NEW).exists()
_BIND = (
    update(_groups).where(_groups.c.chat == _OLD, ~_bound_there.correlate(None)).values(chat=_NEW)
)
_UNBIND = delete(_groups).where(_groups.c.chat == _OLD)
_MOVE_PAUSE = (
    update(_lanes).where(_lanes.c.lane == _OLD, ~_waits_there.correlate(None)).values(lane=_NEW)
)
_DROP_PAUSE = delete(_lanes).where(_lanes.c.lane == _OLD)
_stands_there = select(_footings.c.chat).where(_footings.c.chat == _NEW).exists()
_MOVE_FOOTING = (
    update(_footings)
    .where(_footings.c.chat == _OLD, ~_stands_there.correlate(None))
    .values(chat=_NEW)
)
_LOSE = (
    update(_postings)
    .where(_postings.c.chat == _OLD, _postings.c.lost.is_(False))
    .values(lost=True)
)
_OWED = select(_outbox.c.id, _outbox.c.payload).where(
    _outbox.c.lane == _OLD, _outbox.c.settled_at.is_(None)
)
_MOVE_ROW = (
    update(_outbox)
    .where(_outbox.c.id == bindparam("which"))
    .values(lane=bindparam("to"), payload=bindparam("said"))
)


async def move_group(wire: Wire, old: int, new: int) -> bool:
    """Binding, footing, pause, unsent rows, lost postings; False when nothing was left."""
    chats = {"old": old, "new": new}
    await locks.take(wire, locks.OUTBOX, [old, new])
    bound = [
        await wire.run(_BIND, chats),
        await wire.run(_UNBIND, {"old": old}),
    ]
    failpoint("P13")
    moved = [
        await wire.run(_MOVE_PAUSE, chats),
        await wire.run(_DROP_PAUSE, {"old": old}),
        await wire.run(_MOVE_FOOTING, chats),
        await wire.run(_LOSE, {"old": old}),
        await _move_owed(wire, old, new),
    ]
    return any(bound + moved)


async def _move_owed(wire: Wire, old: int, new: int) -> int:
    """The head of the two lanes together is the head of one of them: nothing to name anew."""
    rows = await wire.rows(_OWED, {"old": old})
    if rows:
        moved = [
            {"which": row.id, "to": new, "said": _readdressed(row.payload, old, new)}
            for row in rows
        ]
        await wire.run(_MOVE_ROW, moved)
    return len(rows)


def _readdressed(payload: Mapping[str, Any], old: int, new: int) -> Mapping[str, Any]:
    params = payload.get("params", {})
    if params.get("chat_id") != old:
        return payload
    return {**payload, "params": {**params, "chat_id": new}}
