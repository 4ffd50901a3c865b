"""A return nobody signed before: whoever returns it has it in hand, whatever is decided."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.errors import AlreadyDone, AlreadyReturned, NotReleased, TooLate
from core.lifecycle import Action, Status
from core.people import Actor
from core.returning import Ground
from core.whistle import Whistle
from tests.core.playing import LI, LIANG, LIGHTS, TAN, Stage, words
from tests.core.test_whistling import blows, with_the_street
from tests.fakes import MemoryUnits


@pytest.fixture
async def stage() -> Stage:
    """Everybody is where they belong, on a plain Monday."""
    return await Stage(MemoryUnits()).set_up()


async def returned(stage: Stage):
    """The community returns a fresh card without signing it."""
    call = await stage.raised()
    leg = await stage.leg(call)
    async with stage.desk() as desk:
        await desk.return_leg(
            leg.id,
            ground=Ground.DUTY,
            proposed=LIGHTS,
            pieces=words("路灯归照明所"),
            by=LI,
            now=stage.now,
        )
    return call


async def could(stage: Stage, leg, action: Action, by: Actor) -> None:
    async with stage.desk() as desk:
        await desk.could(leg.id, action, by=by, now=stage.now)


async def test_nobody_is_asked_to_sign_what_stays_with_whoever_returned_it(stage):
    call = await returned(stage)

    await stage.tick(stage.now + timedelta(hours=7))

    leg = await stage.leg(call)
    assert (leg.status, leg.signed_by) == (Status.IN_PROGRESS, "李敏")
    signing = [
        entry
        for entry in (await stage.call(call)).entries
        if entry.action is Action.NUDGE and entry.facts["clock"] == "sign"
    ]
    assert not signing


async def test_a_new_agency_signs_for_itself(stage):
    call = await returned(stage)
    async with stage.desk() as desk:
        new = await desk.agree_return((await stage.leg(call)).id, by=LIANG, now=stage.now)

    assert (new.status, new.signed_at) == (Status.DISPATCHED, None)


async def test_who_decides_too_late_hears_that_time_decided(stage):
    call = await returned(stage)
    await stage.tick(stage.now + timedelta(hours=7))

    with pytest.raises(AlreadyDone) as refusal:
        async with stage.desk() as desk:
            await desk.agree_return((await stage.leg(call)).id, by=LIANG, now=stage.now)
    assert refusal.value.facts["action"] is Action.DEEM_DECLINED


async def test_no_form_opens_for_a_second_return(stage):
    call = await returned(stage)
    await stage.tick(stage.now + timedelta(hours=7))

    with pytest.raises(AlreadyReturned):
        await could(stage, await stage.leg(call), Action.RETURN, LI)


async def test_no_form_opens_for_a_return_that_comes_too_late(stage):
    call = await stage.raised()
    async with stage.desk() as desk:
        leg = await desk.acknowledge((await stage.leg(call)).id, by=LI, now=stage.now)
    stage.now += timedelta(days=2)

    with pytest.raises(TooLate):
        await could(stage, leg, Action.RETURN, LI)


async def test_no_form_opens_for_an_answer_before_the_street_lets_them_go(stage):
    call = await with_the_street(stage)
    child = await blows(stage, call, Whistle.EMERGENCY)
    async with stage.desk() as desk:
        await desk.acknowledge(child.id, by=TAN, now=stage.now)

    with pytest.raises(NotReleased):
        await could(stage, child, Action.RESOLVE, TAN)
