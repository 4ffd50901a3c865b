"""Two agencies deny it: the district names who answers, and that binds (row 20)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.errors import LeadNamed, NotAllowedNow, NotYourPart
from core.lifecycle import Outcome, Status
from core.returning import Ground
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
    TAN,
    WATER,
    WU,
    Stage,
    words,
)


@pytest.fixture
async def stage(units) -> Stage:
    """Everybody is where they belong, on a plain Monday; on every store."""
    return await Stage(units).set_up()


async def returned(stage: Stage, call, number: int, proposed: str, by):
    leg = await stage.leg(call, number)
    async with stage.desk() as desk:
        return await desk.return_leg(
            leg.id,
            ground=Ground.DUTY,
            proposed=proposed,
            pieces=words("不归我们"),
            by=by,
            now=stage.now,
        )


async def disputed(stage: Stage, **more):
    """The community and the lights both say that it is not theirs."""
    call = await stage.raised(**more)
    first = await returned(stage, call, 0, LIGHTS, LI)
    async with stage.desk() as desk:
        await desk.agree_return(first.id, by=LIANG, now=stage.now)
    await stage.owed()
    await returned(stage, call, 1, WATER, TAN)
    return call


async def named(stage: Stage, call, agency: str, by=DENG):
    leg = await stage.leg(call, 1)
    async with stage.desk() as desk:
        return await desk.name_lead(leg.id, agency=agency, by=by, now=stage.now)


async def test_the_first_return_is_no_dispute(stage):
    call = await stage.raised()
    leg = await returned(stage, call, 0, LIGHTS, LI)

    assert leg.review_due == MONDAY + timedelta(hours=6)
    assert not (await stage.call(call)).main.convened


async def test_the_second_return_is_the_districts_to_settle_within_a_day(stage):
    call = await disputed(stage)

    view = (await stage.call(call)).main
    assert view.convened
    assert view.leg.adjudicator == DISTRICT
    assert view.leg.review_due == MONDAY + timedelta(days=1)


async def test_an_urgent_dispute_is_settled_within_two_hours(stage):
    call = await disputed(stage, item="11")

    assert (await stage.leg(call, 1)).review_due == MONDAY + timedelta(hours=2)


async def test_the_caller_hears_that_the_district_decides(stage):
    await disputed(stage)

    assert sorted(set(await stage.told())) == [
        (CHATS[DISTRICT], "convene"),
        (CHATS[DISTRICT], "return"),
        (CHATS[LIGHTS], "convene"),
        (CHATS[COMMUNITY], "convene"),
        (LIN.account, "convene"),
    ]


async def test_whoever_is_named_gets_the_call_with_time_left(stage):
    call = await disputed(stage)

    leg = await named(stage, call, WATER)

    assert (leg.agency, leg.status, leg.binding) == (WATER, Status.DISPATCHED, True)
    assert (await stage.leg(call, 1)).outcome is Outcome.MISDISPATCH
    assert leg.finish_due > stage.now


async def test_whoever_is_named_cannot_return_it(stage):
    call = await disputed(stage)
    await named(stage, call, WATER)

    with pytest.raises(LeadNamed):
        await returned(stage, call, 2, LIGHTS, WU)


async def test_whoever_has_it_may_be_named_and_keeps_it(stage):
    call = await disputed(stage)
    await stage.owed()

    leg = await named(stage, call, LIGHTS)

    assert (leg.status, leg.binding, leg.review_due) == (Status.IN_PROGRESS, True, None)
    assert sorted(await stage.told()) == [
        (CHATS[LIGHTS], "keep_lead"),
        (CHATS[COMMUNITY], "keep_lead"),
        (LIN.account, "keep_lead"),
    ]


@pytest.mark.parametrize("who", [LI, LIANG, TAN, LIN])
async def test_only_the_district_names_the_lead(stage, who):
    call = await disputed(stage)

    with pytest.raises(NotYourPart):
        await named(stage, call, WATER, by=who)


async def test_the_district_may_also_just_agree_and_then_nothing_binds(stage):
    call = await disputed(stage)
    leg = await stage.leg(call, 1)
    async with stage.desk() as desk:
        new = await desk.agree_return(leg.id, by=DENG, now=stage.now)

    assert (new.agency, new.binding) == (WATER, False)


async def test_a_lead_is_named_while_a_return_is_reviewed(stage):
    call = await stage.raised()
    leg = await stage.leg(call)

    with pytest.raises(NotAllowedNow):
        async with stage.desk() as desk:
            await desk.name_lead(leg.id, agency=COMMUNITY, by=DENG, now=stage.now)


async def test_a_dispute_nobody_settled_stays_where_it_is_and_the_caller_hears_that(stage):
    call = await disputed(stage)
    await stage.owed()

    await stage.tick(MONDAY + timedelta(days=1))

    leg = await stage.leg(call, 1)
    assert (leg.status, leg.binding, leg.review_due) == (Status.IN_PROGRESS, False, None)
    heard = [chat for chat, action in await stage.told() if action == "leave_lead"]
    assert sorted(heard) == sorted([*map(CHATS.get, (LIGHTS, DISTRICT, COMMUNITY)), LIN.account])


async def test_of_a_return_nobody_decided_the_caller_hears_nothing(stage):
    call = await stage.raised()
    await returned(stage, call, 0, LIGHTS, LI)
    await stage.owed()

    await stage.tick(MONDAY + timedelta(hours=6))

    assert LIN.account not in [chat for chat, _ in await stage.told()]


async def test_whoever_is_named_though_they_returned_it_hears_it_by_their_card_alone(stage):
    call = await disputed(stage)
    await stage.told()

    await named(stage, call, COMMUNITY)

    assert (CHATS[COMMUNITY], "name_lead") not in await stage.told()
    assert (await stage.leg(call, 2)).agency == COMMUNITY
