"""The outbox: messages owed, in one order a chat, and nothing overtakes an unsettled row (I9)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Row, bindparam

from core.outgoing import Kind, OutboxRow, Outgoing, Policy, Settled, State
from storage import locks
from storage import outbox_statements as statements
from storage.mapping import table, values_of
from storage.traffic import OutboxRow as Stored
from storage.wire import Wire

_outbox = table(Stored)
_THESE = _outbox.c.id.in_(bindparam("ids", expanding=True))
_TAKE_LANES_OF = locks.alone(locks.OUTBOX, _outbox.c.lane, _THESE)
_UNSETTLED = frozenset({State.READY, State.SENDING})


class SqlOutbox:
    """The promises of ``core.ports.Outbox``."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def put(self, *rows: Outgoing, now: datetime) -> None:
        """Owe these. A known ``dedupe`` or a waiting ``coalesce`` makes a row vanish silently."""
        if rows:
            await locks.take(self._wire, locks.OUTBOX, [row.lane for row in rows])
            for waits, some in groupby(rows, key=_waits):
                said = statements.PUT_UNLESS_WAITING if waits else statements.PUT
                await self._wire.run(said, [_values(row, now) for row in some])

    async def waiting(self, *, now: datetime, busy: Collection[int], most: int) -> int:
        """How many lanes could be claimed, counted up to ``most``."""
        row = await self._wire.row(
            statements.WAITING, {"now": now, "busy": list(busy), "most": most}
        )
        return row[0] if row else 0

    async def claim(
        self,
        *,
        now: datetime,
        limit: int,
        busy: Collection[int],
        owner: str = "",
        waited: datetime | None = None,
    ) -> Sequence[OutboxRow]:
        """Heads of lanes that may go; ``attempts`` counts this claim as well."""
        asked = {"now": now, "limit": limit, "busy": list(busy)}
        rows = await self._wire.rows(statements.HEADS, asked)
        if rows and waited:
            oldest = await self._wire.rows(statements.OLDEST, {**asked, "waited": waited})
            others = [row for row in rows if row.id not in {old.id for old in oldest}]
            rows = [*oldest, *others][:limit]
        if rows:
            taken = {"ids": [row.id for row in rows], "whose": owner}
            await self._wire.run(statements.CLAIM, taken)
        return [_claimed(row, owner) for row in rows]

    async def settle(self, *settled: Settled, now: datetime) -> None:
        """Write down what became of claimed rows; one settled, or claimed since, stays."""
        if not settled:
            return
        await self._take_lanes_of([one.id for one in settled])
        await self._wire.run(statements.SETTLE, [_outcome(one, now) for one in settled])
        pauses = [one for one in settled if one.lane_pause]
        if pauses:
            values = [{"which": one.id, "until": one.lane_pause} for one in pauses]
            await self._wire.run(statements.PAUSE, values)
        await self._name_heads([one.id for one in settled if _final(one)])

    async def recover(self, *, now: datetime) -> int:
        """Rows whose owner is gone: ``at_most_once`` ends unknown, the rest goes again."""
        again = await self._wire.run(statements.GO_AGAIN)
        lost = [row.id for row in await self._wire.rows(statements.GIVE_UP, {"now": now})]
        await self._take_lanes_of(lost)
        await self._name_heads(lost)
        return again + len(lost)

    async def next_wake(self, now: datetime) -> datetime | None:
        """When the earliest waiting row may go, ``now`` at the earliest."""
        row = await self._wire.row(statements.NEXT_WAKE, {"now": now})
        return row[0] if row else None

    async def _take_lanes_of(self, ids: Collection[int]) -> None:
        if ids and self._wire.shared:
            await self._wire.rows(_TAKE_LANES_OF, {"ids": list(ids)})

    async def _name_heads(self, ids: Collection[int]) -> None:
        if ids:
            await self._wire.run(statements.NEXT_HEAD, [{"which": one} for one in ids])


def _waits(row: Outgoing) -> bool:
    return row.coalesce is not None


def _final(settled: Settled) -> bool:
    retried = settled.state is State.UNKNOWN and settled.not_before is not None
    return settled.state not in _UNSETTLED and not retried


def _outcome(settled: Settled, now: datetime) -> dict[str, Any]:
    return {
        "which": settled.id,
        "state": settled.state.value,
        "message": settled.message,
        "error": settled.error,
        "not_before": settled.not_before,
        "settled_at": now if _final(settled) else None,
        "whose": settled.owner,
        "doubt": settled.state is State.UNKNOWN,
    }


def _values(row: Outgoing, now: datetime) -> dict[str, Any]:
    return values_of(
        row,
        kind=row.kind.value,
        policy=row.policy.value,
        rank=int(row.rank),
        payload=dict(row.payload),
        now=now,
    )


def _claimed(row: Row[Any], owner: str) -> OutboxRow:
    return OutboxRow(
        id=row.id,
        lane=row.lane,
        kind=Kind(row.kind),
        policy=Policy(row.policy),
        payload=row.payload,
        state=State.SENDING,
        attempts=row.attempts + 1,
        created_at=row.created_at,
        owner=owner,
        doubted=row.doubted,
    )
