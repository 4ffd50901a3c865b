"""The caller's number for others than the signer: two persons, every look told (row 21, R7)."""

from __future__ import annotations

import pytest

from core.call import Call
from core.errors import NotFound, NothingSaid, NotTheSigner, SamePerson
from core.leg import Leg
from core.lifecycle import Action
from core.outgoing import Kind
from core.people import Actor
from tests.core.playing import COMMUNITY, LI, LIANG, LIN, STREET, ZHOU, Stage, words

PHONE = "+8613812345678"
COLLEAGUE = Actor(2055, "何工", frozenset({COMMUNITY}))


@pytest.fixture
async def stage(units) -> Stage:
    """Everybody is where they belong, on a plain Monday; on every store."""
    return await Stage(units).set_up()


async def called_up(stage: Stage, phone: str = PHONE) -> tuple[Call, Leg]:
    """Lin's call, signed by Li, who called up the street, where Liang signed."""
    call = await stage.raised(phone=phone)
    main = await stage.leg(call)
    async with stage.desk() as desk:
        await desk.acknowledge(main.id, by=LI, now=stage.now)
        await desk.call_up(main.id, target=STREET, pieces=words("请帮"), by=LI, now=stage.now)
    below = (await stage.call(call)).legs[1].leg
    async with stage.desk() as desk:
        return call, await desk.acknowledge(below.id, by=LIANG, now=stage.now)


async def asks(stage: Stage, leg: Leg, by: Actor) -> None:
    async with stage.desk() as desk:
        await desk.propose_reveal(leg.id, pieces=words("要约时间上门"), by=by, now=stage.now)


async def looks(stage: Stage, leg: Leg, by: Actor) -> Call:
    async with stage.desk() as desk:
        return await desk.reveal(leg.id, by=by, now=stage.now)


async def test_who_signed_below_sees_no_number_of_his_own(stage):
    _, below = await called_up(stage)

    with pytest.raises(NotTheSigner):
        await looks(stage, below, LIANG)


async def test_the_agency_that_called_it_in_is_asked_and_then_he_may_look(stage):
    _, below = await called_up(stage)
    await asks(stage, below, LIANG)
    async with stage.desk() as desk:
        asked = await desk.work.legs.get(below.id)
        await desk.approve(below.id, by=LI, now=stage.now)

    assert asked.proposal.asked == COMMUNITY
    assert (await looks(stage, below, LIANG)).phone == PHONE


async def test_each_look_is_written_down_and_told_to_the_caller_alone(stage):
    call, below = await called_up(stage)
    await asks(stage, below, LIANG)
    async with stage.desk() as desk:
        await desk.approve(below.id, by=LI, now=stage.now)
    before = {row.id for row in await stage.owed()}

    await looks(stage, below, LIANG)

    entries = (await stage.call(call)).entries[-2:]
    assert [(e.action, e.actor) for e in entries] == [
        (Action.REVEAL_BELOW, LIANG.account),
        (Action.SEEN_BELOW, None),
    ]
    assert dict(entries[1].facts) == {"agency": STREET}
    new = [row for row in await stage.owed() if row.id not in before and row.kind is Kind.NOTICE]
    assert [row.lane for row in new] == [LIN.account]


async def test_the_number_stands_in_nothing_that_is_owed_or_written_down(stage):
    call, below = await called_up(stage)
    await asks(stage, below, LIANG)
    async with stage.desk() as desk:
        await desk.approve(below.id, by=LI, now=stage.now)
    await looks(stage, below, LIANG)

    said = repr(await stage.owed()) + repr((await stage.call(call)).entries)

    assert PHONE[3:] not in said


async def test_refused_he_sees_nothing(stage):
    _, below = await called_up(stage)
    await asks(stage, below, LIANG)
    async with stage.desk() as desk:
        await desk.refuse(below.id, by=LI, now=stage.now)

    with pytest.raises(NotTheSigner):
        await looks(stage, below, LIANG)


async def test_a_colleague_of_the_signer_needs_another_person_of_the_agency(stage):
    call = await stage.raised(phone=PHONE)
    main = await stage.leg(call)
    async with stage.desk() as desk:
        await desk.acknowledge(main.id, by=LI, now=stage.now)
    with pytest.raises(NotTheSigner):
        await looks(stage, main, COLLEAGUE)
    await asks(stage, main, COLLEAGUE)
    with pytest.raises(SamePerson):
        async with stage.desk() as desk:
            await desk.approve(main.id, by=COLLEAGUE, now=stage.now)

    async with stage.desk() as desk:
        await desk.approve(main.id, by=LI, now=stage.now)

    assert (await looks(stage, main, COLLEAGUE)).phone == PHONE


async def test_only_who_asked_may_look(stage):
    _, below = await called_up(stage)
    await asks(stage, below, LIANG)
    async with stage.desk() as desk:
        await desk.approve(below.id, by=LI, now=stage.now)

    for other in (LI, ZHOU, LIN):
        with pytest.raises(NotTheSigner):
            await looks(stage, below, other)


async def test_nothing_is_asked_for_without_a_reason_or_a_number(stage):
    _, below = await called_up(stage)
    with pytest.raises(NothingSaid):
        async with stage.desk() as desk:
            await desk.propose_reveal(below.id, pieces=(), by=LIANG, now=stage.now)


async def test_where_no_number_was_left_there_is_nothing_to_ask_for(stage):
    _, below = await called_up(stage, "")

    with pytest.raises(NotFound):
        await asks(stage, below, LIANG)
