"""A superior owns the follow-up, and it is recalled every working morning (row 38)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.errors import NothingSaid, NotYourPart, PressedBefore
from core.leg import Leg
from core.lifecycle import Action, Outcome, Status
from core.nudging import Stage as Rung
from core.nudging import rungs
from core.people import Actor
from core.pressing import PressReason, press_due, reason_to_press
from core.rating import Conclusion, Verdict
from core.returning import Ground
from tests.builders import NOON, a_call, a_leg
from tests.core.playing import (
    CHATS,
    COMMUNITY,
    DENG,
    DISTRICT,
    LI,
    LIANG,
    LIGHTS,
    LIN,
    MONDAY,
    STREET,
    SU,
    TAN,
    Stage,
    liwan,
    photo,
    words,
)

CALENDAR = liwan().calendar
WORKING = a_leg(status=Status.IN_PROGRESS)


@pytest.fixture
async def stage(units) -> Stage:
    """Everybody is where they belong, on a plain Monday; on every store."""
    return await Stage(units).set_up()


async def taken(stage: Stage) -> Leg:
    """A lamp the community took and has talked about."""
    leg = await stage.leg(await stage.raised())
    async with stage.desk() as desk:
        return await desk.reply(leg.id, words("明天来修"), by=LI, now=stage.now)


@pytest.mark.parametrize(
    ("leg", "supporters", "transfers", "reason"),
    [
        (replace(WORKING, rework=2), 0, 0, None),
        (replace(WORKING, rework=3), 0, 0, PressReason.REWORK),
        (WORKING, 0, 2, None),
        (WORKING, 0, 3, PressReason.TRANSFERS),
        (WORKING, 19, 0, None),
        (WORKING, 20, 0, PressReason.SUPPORTERS),
        (replace(WORKING, rework=3, pressed_at=NOON), 0, 0, None),
        (replace(WORKING, rework=3, status=Status.RESOLVED), 0, 0, None),
    ],
)
def test_what_happened_too_often_is_pressed(leg, supporters, transfers, reason):
    call = a_call(supporters=supporters)

    assert reason_to_press(leg, call, transfers=transfers, many=20) is reason


def test_without_a_figure_in_the_sheet_numbers_press_nothing():
    assert reason_to_press(WORKING, a_call(supporters=999), transfers=0, many=None) is None


def test_the_sheet_says_how_many_supporters_are_too_many():
    assert liwan().limits.counts["press_supporters"] == 20


async def test_three_working_days_after_red_it_is_pressed_and_everybody_told(stage):
    leg = await taken(stage)
    call = (await stage.call(await _call(stage, leg))).call
    due = press_due(leg, call.urgency, stage.district)
    await stage.tick(due - timedelta(minutes=1))
    assert (await stage.leg(call)).pressed_at is None
    await stage.owed()

    await stage.tick(due)

    assert (await stage.leg(call)).pressed_at == due
    red = next(rung.at for rung in rungs(leg, "P2", CALENDAR) if rung.stage is Rung.RED)
    assert CALENDAR.used(red, due) == 3 * CALENDAR.day_length
    assert sorted(await stage.told()) == [
        (CHATS[DISTRICT], "press"),
        (CHATS[COMMUNITY], "press"),
        (LIN.account, "press"),
    ]


async def test_what_is_pressed_is_recalled_every_working_morning_until_closed(stage):
    leg = await pressed(stage)
    call = await _call(stage, leg)
    mornings = []
    for _ in range(6):
        due = (await stage.leg(call)).next_due
        mornings.append(due.astimezone(stage.district.calendar.zone))
        await stage.tick(due)
    last = (await stage.call(call)).entries[-1]
    async with stage.desk() as desk:
        done = await desk.resolve(
            leg.id, conclusion=Conclusion.SOLVED, pieces=words("好了"), by=LI, now=stage.now
        )
        closed = await desk.rate(done.id, verdict=Verdict.SOLVED, stars=4, by=LIN, now=stage.now)

    nine = [at.date() for at in mornings if (at.hour, at.minute) == (9, 0)]
    assert len(set(nine)) == len(nine) >= 4
    assert all(stage.district.calendar.works_on(day) for day in nine)
    assert last.action is Action.NUDGE
    assert closed.next_due is None


async def test_the_third_transfer_presses_the_next_agency(stage):
    call = await stage.raised()
    passed_on = LIGHTS, COMMUNITY, LIGHTS
    decides = LIANG, DENG, DENG
    asks = LI, TAN, LI
    for to, decider, who in zip(passed_on, decides, asks, strict=True):
        leg = (await stage.call(call)).main.leg
        async with stage.desk() as desk:
            await desk.return_leg(
                leg.id, ground=Ground.DUTY, proposed=to, pieces=(), by=who, now=stage.now
            )
            new = await desk.agree_return(leg.id, by=decider, now=stage.now)

    legs = (await stage.call(call)).legs
    assert [one.leg.outcome for one in legs[:3]] == [Outcome.MISDISPATCH] * 3
    assert [bool(one.leg.pressed_at) for one in legs] == [False, False, False, True]
    assert new.pressed_at == stage.now


async def test_as_many_supporters_as_the_sheet_says_press_it(stage):
    call = await stage.raised()
    for number in range(20):
        assert (await stage.leg(call)).pressed_at is None
        neighbour = Actor(5000 + number, f"邻居{number}")
        async with stage.desk() as desk:
            await desk.support(call.id, by=neighbour, now=stage.now)

    assert (await stage.leg(call)).pressed_at == stage.now
    assert (await stage.call(call)).entries[-1].facts["pressed"] == "supporters"


async def test_a_supervisors_word_presses_at_once(stage):
    leg = await pressed(stage)

    assert leg.pressed_at == stage.now
    entry = (await stage.call(await _call(stage, leg))).entries[-1]
    assert (entry.agency, entry.facts["pressed"]) == (DISTRICT, "by_hand")
    told = await stage.told()
    assert (CHATS[COMMUNITY], "press_by_hand") in told
    assert (LIN.account, "press_by_hand") in told


@pytest.mark.parametrize("who", [LI, LIANG, LIN, SU])
async def test_nobody_but_the_district_presses(stage, who):
    leg = await taken(stage)

    with pytest.raises(NotYourPart):
        async with stage.desk() as desk:
            await desk.press_by_hand(leg.id, words("盯紧"), by=who, now=stage.now)


async def test_a_word_is_needed_and_once_is_enough(stage):
    leg = await taken(stage)
    with pytest.raises(NothingSaid):
        async with stage.desk() as desk:
            await desk.press_by_hand(leg.id, photo(), by=DENG, now=stage.now)
    async with stage.desk() as desk:
        await desk.press_by_hand(leg.id, words("盯紧"), by=DENG, now=stage.now)

    with pytest.raises(PressedBefore):
        async with stage.desk() as desk:
            await desk.press_by_hand(leg.id, words("再盯"), by=DENG, now=stage.now)


async def test_the_district_gets_the_card_of_what_is_pressed(stage):
    await stage.owed()
    leg = await taken(stage)
    await stage.owed()
    async with stage.desk() as desk:
        await desk.press_by_hand(leg.id, words("盯紧"), by=DENG, now=stage.now)

    cards = [row.lane for row in await stage.owed() if row.kind == "card"]
    assert CHATS[DISTRICT] in cards


async def pressed(stage: Stage) -> Leg:
    """A leg the district has an eye on."""
    leg = await taken(stage)
    await stage.owed()
    async with stage.desk() as desk:
        return await desk.press_by_hand(leg.id, words("请盯紧"), by=DENG, now=stage.now)


async def _call(stage: Stage, leg: Leg):
    async with stage.units.begin() as work:
        return await work.calls.get(leg.call_id)


async def test_a_late_chain_is_one_matter_of_the_district(stage):
    leg = await taken(stage)
    async with stage.desk() as desk:
        await desk.call_up(leg.id, target=STREET, pieces=words("先围了"), by=LI, now=stage.now)
    heard: list[tuple[int, str]] = []
    for day in range(1, 40):
        await stage.tick(MONDAY + timedelta(days=day))
        heard += await stage.told()

    above = [action for chat, action in heard if chat == CHATS[DISTRICT]]
    async with stage.units.read() as work:
        legs = await work.legs.of_call(leg.call_id)
    assert [leg.pressed_at is not None for leg in legs] == [True, True]
    assert above.count("press") == 1
