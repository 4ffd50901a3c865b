"""A leg is given to others: whoever was called in stays; no time to return it comes back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.errors import ChildrenOpen, TooLate
from core.lifecycle import Action, Outcome, Status
from core.rating import Conclusion, Verdict
from core.returning import Ground
from tests.core.acts import plan_from
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

OLD, BELOW, NEW = 0, 1, 2


@pytest.fixture
async def stage(units) -> Stage:
    """Everybody is where they belong, on a plain Monday; on every store."""
    return await Stage(units).set_up()


async def called_up(stage: Stage):
    """The community works on it and has called the street."""
    call = await stage.raised()
    leg = await stage.leg(call)
    async with stage.desk() as desk:
        await desk.acknowledge(leg.id, by=LI, now=stage.now)
        await desk.call_up(leg.id, target=STREET, pieces=words("请街道"), by=LI, now=stage.now)
    return call


async def given_to(stage: Stage, call, agency: str):
    """The community says it is not theirs, and the street agrees."""
    leg = await stage.leg(call)
    async with stage.desk() as desk:
        await desk.return_leg(
            leg.id, ground=Ground.DUTY, proposed=agency, pieces=(), by=LI, now=stage.now
        )
    await stage.owed()
    async with stage.desk() as desk:
        await desk.agree_return(leg.id, by=LIANG, now=stage.now)
    return await stage.call(call)


async def test_who_was_called_in_works_on_under_whoever_answers_now(stage):
    call = await called_up(stage)

    view = await given_to(stage, call, LIGHTS)

    old, below, new = (one.leg for one in view.legs)
    assert (old.status, new.agency) == (Status.CLOSED, LIGHTS)
    assert (below.parent_id, below.caller_agency) == (new.id, LIGHTS)
    assert below.status is Status.DISPATCHED
    assert new.finish_due > below.finish_due


async def test_the_new_lead_ends_last_as_any_other(stage):
    call = await called_up(stage)
    new = (await given_to(stage, call, LIGHTS)).legs[NEW].leg

    async with stage.desk() as desk:
        await desk.acknowledge(new.id, by=TAN, now=stage.now)
        with pytest.raises(ChildrenOpen):
            await desk.resolve(
                new.id,
                conclusion=Conclusion.SOLVED,
                pieces=photo("换好了"),
                by=TAN,
                now=stage.now,
            )


async def test_who_leads_now_needs_no_leg_of_its_own_below(stage):
    call = await called_up(stage)

    view = await given_to(stage, call, STREET)

    below, new = view.legs[BELOW].leg, view.legs[NEW].leg
    assert (below.status, below.outcome) == (Status.CLOSED, Outcome.MISDISPATCH)
    assert (new.agency, new.status) == (STREET, Status.DISPATCHED)
    assert (CHATS[STREET], "follow") in await stage.told()


async def test_an_answer_that_waits_for_its_rating_is_shown_to_whoever_rates_it_now(stage):
    call = await called_up(stage)
    below = await stage.leg(call, BELOW)
    async with stage.desk() as desk:
        await desk.acknowledge(below.id, by=LIANG, now=stage.now)
        await desk.resolve(
            below.id, conclusion=Conclusion.SOLVED, pieces=words("修了"), by=LIANG, now=stage.now
        )

    await given_to(stage, call, LIGHTS)

    assert (CHATS[LIGHTS], "resolve") in await stage.told()
    async with stage.desk() as desk:
        rated = await desk.rate(below.id, verdict=Verdict.SOLVED, stars=5, by=TAN, now=stage.now)
    assert rated.status is Status.CLOSED


async def test_in_danger_the_neighbours_stay_called_whoever_answers(stage):
    call = await stage.raised(item="11", danger=True)
    legs = [one.leg for one in (await stage.call(call)).legs]
    lead, near = legs[0], legs[1:]
    async with stage.desk() as desk:
        await desk.return_leg(
            lead.id, ground=Ground.DUTY, proposed=WATER, pieces=(), by=LI, now=stage.now
        )
        await desk.agree_return(lead.id, by=LIANG, now=stage.now)

    view = await stage.call(call)
    new = next(one.leg for one in view.legs if one.leg.agency == WATER)
    below = [one.leg for one in view.legs if one.leg.id in {leg.id for leg in near}]
    assert near
    assert all(leg.open and leg.parent_id == new.id for leg in below)


async def test_whoever_the_district_names_takes_them_over_as_well(stage):
    call = await called_up(stage)
    first = (await given_to(stage, call, LIGHTS)).legs[NEW].leg
    async with stage.desk() as desk:
        await desk.return_leg(
            first.id, ground=Ground.DUTY, proposed=COMMUNITY, pieces=(), by=TAN, now=stage.now
        )
        named = await desk.name_lead(first.id, agency=WATER, by=DENG, now=stage.now)

    below = await stage.leg(call, BELOW)
    assert (below.parent_id, below.caller_agency) == (named.id, WATER)
    assert WU.acts_for(below.caller_agency)


@pytest.mark.parametrize("way", ["reworked", "taken up"])
async def test_who_had_it_in_hand_before_cannot_return_it_any_more(stage, way):
    call = await stage.raised()
    leg = await stage.leg(call)
    async with stage.desk() as desk:
        await desk.acknowledge(leg.id, by=LI, now=stage.now)
    stage.now += timedelta(days=2)
    async with stage.desk() as desk:
        if way == "reworked":
            await desk.resolve(
                leg.id, conclusion=Conclusion.SOLVED, pieces=photo("好了"), by=LI, now=stage.now
            )
            await desk.rework(leg.id, by=LIN, now=stage.now)
        else:
            await desk.propose_hold(
                leg.id, plan_from(stage.now), pieces=words("等资金"), by=LI, now=stage.now
            )
            await desk.approve(leg.id, by=LIANG, now=stage.now)
            await desk.approve(leg.id, by=DENG, now=stage.now)
            await desk.take_up(leg.id, by=LI, now=stage.now)

        with pytest.raises(TooLate):
            await desk.return_leg(
                leg.id, ground=Ground.DUTY, proposed=LIGHTS, pieces=(), by=LI, now=stage.now
            )


async def test_nobody_goes_on_hold_over_the_heads_of_those_they_asked_in_meanwhile(stage):
    call = await stage.raised()
    leg = await stage.leg(call)
    async with stage.desk() as desk:
        await desk.acknowledge(leg.id, by=LI, now=stage.now)
        await desk.propose_hold(
            leg.id, plan_from(stage.now), pieces=words("等资金"), by=LI, now=stage.now
        )
        await desk.approve(leg.id, by=LIANG, now=stage.now)
        await desk.add_co(leg.id, agency=LIGHTS, pieces=words("请来看"), by=LI, now=stage.now)

        with pytest.raises(ChildrenOpen) as refused:
            await desk.approve(leg.id, by=DENG, now=stage.now)
        assert refused.value.facts == {"agencies": (LIGHTS,), "action": Action.HOLD}
