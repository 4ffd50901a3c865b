"""The inbox: each update once, one lane at a time, and a bad one holds up nobody else."""

from __future__ import annotations

import random

import pytest

from tests.builders import LIN, SECOND, an_update
from tests.builders import NOON as NOW


@pytest.fixture
async def work(units):
    async with units.begin() as opened:
        yield opened


async def _ready(work, now=NOW, limit=99, busy=()):
    return await work.inbox.ready(now=now, limit=limit, busy=busy)


async def _ids(work, **asked):
    return [row.update_id for row in await _ready(work, **asked)]


async def test_an_update_comes_back_as_it_came(work):
    body = '{"text": "灯 \\u0000 😀"}'
    await work.inbox.insert([an_update(7, body=body, bot_id=2**40)], now=NOW)

    (row,) = await _ready(work)

    assert (row.bot_id, row.update_id, row.lane, row.kind, row.body) == (
        2**40,
        7,
        LIN,
        "message",
        body,
    )
    assert (row.attempts, row.received_at) == (0, NOW)


async def test_an_update_is_kept_once_however_often_it_comes(work):
    first = await work.inbox.insert([an_update(1), an_update(2), an_update(1)], now=NOW)
    again = await work.inbox.insert([an_update(2), an_update(3)], now=NOW)

    assert (first, again) == (2, 1)


async def test_an_update_that_was_handled_does_not_come_back(work):
    await work.inbox.insert([an_update(1)], now=NOW)
    await work.inbox.done((await _ready(work))[0])
    await work.inbox.insert([an_update(1)], now=NOW)

    assert await _ready(work) == []


async def test_a_lane_is_handled_in_order_of_ids_whatever_order_they_came_in(work):
    ids = list(range(100, 130))
    random.Random(3).shuffle(ids)
    for some in (ids[:11], ids[11:12], ids[12:]):
        await work.inbox.insert([an_update(one) for one in some], now=NOW)

    handled = []
    while rows := await _ready(work):
        handled += [row.update_id for row in rows]
        await work.inbox.done(rows[0])

    assert handled == sorted(ids)


async def test_each_lane_gives_its_head_the_oldest_first(work):
    updates = [an_update(n, lane=n % 3) for n in range(1, 10)]
    await work.inbox.insert(updates, now=NOW)

    assert await _ids(work) == [1, 2, 3]
    assert await _ids(work, limit=2) == [1, 2]
    assert await _ids(work, busy={1}) == [2, 3]


async def test_an_update_that_is_not_ours_gives_way_to_the_next(work):
    await work.inbox.insert([an_update(1), an_update(2)], now=NOW)
    await work.inbox.done((await _ready(work))[0], ignored=True)

    assert await _ids(work) == [2]


async def test_a_failing_update_is_tried_again_ever_later_and_then_the_lane_goes_on(work):
    await work.inbox.insert([an_update(1), an_update(2), an_update(3, lane=7)], now=NOW)
    now, waits = NOW, []
    for seconds in (1, 5, 30, 120):
        row = (await _ready(work, now=now))[0]
        assert await work.inbox.failed(row, error="why", now=now) is False
        assert await _ids(work, now=now) == [3]
        waits.append(row.attempts)
        now += seconds * SECOND

    last = (await _ready(work, now=now))[0]
    dead = await work.inbox.failed(last, error="why", now=now)

    assert waits == [0, 1, 2, 3]
    assert (last.update_id, last.attempts, dead) == (1, 4, True)
    assert await _ids(work, now=now) == [2, 3]


async def test_a_failing_update_holds_its_own_lane(work):
    await work.inbox.insert([an_update(1), an_update(2)], now=NOW)
    await work.inbox.failed((await _ready(work))[0], error="why", now=NOW)

    assert await _ids(work, now=NOW + SECOND / 2) == []
    assert await _ids(work, now=NOW + SECOND) == [1]


async def test_two_bots_may_number_alike(work):
    updates = [an_update(1, bot_id=1, lane=1), an_update(1, bot_id=2, lane=2)]

    assert await work.inbox.insert(updates, now=NOW) == 2
    assert await work.inbox.insert([], now=NOW) == 0
