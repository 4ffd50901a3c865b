"""What one person proposes and another decides: extensions, and who may agree to what."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.approving import Side, asked_of
from core.errors import (
    AlreadyDone,
    AlreadyExtended,
    AlreadyProposed,
    CardOutdated,
    HigherPost,
    NoExtension,
    NotAllowedNow,
    NothingSaid,
    NotYourPart,
    SamePerson,
    TooLate,
    TooLong,
)
from core.lifecycle import Action, Status
from core.people import Actor, Officer, Post
from core.rating import Conclusion
from tests.builders import a_call, a_leg
from tests.core.playing import (
    CHATS,
    COMMUNITY,
    DENG,
    DISTRICT,
    GAS,
    LI,
    LIANG,
    LIGHTS,
    LIN,
    STRANGER,
    STREET,
    Stage,
    liwan,
    photo,
    words,
)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HEAD = Actor(2101, "冯主任", frozenset({DISTRICT}), posts=frozenset({(DISTRICT, Post.HEAD)}))
BOTH = Actor(2102, "两边", frozenset({COMMUNITY, STREET}))


@pytest.fixture
async def stage(units) -> Stage:
    """Everybody is where they belong, and the district's office has a head; on every store."""
    stage = await Stage(units).set_up()
    async with units.begin() as work:
        await work.people.save_officer(Officer(2101, DISTRICT, HEAD.name, Post.HEAD))
    return stage


async def test_an_extension_is_asked_for_and_the_street_is_told(stage):
    leg = await taken(stage)
    await stage.owed()

    asked = await extension(stage, leg, 3)

    assert (asked.status, asked.proposal.act, asked.proposal.awaits) == (
        Status.IN_PROGRESS,
        Action.EXTEND,
        (STREET,),
    )
    assert asked.proposal.due == stage.now + 6 * HOUR  # four working hours, over noon
    assert await stage.told() == [(CHATS[STREET], "ask_extension")]


async def test_an_agreed_extension_moves_the_date_and_tells_the_caller(stage):
    leg = await taken(stage)
    await extension(stage, leg, 3)
    await stage.owed()

    longer = await approved(stage, leg, LIANG)

    assert longer.finish_due - leg.finish_due == 3 * DAY
    assert (longer.proposal, longer.extended) == (None, 1)
    assert sorted(await stage.told()) == [(CHATS[COMMUNITY], "extend"), (LIN.account, "extend")]


async def test_a_refused_extension_leaves_the_date(stage):
    leg = await taken(stage)
    await extension(stage, leg, 3)
    await stage.owed()
    async with stage.desk() as desk:
        refused = await desk.refuse(leg.id, by=LIANG, now=stage.now)

    assert (refused.finish_due, refused.proposal, refused.extended) == (leg.finish_due, None, 0)
    assert await stage.told() == [(CHATS[COMMUNITY], "refuse")]


async def test_an_undecided_extension_lapses_and_both_sides_hear_it(stage):
    leg = await taken(stage)
    asked = await extension(stage, leg, 3)
    await stage.owed()

    await stage.tick(asked.proposal.due)

    after = await current(stage, leg)
    assert (after.finish_due, after.proposal) == (leg.finish_due, None)
    assert sorted(await stage.told()) == [
        (CHATS[STREET], "lapse_proposal"),
        (CHATS[COMMUNITY], "lapse_proposal"),
    ]
    assert after.next_due > stage.now


@pytest.mark.parametrize("who", [LI, DENG, STRANGER, LIN])
async def test_nobody_but_the_agency_that_is_asked_decides(stage, who):
    leg = await taken(stage)
    await extension(stage, leg, 3)

    for act in ("approve", "refuse"):
        with pytest.raises(NotYourPart):
            async with stage.desk() as desk:
                await getattr(desk, act)(leg.id, by=who, now=stage.now)


async def test_an_approver_decides_only_in_the_chat_of_the_agency_that_is_asked(stage):
    leg = await taken(stage)
    await extension(stage, leg, 3)

    with pytest.raises(NotYourPart):
        async with stage.desk() as desk:
            await desk.approve(leg.id, by=LIANG, now=stage.now, chat=CHATS[COMMUNITY])


async def test_nobody_agrees_to_what_they_proposed_themselves(stage):
    leg = await taken(stage)
    await extension(stage, leg, 3, by=BOTH)

    with pytest.raises(SamePerson):
        await approved(stage, leg, BOTH)


async def test_one_thing_at_a_time_is_proposed(stage):
    leg = await taken(stage)
    await extension(stage, leg, 3)

    with pytest.raises(AlreadyProposed):
        await extension(stage, leg, 2)


async def test_a_button_of_an_earlier_proposal_agrees_to_nothing(stage):
    leg = await taken(stage)
    first = (await extension(stage, leg, 1)).proposal
    async with stage.desk() as desk:
        await desk.refuse(leg.id, by=LIANG, now=stage.now)
    stage.now += HOUR
    await extension(stage, leg, 5)

    with pytest.raises(CardOutdated):
        async with stage.desk() as desk:
            await desk.approve(leg.id, by=LIANG, now=stage.now, which=first.mark)


async def test_the_second_to_decide_is_told_who_was_first(stage):
    leg = await taken(stage)
    await extension(stage, leg, 3)
    await approved(stage, leg, LIANG)

    with pytest.raises(AlreadyDone) as refusal:
        await approved(stage, leg, LIANG)
    assert refusal.value.facts["name"] == LIANG.name


async def test_what_was_proposed_is_off_when_the_leg_moves_on(stage):
    leg = await taken(stage)
    await extension(stage, leg, 3)
    async with stage.desk() as desk:
        moved = await desk.resolve(
            leg.id, conclusion=Conclusion.SOLVED, pieces=photo("好了"), by=LI, now=stage.now
        )

    assert moved.proposal is None
    with pytest.raises(AlreadyDone):
        await approved(stage, leg, LIANG)


async def test_after_four_fifths_of_the_limit_nobody_asks_for_more(stage):
    leg = await taken(stage)
    stage.now = leg.finish_due - DAY

    with pytest.raises(TooLate):
        await extension(stage, leg, 3)


async def test_an_extension_is_never_longer_than_the_limit_itself(stage):
    leg = await taken(stage)

    with pytest.raises(TooLong) as refusal:
        await extension(stage, leg, 6)
    assert refusal.value.facts["most"].amount == 5


async def test_an_extension_needs_a_reason(stage):
    leg = await taken(stage)

    with pytest.raises(NothingSaid):
        async with stage.desk() as desk:
            await desk.ask_extension(leg.id, amount=1, pieces=words(" "), by=LI, now=stage.now)


async def test_what_endangers_people_is_not_extended(stage):
    leg = await taken(stage, danger=True)

    with pytest.raises(NoExtension):
        await extension(stage, leg, 1)


async def test_the_second_extension_is_the_district_heads_and_there_is_no_third(stage):
    leg = await taken(stage)
    await extension(stage, leg, 5)
    await approved(stage, leg, LIANG)
    again = await extension(stage, leg, 5)
    assert again.proposal.awaits == (DISTRICT,)

    with pytest.raises(HigherPost):
        await approved(stage, leg, DENG)
    assert (await approved(stage, leg, HEAD)).extended == 2
    with pytest.raises(AlreadyExtended):
        await extension(stage, leg, 1)


async def test_an_extension_of_who_was_called_up_moves_every_promise_above(stage):
    leg = await taken(stage)
    async with stage.desk() as desk:
        child = await desk.call_up(
            leg.id, target=STREET, pieces=words("先围了"), by=LI, now=stage.now
        )
        await desk.acknowledge(child.id, by=LIANG, now=stage.now)
    before = await current(stage, leg)
    await extension(stage, child, 3, by=LIANG)
    await stage.owed()

    await approved(stage, child, DENG)

    after = await current(stage, leg)
    assert after.finish_due - before.finish_due >= 3 * DAY
    assert (LIN.account, "move_date") in await stage.told()


async def test_a_department_is_extended_by_the_district(stage):
    call = await stage.raised(item=GAS)
    leg = await stage.leg(call)

    assert asked_of(liwan().tree, leg, call, (Side.ADJUDICATOR,), bound=frozenset(CHATS)) == (
        DISTRICT,
    )


@pytest.mark.parametrize(
    ("agency", "sides", "bound", "asked"),
    [
        (COMMUNITY, (Side.STREET, Side.DISTRICT), CHATS, (STREET, DISTRICT)),
        (STREET, (Side.STREET, Side.DISTRICT), CHATS, (DISTRICT,)),
        (LIGHTS, (Side.STREET, Side.DISTRICT), CHATS, (STREET, DISTRICT)),
        (DISTRICT, (Side.STREET, Side.DISTRICT), CHATS, (STREET,)),
        (COMMUNITY, (Side.STREET, Side.DISTRICT), (DISTRICT,), (DISTRICT,)),
        (COMMUNITY, (Side.DISTRICT, Side.DISTRICT), CHATS, (DISTRICT, DISTRICT)),
        (STREET, (Side.OWN,), CHATS, (STREET,)),
        (DISTRICT, (Side.ADJUDICATOR,), CHATS, (DISTRICT,)),
    ],
)
def test_each_side_speaks_once_and_never_twice_by_accident(agency, sides, bound, asked):
    leg = a_leg(agency=agency, adjudicator=DISTRICT)

    assert asked_of(liwan().tree, leg, a_call(), sides, bound=frozenset(bound)) == asked


async def test_a_leg_that_nobody_signed_is_not_extended(stage):
    leg = await stage.leg(await stage.raised())

    with pytest.raises(NotAllowedNow):
        await extension(stage, leg, 1)


async def taken(stage: Stage, **more):
    call = await stage.raised(**more)
    async with stage.desk() as desk:
        return await desk.acknowledge((await stage.leg(call)).id, by=LI, now=stage.now)


async def extension(stage: Stage, leg, amount: float, by: Actor = LI):
    async with stage.desk() as desk:
        return await desk.ask_extension(
            leg.id, amount=amount, pieces=words("等配件到货"), by=by, now=stage.now
        )


async def approved(stage: Stage, leg, by: Actor):
    async with stage.desk() as desk:
        return await desk.approve(leg.id, by=by, now=stage.now)


async def current(stage: Stage, leg):
    async with stage.units.begin() as work:
        return await work.legs.get(leg.id)
