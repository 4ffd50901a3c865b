"""After an outage many legs are due at once: many short ticks, one after the other (D4)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.in_force import InForce
from core.ladder import USUAL
from core.minute import Minute
from core.outgoing import Kind
from core.watch import BATCH
from tests.core.playing import CHATS, COMMUNITY, Stage

LATER = timedelta(minutes=61)
MANY = BATCH + USUAL.digest


@pytest.fixture
async def stage(units) -> Stage:
    stage = await Stage(units).without("calls_per_day").set_up()
    for n in range(MANY):
        await stage.raised(draft=f"d{n}")
    await stage.owed()
    stage.now += LATER
    return stage


async def test_a_tick_looks_at_so_many_and_says_that_more_is_due(stage):
    minute = Minute(stage.units, InForce(stage.district))

    more = [await minute.tick(stage.now) for _ in range(3)]

    assert more == [True, False, False]
    async with stage.units.read() as work:
        assert not await work.legs.due(stage.now, 1)


async def test_what_ticks_that_follow_on_one_another_remind_of_is_counted_together(stage):
    minute = Minute(stage.units, InForce(stage.district))
    told = []
    while await minute.tick(stage.now):
        told += await stage.owed()
    told += await stage.owed()

    rung = [row.kind for row in told if row.lane == CHATS[COMMUNITY] and row.kind is not Kind.CARD]
    assert rung == [Kind.DIGEST]
