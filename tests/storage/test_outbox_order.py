"""Whatever happens in whatever order, no lane is overtaken and nothing is forgotten (I9)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.outgoing import Rank, Settled, State
from tests.builders import NOON, SECOND, a_message

LANES = st.integers(1, 4)
SECONDS = st.none() | st.integers(0, 9)
ENDS = (State.SENT, State.DEAD, State.SUPERSEDED, State.UNKNOWN)
AGAIN = (State.READY, State.UNKNOWN)
ACTS = st.one_of(
    st.tuples(st.just("put"), LANES, st.integers(0, 2), SECONDS),
    st.tuples(st.just("claim"), st.integers(1, 5), st.frozensets(LANES, max_size=2)),
    st.tuples(st.just("settle"), st.integers(0, 3), st.sampled_from(ENDS)),
    st.tuples(st.just("retry"), st.integers(0, 3), st.sampled_from(AGAIN), SECONDS),
    st.tuples(st.just("pause"), st.integers(0, 3), st.integers(1, 9)),
    st.tuples(st.just("wait"), st.integers(1, 5)),
)


class Undone(Exception):
    """Leaves the store as empty as it was."""


@dataclass
class Lane:
    """What the model knows of a chat: numbers waiting, the head's time, and whether it is out."""

    waiting: list[tuple[int, int, datetime]] = field(default_factory=list)
    out: bool = False
    paused_until: datetime = NOON

    def wakes(self, now: datetime) -> datetime | None:
        """When the head may go; None where there is none to give."""
        if self.out or not self.waiting:
            return None
        return max(self.waiting[0][2], self.paused_until, now)


@dataclass
class Play:
    """Acts on the store and on the model at once."""

    outbox: Any
    now: datetime = NOON
    put_so_far: int = 0
    lanes: dict[int, Lane] = field(default_factory=lambda: {n: Lane() for n in range(1, 5)})
    out: list[Any] = field(default_factory=list)

    async def put(self, lane: int, rank: int, seconds: int | None) -> None:
        self.put_so_far += 1
        later = None if seconds is None else self.now + seconds * SECOND
        message = a_message(str(self.put_so_far), lane=lane, rank=Rank(rank), not_before=later)
        await self.outbox.put(message, now=self.now)
        self.lanes[lane].waiting.append((rank, self.put_so_far, later or self.now))

    async def claim(self, limit: int, busy: frozenset[int]) -> None:
        rows = await self.outbox.claim(now=self.now, limit=limit, busy=busy)
        assert [int(row.payload["params"]["text"]) for row in rows] == self._turn(limit, busy)
        for row in rows:
            self.lanes[row.lane].out = True
        self.out += rows

    async def settle(self, which: int, end: State) -> None:
        if self.out:
            row = self.out.pop(which % len(self.out))
            await self._settled(row, Settled(row.id, end))
            self.lanes[row.lane].waiting.pop(0)

    async def retry(self, which: int, state: State, seconds: int | None) -> None:
        if self.out:
            row = self.out.pop(which % len(self.out))
            later = self.now + (seconds or 0) * SECOND
            await self._settled(row, Settled(row.id, state, not_before=later))
            lane = self.lanes[row.lane]
            lane.waiting[0] = (*lane.waiting[0][:2], later)

    async def pause(self, which: int, seconds: int) -> None:
        if self.out:
            row = self.out.pop(which % len(self.out))
            until = self.now + seconds * SECOND
            await self._settled(row, Settled(row.id, State.READY, lane_pause=until))
            lane = self.lanes[row.lane]
            lane.paused_until = until
            lane.waiting[0] = (*lane.waiting[0][:2], self.now)

    async def wait(self, seconds: int) -> None:
        wakes = [at for lane in self.lanes.values() if (at := lane.wakes(self.now))]
        assert await self.outbox.next_wake(self.now) == min(wakes, default=None)
        self.now += seconds * SECOND

    async def drain(self) -> None:
        """Send the rest: every lane comes to its end."""
        self.now += 60 * SECOND
        while self.out or any(lane.waiting for lane in self.lanes.values()):
            await self.claim(9, frozenset())
            while self.out:
                await self.settle(0, State.SENT)

    async def _settled(self, row: Any, settled: Settled) -> None:
        await self.outbox.settle(settled, now=self.now)
        self.lanes[row.lane].out = False

    def _turn(self, limit: int, busy: frozenset[int]) -> list[int]:
        heads = [
            lane.waiting[0]
            for number, lane in self.lanes.items()
            if number not in busy and (lane.wakes(self.now) or self.now + SECOND) <= self.now
        ]
        return [number for _, number, _ in sorted(heads)[:limit]]


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=st.lists(ACTS, max_size=25))
async def test_no_lane_is_overtaken_and_nothing_is_forgotten(units, acts):
    try:
        async with units.begin() as work:
            play = Play(work.outbox)
            for name, *details in acts:
                await getattr(play, name)(*details)
            await play.drain()
            raise Undone
    except Undone:
        assert not any(lane.waiting for lane in play.lanes.values())
