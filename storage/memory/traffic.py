"""The outbox and the inbox in memory."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.incoming import Fate, InboxRow, RawUpdate
from core.outgoing import OutboxRow, Outgoing, Policy, Settled, State
from core.records import replace
from storage.memory.tables import Arrived, Owed, Tables

BACK_OFF = (1, 5, 30, 120)


@dataclass
class MemoryOutbox:
    tables: Tables

    async def put(self, *rows: Outgoing, now: datetime) -> None:
        for row in rows:
            if not self._vanishes(row):
                owed = Owed(self.tables.new_id("outbox"), row, now, not_before=row.not_before)
                self.tables.outbox[owed.id] = owed

    async def waiting(self, *, now: datetime, busy: Collection[int], most: int) -> int:
        return min(len(self._may_go(now, busy)), most)

    async def claim(
        self,
        *,
        now: datetime,
        limit: int,
        busy: Collection[int],
        owner: str = "",
        waited: datetime | None = None,
    ) -> Sequence[OutboxRow]:
        def turn(owed: Owed) -> tuple[bool, int, int]:
            return owed is not oldest, owed.row.rank, owed.id

        ready = self._may_go(now, busy)
        if not ready:
            return []
        oldest = min((owed for owed in ready if owed.row.rank), key=_age, default=None)
        if oldest and (waited is None or oldest.created_at > waited):
            oldest = None
        return [self._claimed(owed, owner) for owed in sorted(ready, key=turn)[:limit]]

    def _may_go(self, now: datetime, busy: Collection[int]) -> list[Owed]:
        return [
            owed
            for owed in self._heads()
            if owed.row.lane not in busy and self._wakes(owed, now) <= now
        ]

    async def settle(self, *settled: Settled, now: datetime) -> None:
        for one in settled:
            owed = self.tables.outbox[one.id]
            if one.lane_pause:
                self.tables.pauses[owed.row.lane] = one.lane_pause
            if not owed.settled and owed.owner == one.owner:
                self.tables.outbox[one.id] = replace(
                    owed,
                    state=one.state,
                    message=one.message,
                    error=one.error,
                    not_before=one.not_before,
                    doubted=owed.doubted or one.state is State.UNKNOWN,
                )

    async def recover(self, *, now: datetime) -> int:
        sending = [
            owed
            for owed in self.tables.outbox.values()
            if owed.state is State.SENDING and not self._lives(owed.owner)
        ]
        for owed in sending:
            lost = owed.row.policy is Policy.AT_MOST_ONCE
            state = State.UNKNOWN if lost else State.READY
            self.tables.outbox[owed.id] = replace(owed, state=state, not_before=None)
        return len(sending)

    async def next_wake(self, now: datetime) -> datetime | None:
        return min((self._wakes(owed, now) for owed in self._heads()), default=None)

    def _lives(self, owner: str) -> bool:
        lease = self.tables.leases.get(owner)
        return lease is not None and lease.alive

    def _vanishes(self, row: Outgoing) -> bool:
        outbox = self.tables.outbox
        return row.dedupe in outbox.by("dedupe") or row.coalesce in outbox.by("waits")

    def _heads(self) -> Iterator[Owed]:
        outbox = self.tables.outbox
        for owed in [outbox[key] for key in outbox.by("lane").first()]:
            if owed.state is not State.SENDING:
                yield owed

    def _wakes(self, owed: Owed, now: datetime) -> datetime:
        return max(owed.not_before or now, self.tables.pauses.get(owed.row.lane, now), now)

    def _claimed(self, owed: Owed, owner: str) -> OutboxRow:
        sending = replace(owed, state=State.SENDING, attempts=owed.attempts + 1, owner=owner)
        self.tables.outbox[owed.id] = sending
        return OutboxRow(
            owed.id,
            owed.row.lane,
            owed.row.kind,
            owed.row.policy,
            owed.row.payload,
            sending.state,
            sending.attempts,
            owed.created_at,
            owner,
            owed.doubted,
        )


def _age(owed: Owed) -> int:
    return owed.id


@dataclass
class MemoryInbox:
    tables: Tables

    async def insert(self, updates: Sequence[RawUpdate], *, now: datetime) -> int:
        before = len(self.tables.inbox)
        for update in updates:
            self.tables.inbox.setdefault((update.bot_id, update.update_id), Arrived(update, now))
        return len(self.tables.inbox) - before

    async def ready(
        self, *, now: datetime, limit: int, busy: Collection[int]
    ) -> Sequence[InboxRow]:
        heads: dict[int, Arrived] = {}
        for arrived in sorted(self.tables.inbox.values(), key=lambda one: one.update.update_id):
            if arrived.fate is Fate.NEW:
                heads.setdefault(arrived.update.lane, arrived)
        ready = [
            arrived
            for lane, arrived in heads.items()
            if lane not in busy and (arrived.not_before or now) <= now
        ]
        return [_row(arrived) for arrived in ready[:limit]]

    async def done(self, *rows: InboxRow, ignored: bool = False) -> None:
        for row in rows:
            self._settle(row, Fate.IGNORED if ignored else Fate.DONE)

    async def bury(self, row: InboxRow, *, error: str) -> None:
        self._settle(row, Fate.DEAD, row.attempts + 1, error)

    async def failed(self, row: InboxRow, *, error: str, now: datetime) -> bool:
        tries = row.attempts + 1
        if tries > len(BACK_OFF):
            self._settle(row, Fate.DEAD, tries, error)
            return True
        not_before = now + timedelta(seconds=BACK_OFF[row.attempts])
        self._settle(row, Fate.NEW, tries, error, not_before)
        return False

    def _settle(
        self,
        row: InboxRow,
        fate: Fate,
        tries: int | None = None,
        error: str = "",
        not_before: datetime | None = None,
    ) -> None:
        key = row.bot_id, row.update_id
        attempts = row.attempts if tries is None else tries
        self.tables.inbox[key] = replace(
            self.tables.inbox[key],
            fate=fate,
            attempts=attempts,
            error=error,
            not_before=not_before,
        )


def _row(arrived: Arrived) -> InboxRow:
    update = arrived.update
    return InboxRow(
        update.bot_id,
        update.update_id,
        update.lane,
        update.kind,
        update.body,
        arrived.attempts,
        arrived.received_at,
    )
