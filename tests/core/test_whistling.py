"""A street whistles for a department: three kinds, each by who may (row 25)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.errors import AlreadyProposed, HigherPost, NothingSaid
from core.lifecycle import Action, Status
from core.limits import Clock
from core.people import Actor, Officer, Post
from core.returning import Ground
from core.whistle import Whistle
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
    TAN,
    WATER,
    Stage,
    liwan,
    words,
)

HEAD = Actor(2101, "周书记", frozenset({STREET}), posts=frozenset({(STREET, Post.HEAD)}))
DEPUTY = Actor(2102, "何副主任", frozenset({STREET}))


@pytest.fixture
async def stage(units) -> Stage:
    """Everybody is where they belong, on a plain Monday; on every store."""
    return await Stage(units).set_up()


async def headed(stage: Stage) -> None:
    """The street has a head and a deputy."""
    async with stage.units.begin() as work:
        for who, post in ((HEAD, Post.HEAD), (DEPUTY, Post.DEPUTY)):
            await work.people.save_officer(Officer(who.account, STREET, who.name, post))


async def with_the_street(stage: Stage):
    """The community called the street, which took it."""
    call = await stage.raised()
    async with stage.desk() as desk:
        leg = await desk.acknowledge((await stage.leg(call)).id, by=LI, now=stage.now)
        child = await desk.call_up(
            leg.id, target=STREET, pieces=words("请街道"), by=LI, now=stage.now
        )
        await desk.acknowledge(child.id, by=LIANG, now=stage.now)
    await stage.owed()
    return call


async def blows(stage: Stage, call, whistle: Whistle, by=LIANG, said: str = "够不着"):
    leg = await stage.leg(call, 1)
    async with stage.desk() as desk:
        return await desk.call_up(
            leg.id,
            target=LIGHTS,
            pieces=words(said),
            whistle=whistle,
            by=by,
            now=stage.now,
            version=leg.version,
        )


async def approved(stage: Stage, call, by):
    leg = await stage.leg(call, 1)
    async with stage.desk() as desk:
        return await desk.approve(leg.id, by=by, now=stage.now)


async def test_a_community_calls_its_street_without_a_whistle(stage):
    await headed(stage)

    call = await with_the_street(stage)

    leg = await stage.leg(call, 1)
    assert (leg.agency, leg.whistle) == (STREET, None)


async def test_a_liaisons_whistle_waits_for_the_head_of_the_own_street(stage):
    await headed(stage)
    call = await with_the_street(stage)

    leg = await blows(stage, call, Whistle.WORK)

    assert (leg.agency, leg.proposal.posts) == (STREET, (Post.HEAD,))
    assert len((await stage.call(call)).legs) == 2
    assert await stage.told() == [(CHATS[STREET], "propose_call_up")]


async def test_with_the_heads_word_the_department_gets_what_the_liaison_wrote(stage):
    await headed(stage)
    call = await with_the_street(stage)
    await blows(stage, call, Whistle.TOUGH)

    street = await approved(stage, call, HEAD)

    entries = (await stage.call(call)).entries
    called = [entry for entry in entries if entry.action is Action.CALL_UP][-1]
    child = await stage.leg(call, 2)
    assert (child.agency, child.status) == (LIGHTS, Status.DISPATCHED)
    assert (child.whistle, child.caller_agency) == (Whistle.TOUGH, STREET)
    assert street.proposal is None
    assert (called.pieces, called.facts["proposer"]) == (words("够不着"), "梁静")


@pytest.mark.parametrize("who", [DEPUTY, LIANG])
async def test_nobody_below_gives_the_heads_word(stage, who):
    await headed(stage)
    call = await with_the_street(stage)
    await blows(stage, call, Whistle.WORK)

    with pytest.raises(HigherPost):
        await approved(stage, call, who)


@pytest.mark.parametrize(
    ("who", "whistle"),
    [
        (HEAD, Whistle.WORK),
        (HEAD, Whistle.TOUGH),
        (HEAD, Whistle.EMERGENCY),
        (DEPUTY, Whistle.EMERGENCY),
    ],
)
async def test_whoever_may_blow_a_whistle_asks_nobody(stage, who, whistle):
    await headed(stage)
    call = await with_the_street(stage)

    child = await blows(stage, call, whistle, by=who)

    assert (child.agency, child.whistle) == (LIGHTS, whistle)


async def test_where_nobody_holds_the_post_the_liaisons_word_counts_and_it_is_written_down(stage):
    call = await with_the_street(stage)

    child = await blows(stage, call, Whistle.WORK)

    entries = (await stage.call(call)).entries
    called = [entry for entry in entries if entry.action is Action.CALL_UP][-1]
    assert child.agency == LIGHTS
    assert called.facts["unheaded"] is True


async def test_an_emergency_is_signed_within_ten_minutes_day_and_night(stage):
    call = await with_the_street(stage)

    child = await blows(stage, call, Whistle.EMERGENCY)

    assert child.sign_due == MONDAY + timedelta(minutes=10)


async def test_a_tough_whistle_brings_its_own_dates(stage):
    call = await with_the_street(stage)

    child = await blows(stage, call, Whistle.TOUGH)

    assert child.sign_due == MONDAY + timedelta(hours=1)
    assert child.contact_due == MONDAY + timedelta(hours=24)
    assert child.finish_due == MONDAY + timedelta(days=15)  # ten working days, one a holiday


async def passed_on(stage: Stage, call, to: str):
    """The lamps return it, and the district gives it to this agency."""
    leg = await stage.leg(call, 2)
    async with stage.desk() as desk:
        await desk.return_leg(
            leg.id,
            ground=Ground.DUTY,
            proposed=to,
            pieces=words("不归我们"),
            by=TAN,
            now=stage.now,
        )
        return await desk.agree_return(leg.id, by=DENG, now=stage.now)


async def test_whoever_takes_over_what_was_whistled_for_hears_the_same_whistle(stage):
    call = await with_the_street(stage)
    await blows(stage, call, Whistle.EMERGENCY)

    child = await passed_on(stage, call, WATER)

    assert (child.agency, child.whistle) == (WATER, Whistle.EMERGENCY)
    assert child.sign_due == MONDAY + timedelta(minutes=10)
    assert child.arrive_due == MONDAY + timedelta(minutes=30)


async def test_who_called_waits_for_whoever_takes_over_and_the_resident_hears_who_it_is(stage):
    call = await with_the_street(stage)
    await blows(stage, call, Whistle.EMERGENCY)
    stage.now += timedelta(minutes=30)
    await stage.owed()

    child = await passed_on(stage, call, WATER)

    own, street, *_ = [one.leg.finish_due for one in (await stage.call(call)).legs]
    assert child.finish_due < street < own
    assert (LIN.account, "move_date") in await stage.told()
    named = [one.facts["called"] for one in (await stage.call(call)).entries[-1:]]
    assert named == [WATER]


async def test_what_goes_back_to_the_district_itself_is_no_whistle(stage):
    call = await with_the_street(stage)
    await blows(stage, call, Whistle.EMERGENCY)

    child = await passed_on(stage, call, DISTRICT)

    assert (child.agency, child.whistle) == (DISTRICT, None)


async def test_a_refused_whistle_calls_nobody(stage):
    await headed(stage)
    call = await with_the_street(stage)
    await blows(stage, call, Whistle.WORK)
    leg = await stage.leg(call, 1)
    async with stage.desk() as desk:
        await desk.refuse(leg.id, by=HEAD, now=stage.now)

    assert len((await stage.call(call)).legs) == 2


async def test_a_whistle_nobody_decides_on_lapses(stage):
    await headed(stage)
    call = await with_the_street(stage)
    await blows(stage, call, Whistle.WORK)

    await stage.tick(MONDAY + timedelta(days=1))

    assert (await stage.leg(call, 1)).proposal is None
    assert len((await stage.call(call)).legs) == 2


async def test_an_emergency_is_decided_within_half_an_hour(stage):
    await headed(stage)
    call = await with_the_street(stage)

    leg = await blows(stage, call, Whistle.EMERGENCY)

    assert leg.proposal.due == MONDAY + timedelta(minutes=30)


async def test_a_sheet_that_names_no_urgent_decision_has_the_usual_one(stage):
    limits = stage.district.limits
    steps = {k: v for k, v in limits.steps.items() if k != "call_up_decision_urgent"}
    stage.district = replace(stage.district, limits=replace(limits, steps=steps))
    await headed(stage)
    call = await with_the_street(stage)

    leg = await blows(stage, call, Whistle.EMERGENCY)

    assert leg.proposal.due > MONDAY + timedelta(hours=4)


async def test_one_whistle_waits_at_a_time(stage):
    await headed(stage)
    call = await with_the_street(stage)
    await blows(stage, call, Whistle.WORK)

    with pytest.raises(AlreadyProposed):
        await blows(stage, call, Whistle.TOUGH)


async def test_a_whistle_says_what_was_done_first(stage):
    call = await with_the_street(stage)

    with pytest.raises(NothingSaid):
        await blows(stage, call, Whistle.WORK, said=" ")


async def test_the_district_is_called_without_a_whistle(stage):
    await headed(stage)
    call = await with_the_street(stage)
    leg = await stage.leg(call, 1)
    async with stage.desk() as desk:
        child = await desk.call_up(
            leg.id, target=DISTRICT, pieces=words("请区里"), by=LIANG, now=stage.now
        )

    assert (child.agency, child.whistle) == (DISTRICT, None)


async def test_the_community_that_called_hears_of_a_whistle_once_it_is_blown(stage):
    await headed(stage)
    call = await with_the_street(stage)
    await blows(stage, call, Whistle.WORK)
    before = await stage.told()

    await approved(stage, call, HEAD)

    assert before == [(CHATS[STREET], "propose_call_up")]
    assert (CHATS[COMMUNITY], "call_up") in await stage.told()


async def test_the_resident_hears_the_date_that_follows_from_a_whistle_two_levels_up(stage):
    call = await with_the_street(stage)
    await stage.owed()

    await blows(stage, call, Whistle.WORK)

    own, street, department = [one.leg.finish_due for one in (await stage.call(call)).legs]
    assert department < street < own
    assert (LIN.account, "move_date") in await stage.told()


async def test_the_resident_hears_who_was_called_even_where_the_date_stays(stage):
    call = await with_the_street(stage)
    async with stage.units.begin() as work:
        own = (await work.legs.of_call(call.id))[0]
        promised = stage.now + timedelta(days=60)
        await work.legs.save(replace(own, finish_due=promised))
    await stage.owed()

    await blows(stage, call, Whistle.WORK)

    assert (LIN.account, "move_date") in await stage.told()
    view = await stage.call(call)
    assert view.main.leg.finish_due == promised
    assert view.entries[-1].facts | {"finish": ""} == {
        "agency": STREET,
        "called": LIGHTS,
        "finish": "",
    }


def test_the_sheet_says_how_fast_a_whistle_is_answered():
    assert Clock.ARRIVE in liwan().limits.whistles[Whistle.EMERGENCY]
