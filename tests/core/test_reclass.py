"""Another item for a matter in hand: new dates, and no time won or lost by it (R4, row 39)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.catalogue import Urgency
from core.errors import NothingChanges, NotYourPart, OnlyAboveLowers
from core.lifecycle import Status
from core.reclass import Pause, with_class
from tests.builders import a_leg
from tests.core.playing import (
    CHATS,
    COMMUNITY,
    LAMP,
    LI,
    LIANG,
    LIN,
    MONDAY,
    STRANGER,
    STREET,
    Stage,
    liwan,
    words,
)

HOUR = timedelta(hours=1)
FLOOD, NOISE = "11", "13"  # P1 and P3, beside the P2 of a lamp


@pytest.fixture
async def stage(units) -> Stage:
    """Everybody is where they belong, on a plain Monday; on every store."""
    return await Stage(units).set_up()


async def reclassed(stage: Stage, call, item: str, by=LI, number: int = 0, **more):
    leg = await stage.leg(call, number)
    async with stage.desk() as desk:
        return await desk.reclass(leg.id, item=item, by=by, now=stage.now, **more)


async def test_another_item_brings_its_own_dates_counted_from_the_dispatch(stage):
    call = await stage.raised()
    stage.now += HOUR

    leg = await reclassed(stage, call, FLOOD)

    view = await stage.call(call)
    assert (view.call.item, view.call.urgency) == (FLOOD, Urgency.P1)
    assert leg.finish_due == MONDAY + timedelta(hours=24)
    assert leg.status is Status.DISPATCHED


async def test_the_caller_hears_of_it_and_the_journal_says_what_it_was(stage):
    call = await stage.raised()
    await stage.owed()

    await reclassed(stage, call, FLOOD)

    assert await stage.told() == [(LIN.account, "reclass")]
    facts = (await stage.call(call)).entries[-1].facts
    assert facts == {"item": FLOOD, "from": LAMP, "urgency": "P1"}


async def test_nobody_is_promised_the_past(stage):
    call = await stage.raised()
    stage.now += timedelta(days=3)

    assert (await reclassed(stage, call, FLOOD)).finish_due == stage.now


async def test_the_same_item_again_is_no_change(stage):
    with pytest.raises(NothingChanges):
        await reclassed(stage, await stage.raised(), LAMP)


async def test_a_community_cannot_make_its_own_matter_less_urgent(stage):
    with pytest.raises(OnlyAboveLowers) as refusal:
        await reclassed(stage, await stage.raised(), NOISE)
    assert refusal.value.facts["agency"] == STREET


async def test_its_street_can(stage):
    call = await stage.raised()
    await stage.owed()

    leg = await reclassed(stage, call, NOISE, by=LIANG)

    assert (await stage.call(call)).call.urgency is Urgency.P3
    assert leg.finish_due > MONDAY + timedelta(days=10)
    assert sorted(await stage.told()) == [
        (CHATS[COMMUNITY], "reclass_above"),
        (LIN.account, "reclass_above"),
    ]


@pytest.mark.parametrize("who", [LIN, STRANGER])
async def test_nobody_else_can(stage, who):
    with pytest.raises(NotYourPart):
        await reclassed(stage, await stage.raised(), FLOOD, by=who)


async def test_danger_stays_urgent_for_those_who_answer(stage):
    call = await stage.raised(danger=True)

    await reclassed(stage, call, FLOOD)

    assert (await stage.call(call)).call.urgency is Urgency.P0


async def test_every_open_leg_of_the_call_gets_new_dates_and_those_above_still_wait(stage):
    call = await stage.raised()
    async with stage.desk() as desk:
        leg = await desk.acknowledge((await stage.leg(call)).id, by=LI, now=stage.now)
        await desk.call_up(leg.id, target=STREET, pieces=words("请街道"), by=LI, now=stage.now)

    await reclassed(stage, call, FLOOD)

    above, below = await stage.leg(call), await stage.leg(call, 1)
    assert below.finish_due == MONDAY + timedelta(hours=24)
    assert above.finish_due > below.finish_due


def test_a_rework_keeps_half_of_the_time():
    leg = a_leg(dispatched_at=MONDAY, rework=1, finish_due=MONDAY)

    changed = with_class(leg, Urgency.P1, liwan(), paused=(), now=MONDAY)

    assert changed.finish_due == MONDAY + timedelta(hours=12)


@pytest.mark.conformance
@pytest.mark.parametrize(
    ("urgency", "span"), [(Urgency.P1, timedelta(hours=24)), (Urgency.P3, timedelta(days=15))]
)
def test_5_a_change_of_class_after_a_pause_keeps_the_used_time(urgency, span):
    leg = a_leg(dispatched_at=MONDAY, finish_due=MONDAY + timedelta(days=9))
    pause = Pause(MONDAY + 2 * HOUR, MONDAY + timedelta(days=1, hours=2))

    plain = with_class(leg, urgency, liwan(), paused=(), now=MONDAY)
    paused = with_class(leg, urgency, liwan(), paused=(pause,), now=MONDAY)

    assert plain.finish_due == MONDAY + span
    assert paused.finish_due == plain.finish_due + timedelta(days=1)


async def test_what_was_asked_of_the_caller_is_not_counted_against_the_agency(stage):
    call = await stage.raised()
    async with stage.desk() as desk:
        leg = await desk.acknowledge((await stage.leg(call)).id, by=LI, now=stage.now)
        await desk.inquire(leg.id, words("几号楼？"), by=LI, now=stage.now)
    stage.now += timedelta(days=1)
    async with stage.desk() as desk:
        await desk.answer(leg.id, words("三号楼"), by=LIN, now=stage.now)

    leg = await reclassed(stage, call, FLOOD)

    assert leg.finish_due == MONDAY + timedelta(days=2)
