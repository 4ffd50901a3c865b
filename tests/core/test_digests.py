"""Many reminders at once in one chat are one message; what is urgent stays by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.gathering import Gathering
from core.ladder import USUAL
from core.outgoing import Kind, OutboxRow, Outgoing, Policy
from tests.core.playing import CHATS, COMMUNITY, DISTRICT, MONDAY, Stage

MINUTE = timedelta(minutes=1)
GROUP = CHATS[COMMUNITY]


@pytest.fixture
async def stage(units) -> Stage:
    return await Stage(units).set_up()


async def raised(stage: Stage, count: int, **more: object) -> list[int]:
    """So many calls at the same moment; the ids of their legs."""
    calls = [await stage.raised(draft=f"d{n}", **more) for n in range(count)]
    await stage.owed()
    return [(await stage.leg(call)).id for call in calls]


async def reminders(stage: Stage, lane: int = GROUP) -> list[OutboxRow]:
    """What the group is told beside its cards."""
    kinds = (Kind.DIGEST, Kind.NOTICE)
    return [row for row in await stage.owed() if row.lane == lane and row.kind in kinds]


async def nudged(stage: Stage, legs: list[int]) -> list[int]:
    """How often each leg was reminded of, by its own count."""
    async with stage.units.begin() as work:
        return [(await work.legs.get(leg)).nudges for leg in legs]


async def test_more_than_five_at_once_are_one_message(stage):
    legs = await raised(stage, 7)
    await stage.tick(stage.now + 60 * MINUTE)

    assert [row.kind for row in await reminders(stage)] == [Kind.DIGEST]
    assert await nudged(stage, legs) == [1] * 7


async def test_five_at_once_stay_five(stage):
    await raised(stage, USUAL.digest)
    await stage.tick(stage.now + 60 * MINUTE)

    assert [row.kind for row in await reminders(stage)] == [Kind.NOTICE] * USUAL.digest


@pytest.mark.parametrize(("calls", "kinds"), [(7, [Kind.DIGEST]), (3, [Kind.NOTICE] * 3)])
async def test_what_comes_due_within_a_quarter_of_an_hour_rings_at_its_end(stage, calls, kinds):
    legs = []
    for n in range(calls):
        stage.now += MINUTE
        legs.append((await stage.leg(await stage.raised(draft=f"d{n}"))).id)
    await stage.owed()
    shown = []
    start = stage.now.replace(minute=0)
    for minute in range(60, 90):
        await stage.tick(start + minute * MINUTE)
        shown += [(minute, row.kind) for row in await reminders(stage)]

    assert shown == [(75, kind) for kind in kinds]
    assert await nudged(stage, legs) == [1] * calls


async def test_hundreds_at_once_are_still_one_message(stage):
    legs = await raised(stage.without("calls_per_day"), 230)
    await stage.tick(stage.now + 60 * MINUTE)

    assert [row.kind for row in await reminders(stage)] == [Kind.DIGEST]
    assert set(await nudged(stage, legs)) == {1}


async def test_the_district_gets_its_red_list_instead_of_many_alarms(stage):
    await raised(stage, 6)
    for minutes in (120, 270):
        await stage.tick(stage.now.replace(hour=2, minute=0) + minutes * MINUTE)

    assert [row.kind for row in await reminders(stage, CHATS[DISTRICT])] == [Kind.DIGEST]


async def test_what_is_urgent_is_in_no_digest(stage):
    await raised(stage, 7, danger=True)
    await stage.tick(stage.now + 5 * MINUTE)

    assert Kind.DIGEST not in {row.kind for row in await reminders(stage)}


def test_a_chat_whose_reminders_come_in_several_batches_is_not_flooded_either():
    gathering = Gathering(MONDAY, most=5)
    told = []
    for batch in range(3):
        gathering.add(COMMUNITY, [a_reminder(batch, n) for n in range(4)])
        told.append([row.kind for row in gathering.owed()])

    assert told == [[Kind.NOTICE] * 4, [Kind.DIGEST], []]


def a_reminder(batch: int, n: int) -> Outgoing:
    once = f"nudge:{batch}:{n}"
    return Outgoing(GROUP, Kind.NOTICE, policy=Policy.AT_MOST_ONCE, dedupe=once)
