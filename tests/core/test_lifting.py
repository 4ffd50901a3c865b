"""What an officer gave to named people goes back to the ordinary road by two of them (R7)."""

from __future__ import annotations

import pytest

from core.call import Call
from core.errors import KeptForCaller, NothingSaid, NotRestricted, SamePerson
from core.leg import Leg
from core.lifecycle import Action, Status
from core.people import Actor, Officer
from tests.core.playing import CHATS, COMMUNITY, LI, LIN, TEAM, TEAM_CHAT, ZHONG, Stage, words

CONDUCT = "43"
SECOND = Actor(2071, "彭工", frozenset({TEAM}))


@pytest.fixture
async def stage(units) -> Stage:
    """Everybody is where they belong, two persons in the team; on every store."""
    stage = await (await Stage(units).set_up()).with_team()
    async with units.begin() as work:
        await work.people.save_officer(Officer(SECOND.account or 0, TEAM, SECOND.name))
    return stage


async def restricted(stage: Stage, **more: object) -> tuple[Call, Leg]:
    """Li gave Lin's call to the team."""
    call = await stage.raised(**more)
    async with stage.desk() as desk:
        return call, await desk.restrict((await stage.leg(call)).id, by=LI, now=stage.now)


async def asks(stage: Stage, leg: Leg, said: str = "只是路灯，不涉及个人") -> None:
    async with stage.desk() as desk:
        pieces = words(said) if said else ()
        await desk.propose_lift(leg.id, pieces=pieces, by=ZHONG, now=stage.now)


async def lifted(stage: Stage) -> tuple[Call, Leg]:
    call, leg = await restricted(stage)
    await asks(stage, leg)
    async with stage.desk() as desk:
        return call, await desk.approve(leg.id, by=SECOND, now=stage.now)


async def test_it_begins_anew_at_whoever_answers_such_a_matter_with_fresh_clocks(stage):
    call, leg = await lifted(stage)

    assert (leg.agency, leg.status) == (COMMUNITY, Status.DISPATCHED)
    assert leg.signer is None and leg.sign_due is not None and leg.sign_due > stage.now
    assert not (await stage.call(call)).call.restricted


async def test_one_person_alone_lifts_nothing(stage):
    _, leg = await restricted(stage)
    await asks(stage, leg)

    with pytest.raises(SamePerson):
        async with stage.desk() as desk:
            await desk.approve(leg.id, by=ZHONG, now=stage.now)


async def test_until_the_second_word_no_other_group_hears_of_it(stage):
    _, leg = await restricted(stage)
    before = {row.id for row in await stage.owed()}

    await asks(stage, leg)

    assert {row.lane for row in await stage.owed() if row.id not in before} == {TEAM_CHAT}


async def test_caller_and_agency_are_told_and_the_journal_names_who_agreed(stage):
    call, leg = await restricted(stage)
    await asks(stage, leg)
    before = {row.id for row in await stage.owed()}

    async with stage.desk() as desk:
        await desk.approve(leg.id, by=SECOND, now=stage.now)

    heard = {row.lane for row in await stage.owed() if row.id not in before}
    assert {LIN.account, CHATS[COMMUNITY]} <= heard
    entry = (await stage.call(call)).entries[-1]
    assert (entry.action, entry.actor, entry.agency) == (Action.LIFT, SECOND.account, TEAM)
    assert (entry.facts["proposer"], entry.facts["reason"]) == (
        ZHONG.name,
        "只是路灯，不涉及个人",
    )


async def test_what_the_caller_asked_for_is_never_lifted(stage):
    call = await stage.raised(restricted=True)

    with pytest.raises(KeptForCaller):
        await asks(stage, await stage.leg(call))


async def test_what_is_for_named_people_by_its_item_is_never_lifted(stage):
    call = await stage.raised(CONDUCT)

    with pytest.raises(KeptForCaller):
        await asks(stage, await stage.leg(call))


async def test_there_is_nothing_to_lift_of_an_ordinary_call(stage):
    call = await stage.raised()

    with pytest.raises(NotRestricted):
        await asks(stage, await stage.leg(call))


async def test_a_reason_is_asked_for(stage):
    _, leg = await restricted(stage)

    with pytest.raises(NothingSaid):
        await asks(stage, leg, "")


async def test_it_may_be_restricted_again(stage):
    _, leg = await lifted(stage)

    async with stage.desk() as desk:
        again = await desk.restrict(leg.id, by=LI, now=stage.now)

    assert again.agency == TEAM
