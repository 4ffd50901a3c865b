"""Co-handlers: asked in by the lead, on their own clocks, before the lead can end (row 24)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.errors import AlreadyHelping, ChildrenOpen, NothingSaid, NotYourPart, OnlyTheLead
from core.lifecycle import Action, Outcome, Status
from core.rating import Conclusion, Verdict
from core.returning import Ground
from tests.core.playing import (
    CHATS,
    COMMUNITY,
    DENG,
    LI,
    LIANG,
    LIGHTS,
    LIN,
    STREET,
    TAN,
    WATER,
    WU,
    Stage,
    photo,
    words,
)


@pytest.fixture
async def stage(units) -> Stage:
    """Everybody is where they belong, on a plain Monday; on every store."""
    return await Stage(units).set_up()


async def helped(stage: Stage, agency: str = LIGHTS, **more):
    """Li signs, and asks somebody in."""
    call = await stage.raised()
    async with stage.desk() as desk:
        await desk.acknowledge((await stage.leg(call)).id, by=LI, now=stage.now)
    await stage.owed()
    await asked(stage, call, agency, **more)
    return call


async def asked(stage: Stage, call, agency: str, by=LI, number: int = 0, said: str = "请查线路"):
    leg = await stage.leg(call, number)
    async with stage.desk() as desk:
        return await desk.add_co(
            leg.id, agency=agency, pieces=words(said), by=by, now=stage.now, version=leg.version
        )


async def test_a_co_handler_gets_a_leg_with_clocks_of_its_own(stage):
    call = await helped(stage)

    lead, helping = await stage.leg(call), await stage.leg(call, 1)
    assert (helping.agency, helping.status, helping.co) == (LIGHTS, Status.DISPATCHED, True)
    assert (helping.parent_id, helping.caller_agency) == (lead.id, COMMUNITY)
    assert helping.finish_due is not None


async def test_the_lead_keeps_its_date_and_the_caller_hears_who_helps(stage):
    call = await stage.raised()
    async with stage.desk() as desk:
        leg = await desk.acknowledge((await stage.leg(call)).id, by=LI, now=stage.now)
    await stage.owed()
    await asked(stage, call, LIGHTS)

    assert (await stage.leg(call)).finish_due == leg.finish_due
    assert await stage.told() == [(LIN.account, "add_co")]


async def test_the_lead_ends_after_those_who_help(stage):
    call = await helped(stage)
    lead = await stage.leg(call)

    with pytest.raises(ChildrenOpen):
        async with stage.desk() as desk:
            await desk.resolve(
                lead.id, conclusion=Conclusion.SOLVED, pieces=photo("好"), by=LI, now=stage.now
            )


async def test_the_lead_rates_who_helped_and_its_date_does_not_move(stage):
    call = await helped(stage)
    lead, helping = await stage.leg(call), await stage.leg(call, 1)
    stage.now += timedelta(hours=1)
    async with stage.desk() as desk:
        await desk.acknowledge(helping.id, by=TAN, now=stage.now)
        await desk.resolve(
            helping.id, conclusion=Conclusion.SOLVED, pieces=words("好"), by=TAN, now=stage.now
        )
        await desk.rate(helping.id, verdict=Verdict.SOLVED, stars=5, by=LI, now=stage.now)

    view = await stage.call(call)
    assert view.legs[1].leg.outcome is Outcome.SOLVED
    assert view.main.leg.finish_due == lead.finish_due
    assert view.entries[-1].facts["co"] is True
    assert (CHATS[COMMUNITY], "child_closed") in await stage.told()


@pytest.mark.parametrize("agency", [LIGHTS, COMMUNITY])
async def test_whoever_works_on_it_already_is_not_asked_in(stage, agency):
    call = await helped(stage)

    with pytest.raises(AlreadyHelping):
        await asked(stage, call, agency)


async def test_two_may_help(stage):
    call = await helped(stage)

    await asked(stage, call, WATER)

    assert [v.leg.co for v in (await stage.call(call)).legs] == [False, True, True]


async def test_a_co_handler_asks_nobody_in(stage):
    call = await helped(stage)
    async with stage.desk() as desk:
        await desk.acknowledge((await stage.leg(call, 1)).id, by=TAN, now=stage.now)

    with pytest.raises(OnlyTheLead):
        await asked(stage, call, WATER, by=TAN, number=1)


async def test_it_is_said_what_a_co_handler_is_to_do(stage):
    with pytest.raises(NothingSaid):
        await helped(stage, said=" ")


@pytest.mark.parametrize("who", [LIN, WU])
async def test_only_the_lead_and_those_above_ask_somebody_in(stage, who):
    with pytest.raises(NotYourPart):
        await helped(stage, by=who)


async def test_who_takes_over_from_a_co_handler_is_one_as_well(stage):
    call = await helped(stage)
    helping = await stage.leg(call, 1)
    async with stage.desk() as desk:
        await desk.return_leg(
            helping.id, ground=Ground.DUTY, proposed=WATER, pieces=(), by=TAN, now=stage.now
        )
        await desk.agree_return(helping.id, by=DENG, now=stage.now)

    taken = await stage.leg(call, 2)
    assert (taken.agency, taken.co, taken.caller_agency) == (WATER, True, COMMUNITY)


async def test_a_co_handler_does_not_keep_the_lead_from_calling_up(stage):
    call = await helped(stage)
    lead = await stage.leg(call)

    async with stage.desk() as desk:
        child = await desk.call_up(
            lead.id, target=STREET, pieces=words("请街道"), by=LI, now=stage.now
        )

    assert not child.co


@pytest.mark.parametrize(
    ("above", "action"), [(LIANG, Action.ADD_CO_ABOVE), (DENG, Action.ADD_CO_BY_HAND)]
)
async def test_the_street_and_the_district_ask_a_co_handler_in_for_the_lead(stage, above, action):
    call = await stage.raised()
    async with stage.desk() as desk:
        await desk.acknowledge((await stage.leg(call)).id, by=LI, now=stage.now)
    await stage.owed()

    await asked(stage, call, LIGHTS, by=above)

    helping = await stage.leg(call, 1)
    entries = [entry.action for entry in (await stage.call(call)).entries]
    assert (helping.agency, helping.co, helping.caller_agency) == (LIGHTS, True, COMMUNITY)
    assert action in entries
    assert (CHATS[COMMUNITY], action) in await stage.told()
