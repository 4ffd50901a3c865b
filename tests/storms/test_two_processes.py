"""Two processes on one PostgreSQL: whatever ends or stops them, nothing is lost or done twice."""

from __future__ import annotations

import asyncio
import signal
from time import monotonic

import pytest

from tests.storms.pair import Pair, minutes, paired, resident_of

PEOPLE = 6
TAKEN_OVER = 15 + 5
IN_HAND = 8
pytestmark = pytest.mark.postgresql


async def leader_after(pair: Pair, gone) -> float:
    """Wait until somebody else leads; the seconds it took."""
    began = monotonic()
    while (leads := pair.leader()) is None or leads is gone:
        assert monotonic() - began < TAKEN_OVER + 2, pair.services[0].log + pair.services[1].log
        await asyncio.sleep(0.1)
    return monotonic() - began


async def kill(pair: Pair) -> None:
    """kill -9 of the leader: the other one takes over."""
    leader = pair.leader()
    assert leader is not None
    await leader.kill()
    await leader_after(pair, leader)
    await leader.restart()


async def roll(pair: Pair) -> None:
    """Each is stopped and started again, one after the other."""
    for service in pair.services:
        began = monotonic()
        assert await service.stop() == 0
        assert monotonic() - began < 15
        await service.restart()


async def freeze(pair: Pair) -> None:
    """SIGSTOP for longer than its leases, then SIGCONT."""
    leader = pair.leader()
    assert leader is not None
    leader.process.send_signal(signal.SIGSTOP)
    try:
        await leader_after(pair, leader)
        await asyncio.sleep(16)
    finally:
        leader.process.send_signal(signal.SIGCONT)


async def cut(pair: Pair) -> None:
    """Every connection to the database is ended, some times over."""
    for _ in range(3):
        pair.end_connections()
        await asyncio.sleep(0.7)


async def weathers(pair: Pair, trouble, *, first: int) -> None:
    """Six people raise a call each while it happens; all of them arrive, once."""
    async with asyncio.timeout(200), asyncio.TaskGroup() as tasks:
        for number in range(first, first + PEOPLE):
            tasks.create_task(pair.raises(resident_of(pair, number), "楼下的路灯坏了"))
        await asyncio.sleep(0.8)
        await trouble(pair)
    await pair.comes_to_rest()
    assert pair.inversions() == []


async def test_nothing_is_lost_doubled_or_overtaken(postgresql_database):
    ends, done = monotonic() + minutes() * 60, 0
    troubles = (kill, cut, roll, freeze) if minutes() else (kill, roll)
    async with paired(postgresql_database, residents=2_000) as pair:
        while done < len(troubles) or monotonic() < ends:
            await weathers(pair, troubles[done % len(troubles)], first=done * PEOPLE)
            done += 1

        calls = pair.calls()
        assert set(calls.values()) == {1}
        assert len(calls) == pair.raised == done * PEOPLE
        assert await pair.copies() <= IN_HAND * done
