"""The inbox: updates kept before they are confirmed, each once, handled one lane at a time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Integer,
    Text,
    bindparam,
    func,
    literal,
    literal_column,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from core.incoming import Fate, InboxRow, RawUpdate
from storage import locks
from storage.mapping import record_of, table, values_of
from storage.traffic import InboxRow as Stored
from storage.wire import Wire

BACK_OFF = tuple(timedelta(seconds=seconds) for seconds in (1, 5, 30, 120))

_inbox = table(Stored)
_earlier, _next = _inbox.alias("earlier"), _inbox.alias("next")
_known = ("bot_id", "update_id", "lane", "kind", "body", "received_at")
_given = {name: bindparam(name, type_=_inbox.c[name].type) for name in _known}
_is_behind = (
    select(literal(1))
    .where(
        _earlier.c.lane == _given["lane"],
        _earlier.c.update_id < _given["update_id"],
        text("earlier.state = 'new'"),
    )
    .exists()
)
_new_row = {
    **_given,
    "state": literal_column("'new'", Text),
    "head": ~_is_behind,
    "attempts": literal_column("0", Integer),
    "error": literal_column("''", Text),
}
_INSERT = (
    insert(_inbox).values(_new_row).on_conflict_do_nothing(index_elements=["bot_id", "update_id"])
)
_overtakes = (
    select(literal(1))
    .where(
        _earlier.c.lane == _inbox.c.lane,
        _earlier.c.update_id < _inbox.c.update_id,
        text("earlier.state = 'new'"),
    )
    .exists()
)
_READY = (
    select(*(_inbox.c[name] for name in (*_known, "attempts")))
    .where(
        text("inbox.head"),  # spelled as the partial index has it
        text("inbox.state = 'new'"),
        or_(_inbox.c.not_before.is_(None), _inbox.c.not_before <= bindparam("now")),
        _inbox.c.lane.not_in(bindparam("busy", expanding=True)),
        ~_overtakes,
    )
    .order_by(_inbox.c.update_id)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)
_READY_AND_FREE = locks.free(locks.INBOX, _READY).order_by("update_id")
_SETTLE = (
    update(_inbox)
    .where(_inbox.c.bot_id == bindparam("bot"), _inbox.c.update_id == bindparam("which"))
    .values({name: bindparam(name) for name in ("state", "attempts", "not_before", "error")})
)
_first = select(func.min(_next.c.update_id)).where(
    _next.c.lane == bindparam("at"), text("next.state = 'new'")
)
_NEXT_HEAD = (
    update(_inbox)
    .where(
        _inbox.c.lane == bindparam("at"),
        text("state = 'new'"),
        _inbox.c.update_id == _first.scalar_subquery(),
    )
    .values(head=True)
)


class SqlInbox:
    """The promises of ``core.ports.Inbox``.

    Where several processes write, ``ready`` and the ``done`` or ``failed`` of what it gave belong
    into one transaction: the lane is kept until its commit.
    """

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._taken: frozenset[int] = frozenset()

    async def insert(self, updates: Sequence[RawUpdate], *, now: datetime) -> int:
        """Keep those not known yet by (bot, update id); how many were new (I2)."""
        if not updates:
            return 0
        await locks.share(self._wire, locks.INBOX, [one.lane for one in updates])
        return await self._wire.run(_INSERT, [values_of(one, received_at=now) for one in updates])

    async def ready(
        self, *, now: datetime, limit: int, busy: Collection[int]
    ) -> Sequence[InboxRow]:
        """Heads of lanes whose turn it is, oldest first, each lane at most once (I4)."""
        asked = {"now": now, "limit": limit, "busy": list(busy)}
        found = await self._wire.rows(_READY_AND_FREE if self._wire.shared else _READY, asked)
        self._taken |= {row.lane for row in found}
        return [InboxRow(**record_of(row)) for row in found]

    async def done(self, *rows: InboxRow, ignored: bool = False) -> None:
        """Handled, or not ours to handle; a batch is said together."""
        if not rows:
            return
        await self._keep([row.lane for row in rows])
        fate = Fate.IGNORED if ignored else Fate.DONE
        await self._wire.run(_SETTLE, [_end(row, fate, row.attempts) for row in rows])
        await self._wire.run(_NEXT_HEAD, [{"at": row.lane} for row in rows])

    async def bury(self, row: InboxRow, *, error: str) -> None:
        """Dead at once: trying again would not help."""
        await self._settle(row, Fate.DEAD, tries=row.attempts + 1, error=error)

    async def failed(self, row: InboxRow, *, error: str, now: datetime) -> bool:
        """Try again after 1, 5, 30, 120 s; dead at the fifth, and then True (I3)."""
        tries = row.attempts + 1
        if tries > len(BACK_OFF):
            await self._settle(row, Fate.DEAD, tries=tries, error=error)
            return True
        not_before = now + BACK_OFF[row.attempts]
        await self._settle(row, Fate.NEW, tries=tries, error=error, not_before=not_before)
        return False

    async def _settle(
        self,
        row: InboxRow,
        fate: Fate,
        *,
        tries: int,
        error: str,
        not_before: datetime | None = None,
    ) -> None:
        await self._keep([row.lane])
        await self._wire.run(_SETTLE, _end(row, fate, tries, error, not_before))
        if fate is not Fate.NEW:
            await self._wire.run(_NEXT_HEAD, {"at": row.lane})

    async def _keep(self, lanes: Sequence[int]) -> None:
        """The lanes until the commit, those that ``ready`` did not take."""
        others = [lane for lane in lanes if lane not in self._taken]
        if others:
            await locks.take(self._wire, locks.INBOX, others)


def _end(
    row: InboxRow,
    fate: Fate,
    tries: int,
    error: str = "",
    not_before: datetime | None = None,
) -> dict[str, Any]:
    return {
        "bot": row.bot_id,
        "which": row.update_id,
        "state": fate.value,
        "attempts": tries,
        "not_before": not_before,
        "error": error,
    }
