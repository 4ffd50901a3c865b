"""The parts that keep a long run small and quick: rings, bells, events by chat."""

from __future__ import annotations

import asyncio

import pytest

from sandbox.world.bell import Bell
from sandbox.world.clock import Clock
from sandbox.world.events import Events
from sandbox.world.pictures import picture_of
from sandbox.world.ring import Ring
from sandbox.world.updates import UpdateQueue


async def test_a_ring_wakes_everybody_who_waits() -> None:
    bell = Bell()

    async with asyncio.timeout(5), asyncio.TaskGroup() as both:
        for _ in range(2):
            both.create_task(bell.heard(60))
        asyncio.get_running_loop().call_soon(bell.ring)

    assert not bell._waiting


async def test_waiting_ends_by_itself() -> None:
    bell = Bell()

    async with asyncio.timeout(5):
        await bell.heard(0.01)

    assert not bell._waiting


def test_a_full_ring_forgets_its_oldest_rows() -> None:
    ring = Ring(3)
    for number in range(5):
        ring.append({"n": number})

    kept = [row["n"] for row in ring.after(0)]

    assert (kept, ring.last) == ([2, 3, 4], 5)


@pytest.mark.parametrize(("after", "limit", "found"), [(3, None, [4, 5]), (2, 1, [3]), (9, 5, [])])
def test_rows_are_read_after_a_number(after: int, limit: int | None, found: list[int]) -> None:
    ring = Ring(3)
    for _ in range(5):
        ring.append({})

    rows = ring.after(after, limit)

    assert [row["seq"] for row in rows] == found


def test_the_events_of_one_chat_leave_the_others_out() -> None:
    events = Events(Clock())
    for chat in (1, 2, None, 1):
        events.tell("message", chat)

    assert [each["seq"] for each in events.after(0, 1)] == [1, 4]
    assert [each["seq"] for each in events.after(1, 1)] == [4]
    assert [each["seq"] for each in events.after(2)] == [3, 4]


def test_an_overfull_queue_takes_no_more() -> None:
    queue = UpdateQueue(Clock())
    for number in range(100_001):
        queue.put("message", {"n": number}, lane="chat:1", dated=queue._clock.now())

    assert queue.pending() == 100_000


def test_pictures_differ_and_are_drawn_once() -> None:
    first, second = picture_of(1, 90, 68), picture_of(2, 90, 68)

    assert first != second
    assert picture_of(1, 90, 68) is first
