"""Somebody comes to the place; of an emergency whistle nobody leaves before the street says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.arriving import says_arrived
from core.call import Medium, Piece
from core.clockwork import with_clocks
from core.errors import ArrivedBefore, NothingToRelease, NotReleased
from core.journal import Entry
from core.lifecycle import Action, Status
from core.limits import Clock
from core.nudging import running
from core.rating import Conclusion
from core.whistle import Whistle
from core.worktime import CHINA
from tests.builders import a_leg
from tests.core.playing import (
    CHATS,
    DENG,
    GAS,
    LIANG,
    LIGHTS,
    LIN,
    STREET,
    TAN,
    Stage,
    liwan,
    photo,
    words,
)
from tests.core.test_whistling import blows, with_the_street

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
async def stage(units) -> Stage:
    """Everybody is where they belong, on a plain Monday; on every store."""
    return await Stage(units).set_up()


async def whistled(stage: Stage, whistle: Whistle = Whistle.EMERGENCY):
    """The department that a street whistled for has taken it."""
    call = await with_the_street(stage)
    child = await blows(stage, call, whistle)
    async with stage.desk() as desk:
        leg = await desk.acknowledge(child.id, by=TAN, now=stage.now)
    await stage.owed()
    return call, leg


async def nudges(stage: Stage, call, number: int) -> list[Entry]:
    leg = await stage.leg(call, number)
    entries = (await stage.call(call)).entries
    return [e for e in entries if e.leg_id == leg.id and e.action is Action.NUDGE]


def test_each_class_has_the_clocks_that_the_sheet_gives_it():
    legs = {u: with_clocks(a_leg(), u, liwan(), now=at("2026-06-15 10:00")) for u in ("P0", "P2")}
    legs["P3"] = with_clocks(a_leg(), "P3", liwan(), now=at("2026-06-15 10:00"))

    assert legs["P0"].arrive_due == at("2026-06-15 10:30")
    assert legs["P0"].interim_due == at("2026-06-15 12:00")
    assert legs["P3"].arrive_due == at("2026-06-18 10:00")
    assert (legs["P2"].arrive_due, legs["P3"].interim_due) == (None, None)


@pytest.mark.parametrize(
    ("whistle", "due"),
    [
        (Whistle.EMERGENCY, "2026-06-15 10:30"),
        (Whistle.WORK, "2026-06-18 10:00"),
        (Whistle.TOUGH, "2026-06-23 10:00"),
    ],
)
async def test_who_is_whistled_for_comes_in_half_an_hour_or_reports_in_within_days(
    stage, whistle, due
):
    _, leg = await whistled(stage, whistle)

    assert leg.arrive_due == at(due)


async def test_coming_stops_the_clock_of_coming_and_the_caller_hears_of_it(stage):
    call = await stage.raised(GAS)
    leg = await stage.leg(call)
    await stage.owed()

    async with stage.desk() as desk:
        came = await desk.arrive(leg.id, photo("楼下已拉警戒线"), by=DENG, now=stage.now)

    assert (came.status, came.arrived_at) == (Status.IN_PROGRESS, stage.now)
    assert Clock.ARRIVE not in dict(running(came))
    assert Clock.CONTACT in dict(running(came))
    assert (LIN.account, "arrive") in await stage.told()


async def test_nobody_arrives_twice_or_where_nobody_is_to_come(stage):
    urgent, lamp = await stage.raised(GAS), await stage.raised(draft="draft-2")
    async with stage.desk() as desk:
        await desk.arrive((await stage.leg(urgent)).id, by=DENG, now=stage.now)

    for call in (urgent, lamp):
        with pytest.raises(ArrivedBefore):
            async with stage.desk() as desk:
                await desk.arrive((await stage.leg(call)).id, by=DENG, now=stage.now)


async def test_who_does_not_come_is_nudged_for_it(stage):
    call = await stage.raised(GAS)
    async with stage.desk() as desk:
        leg = await desk.acknowledge((await stage.leg(call)).id, by=DENG, now=stage.now)
        await desk.reply(leg.id, words("马上到，请离开厨房"), by=DENG, now=stage.now)

    for minute in range(1, 37):
        await stage.tick(leg.dispatched_at + minute * MINUTE)

    entries = await nudges(stage, call, 0)
    said = [(e.facts["clock"], e.facts["stage"], e.at - leg.dispatched_at) for e in entries]
    assert said == [
        ("arrive", "near", 24 * MINUTE),
        ("arrive", "yellow", 30 * MINUTE),
        ("arrive", "red", 36 * MINUTE),
    ]


async def test_the_first_word_is_the_contact_and_a_later_one_the_interim_word(stage):
    call = await stage.raised(GAS)
    async with stage.desk() as desk:
        leg = await desk.acknowledge((await stage.leg(call)).id, by=DENG, now=stage.now)
        first = await desk.reply(leg.id, words("我们马上到"), by=DENG, now=stage.now)
        received = await desk.reply(leg.id, words("收到"), by=DENG, now=stage.now + MINUTE)
        second = await desk.progress(leg.id, words("阀门关了"), by=DENG, now=stage.now + HOUR)

    assert (first.contacted_at, first.interim_at) == (stage.now, None)
    assert received.interim_at is None
    assert second.interim_at == stage.now + HOUR
    assert Clock.INTERIM not in dict(running(second))


async def test_of_an_emergency_whistle_nothing_is_closed_before_the_street_releases_it(stage):
    call, leg = await whistled(stage)
    done = {"conclusion": Conclusion.SOLVED, "pieces": photo("修好了"), "by": TAN}
    async with stage.desk() as desk:
        await desk.arrive(leg.id, by=TAN, now=stage.now)
    assert (CHATS[STREET], "arrive") in await stage.told()
    with pytest.raises(NotReleased) as refused:
        async with stage.desk() as desk:
            await desk.resolve(leg.id, now=stage.now, **done)
    assert refused.value.facts["agency"] == STREET

    async with stage.desk() as desk:
        await desk.release(leg.id, by=LIANG, now=stage.now, version=leg.version)
    told = await stage.told()
    async with stage.desk() as desk:
        await desk.resolve(leg.id, now=stage.now, **done)

    assert told == [(CHATS[LIGHTS], "release")]
    assert (await stage.leg(call, 2)).status is not Status.IN_PROGRESS


async def test_who_was_released_on_the_way_need_not_come(stage):
    _, leg = await whistled(stage)

    async with stage.desk() as desk:
        released = await desk.release(leg.id, by=LIANG, now=stage.now)

    assert Clock.ARRIVE not in dict(running(released))
    with pytest.raises(NothingToRelease):
        async with stage.desk() as desk:
            await desk.release(leg.id, by=LIANG, now=stage.now)


@pytest.mark.parametrize("whistle", [Whistle.WORK, Whistle.TOUGH])
async def test_only_an_emergency_is_released(stage, whistle):
    _, leg = await whistled(stage, whistle)

    with pytest.raises(NothingToRelease):
        async with stage.desk() as desk:
            await desk.release(leg.id, by=LIANG, now=stage.now)


async def test_a_pause_puts_off_the_date_of_coming_as_well(stage):
    _, leg = await whistled(stage, Whistle.WORK)
    async with stage.desk() as desk:
        await desk.inquire(leg.id, words("哪一盏灯？"), by=TAN, now=stage.now)
        back = await desk.answer(leg.id, words("最东边"), by=LIANG, now=stage.now + 24 * HOUR)

    calendar = stage.district.calendar
    assert calendar.used(leg.arrive_due, back.arrive_due) == calendar.day_length


async def test_who_came_before_the_class_changed_has_come(stage):
    call = await stage.raised(GAS)
    leg = await stage.leg(call)
    async with stage.desk() as desk:
        await desk.arrive(leg.id, by=DENG, now=stage.now)
        changed = await desk.reclass(leg.id, item="10", by=DENG, now=stage.now)

    assert changed.arrived_at == stage.now
    assert Clock.ARRIVE not in dict(running(changed))


@pytest.mark.parametrize(
    ("said", "there"),
    [
        *(("到场", True), ("已到场！", True), ("我们到现场了", True), ("已报到", True)),
        *(("明天到场", False), ("到场看过，正在修", False), ("", False)),
    ],
)
def test_a_word_that_says_only_that_somebody_is_there(said: str, there: bool):
    assert says_arrived(Piece(Medium.PHOTO, said, file="photo")) is there


def test_a_leg_without_the_clock_awaits_nobody():
    leg = replace(a_leg(), arrive_due=None)

    assert Clock.ARRIVE not in dict(running(leg))


def at(said: str) -> datetime:
    return datetime.fromisoformat(said).replace(tzinfo=CHINA)
