"""Not accepted: one person proposes, another decides, and the caller may appeal."""

from __future__ import annotations

import pytest

from core.errors import AlreadyProposed, NotAllowedNow, NothingSaid, NotYourPart, SamePerson
from core.leg import Leg
from core.lifecycle import Outcome, Status
from core.people import Actor
from core.rejecting import RejectGround
from tests.core.playing import (
    CHATS,
    COMMUNITY,
    DISTRICT,
    LI,
    LIANG,
    LIN,
    STREET,
    ZHOU,
    Stage,
    words,
)


@pytest.fixture
async def stage(units) -> Stage:
    """Everybody is where they belong, on a plain Monday; on every store."""
    return await Stage(units).set_up()


async def proposed(stage: Stage, said: str = "说不清是什么事，也联系不上现场") -> Leg:
    """Li proposes not to accept what Lin is not sure of."""
    call = await stage.raised(sure=False)
    await stage.owed()
    return await propose(stage, (await stage.leg(call)).id, said)


async def propose(stage: Stage, leg_id: int, said: str = "同上") -> Leg:
    """Once more, by the same person."""
    async with stage.desk() as desk:
        return await desk.propose_rejection(
            leg_id, ground=RejectGround.VAGUE, pieces=words(said), by=LI, now=stage.now
        )


async def test_the_street_is_asked_and_nothing_happens_yet(stage):
    leg = await proposed(stage)

    assert (leg.status, leg.proposal.asked) == (Status.TRIAGE, STREET)
    assert await stage.told() == [(CHATS[STREET], "propose_rejection")]


async def test_agreed_by_the_street_it_is_closed_with_ground_clause_and_reason(stage):
    leg = await proposed(stage)
    await stage.owed()
    async with stage.desk() as desk:
        closed = await desk.approve(leg.id, by=LIANG, now=stage.now)

    entry = (await stage.call(await _call(stage, leg))).entries[-1]
    assert (closed.status, closed.outcome) == (Status.CLOSED, Outcome.REJECTED)
    assert entry.facts["rejects"] == "vague"
    assert "第18条" in entry.facts["clause"]
    assert "说不清" in entry.facts["reason"]
    assert sorted(await stage.told()) == [(CHATS[COMMUNITY], "reject"), (LIN.account, "reject")]


async def test_whoever_proposed_does_not_decide(stage):
    leg = await proposed(stage)
    both = Actor(LI.account, LI.name, frozenset({COMMUNITY, STREET}))

    with pytest.raises(SamePerson):
        async with stage.desk() as desk:
            await desk.approve(leg.id, by=both, now=stage.now)
    with pytest.raises(NotYourPart):
        async with stage.desk() as desk:
            await desk.approve(leg.id, by=ZHOU, now=stage.now)


async def test_while_it_is_decided_time_dispatches_nothing(stage):
    leg = await proposed(stage)

    await stage.tick(leg.triage_due)

    assert (await stage.leg(await _call(stage, leg))).status is Status.TRIAGE


async def test_undecided_it_lapses_and_then_the_list_decides(stage):
    leg = await proposed(stage)
    call = await _call(stage, leg)
    await stage.owed()
    await stage.tick(leg.proposal.due)
    await stage.tick(leg.proposal.due)

    told = await stage.told()
    assert (CHATS[COMMUNITY], "lapse_proposal") in told
    assert (CHATS[COMMUNITY], "dispatch_late") in told
    assert (await stage.leg(call)).status is Status.DISPATCHED


async def test_refused_it_is_sorted_as_before(stage):
    leg = await proposed(stage)
    async with stage.desk() as desk:
        await desk.refuse(leg.id, by=LIANG, now=stage.now)
        given = await desk.admit(leg.id, by=LI, now=stage.now)

    assert given.status is Status.DISPATCHED


async def test_a_triager_who_thinks_better_of_it_asks_instead(stage):
    leg = await proposed(stage)
    async with stage.desk() as desk:
        asked = await desk.ask(leg.id, words("在哪一栋？"), by=LI, now=stage.now)

    assert (asked.status, asked.proposal) == (Status.NEED_INFO, None)


async def test_nothing_is_proposed_twice_or_without_a_reason(stage):
    leg = await proposed(stage)

    with pytest.raises(AlreadyProposed):
        await propose(stage, leg.id)
    with pytest.raises(NothingSaid):
        await propose(stage, leg.id, " ")


async def test_what_was_accepted_is_not_rejected_any_more(stage):
    leg = await stage.leg(await stage.raised())

    with pytest.raises(NotAllowedNow):
        await propose(stage, leg.id)


async def test_an_appeal_is_sorted_by_those_above(stage):
    leg = await proposed(stage)
    async with stage.desk() as desk:
        await desk.approve(leg.id, by=LIANG, now=stage.now)
        again = await desk.reopen(leg.id, words("说得清"), by=LIN, now=stage.now)

    assert (again.status, again.agency, again.adjudicator) == (Status.TRIAGE, STREET, DISTRICT)


async def _call(stage: Stage, leg: Leg):
    async with stage.units.read() as work:
        return await work.calls.get(leg.call_id)
