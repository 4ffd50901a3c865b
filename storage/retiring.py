"""Takes away what was kept long enough, some rows at a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, select, text, tuple_, update

from core.keeping import Before
from storage.mapping import table
from storage.tables import CallRow
from storage.tables_office import ErasureRow
from storage.traffic import InboxRow, OutboxRow
from storage.wire import Wire

_inbox, _outbox = table(InboxRow), table(OutboxRow)
_calls, _list = table(CallRow), table(ErasureRow)
_BEFORE: Any = bindparam("before", type_=_inbox.c.received_at.type)
_OLD_UPDATES = (
    _inbox.c.received_at < _BEFORE,
    text("state <> 'new'"),
    _inbox.c.body != "{}",
)
_OLD_MESSAGES = (_outbox.c.settled_at < _BEFORE, text("CAST(payload AS TEXT) <> '{}'"))
_OLD_CALLS = (_calls.c.closed_at < _BEFORE, text("CAST(pieces AS TEXT) <> '[]'"))
_OLD_ERASURES = (_list.c.at < _BEFORE, text("CAST(waiting AS TEXT) = '[]'"))
_COUNT = {
    "updates": select(func.count()).select_from(_inbox).where(*_OLD_UPDATES),
    "messages": select(func.count()).select_from(_outbox).where(*_OLD_MESSAGES),
    "calls": select(func.count()).select_from(_calls).where(*_OLD_CALLS),
    "erasures": select(func.count()).select_from(_list).where(*_OLD_ERASURES),
}
_MOST: Any = bindparam("most")
_key = tuple_(_inbox.c.bot_id, _inbox.c.update_id)
_REMOVE = {
    "updates": update(_inbox)
    .where(_key.in_(select(_inbox.c.bot_id, _inbox.c.update_id).where(*_OLD_UPDATES).limit(_MOST)))
    .values(body="{}"),
    "messages": update(_outbox)
    .where(_outbox.c.id.in_(select(_outbox.c.id).where(*_OLD_MESSAGES).limit(_MOST)))
    .values(payload={}),
    "erasures": delete(_list).where(
        _list.c.id.in_(select(_list.c.id).where(*_OLD_ERASURES).limit(_MOST))
    ),
}
_FULL_CALLS = select(_calls.c.id).where(*_OLD_CALLS).order_by(_calls.c.id).limit(_MOST)


class SqlRetiring:
    """The promises of ``core.retiring.Retiring``."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def due(self, before: Before) -> Mapping[str, int]:
        """How many of each kind would go."""
        found = {}
        for kind, moment in before.items():
            row = await self._wire.row(_COUNT[kind], {"before": moment})
            found[kind] = int(row[0]) if row else 0
        return found

    async def remove(self, before: Before, most: int) -> Mapping[str, int]:
        """Take so many of each kind but calls away; how many went."""
        return {
            kind: await self._wire.run(statement, {"before": before[kind], "most": most})
            for kind, statement in _REMOVE.items()
            if kind in before
        }

    async def calls(self, before: datetime, most: int) -> tuple[int, ...]:
        """Closed calls that still hold words, the oldest first."""
        rows = await self._wire.rows(_FULL_CALLS, {"before": before, "most": most})
        return tuple(row.id for row in rows)
