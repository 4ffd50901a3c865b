"""What is out of reach, and which rating does not count: never on one person's word."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.errors import (
    AlreadyContested,
    NotAResidents,
    NotExplained,
    NotFound,
    NothingSaid,
    NotYourPart,
    SamePerson,
    TooLate,
)
from core.lifecycle import Outcome, Status
from core.people import Actor, Officer
from core.rating import Conclusion, Verdict
from tests.core.playing import (
    CHATS,
    COMMUNITY,
    DENG,
    DISTRICT,
    LI,
    LIANG,
    LIN,
    STREET,
    Stage,
    words,
)

DAY = timedelta(days=1)
HE = Actor(2102, "何伟", frozenset({DISTRICT}))


@pytest.fixture
async def stage(units) -> Stage:
    """Everybody is where they belong, and two of them in the district; on every store."""
    stage = await Stage(units).set_up()
    async with units.begin() as work:
        await work.people.save_officer(Officer(2102, DISTRICT, HE.name))
    return stage


async def test_a_finding_needs_street_and_district_and_closes_explained(stage):
    leg = await resolved(stage)
    await found(stage, leg)
    await approved(stage, leg, LIANG)
    await stage.owed()

    closed = await approved(stage, leg, DENG)

    assert (closed.status, closed.outcome) == (Status.CLOSED, Outcome.EXPLAINED)
    assert sorted(await stage.told()) == [
        (CHATS[COMMUNITY], "find_unreasonable"),
        (LIN.account, "find_unreasonable"),
    ]
    async with stage.units.begin() as work:
        assert (await work.calls.get(leg.call_id)).closed_at == stage.now


async def test_before_an_answer_that_explains_nothing_is_found(stage):
    leg = await resolved(stage, Conclusion.SOLVED)

    with pytest.raises(NotExplained):
        await found(stage, leg)


async def test_a_finding_says_reason_clause_and_remedies(stage):
    leg = await resolved(stage)

    for lacking in ({"clause": " "}, {"remedies": ""}):
        with pytest.raises(NothingSaid):
            await found(stage, leg, **lacking)


async def test_what_agencies_ask_of_each_other_is_not_found_unreasonable(stage):
    leg = await taken(stage)
    async with stage.desk() as desk:
        child = await desk.call_up(
            leg.id, target=STREET, pieces=words("先围了"), by=LI, now=stage.now
        )

    with pytest.raises(NotAResidents):
        await found(stage, child, by=LIANG)


async def test_a_rating_that_comes_first_ends_the_finding(stage):
    leg = await resolved(stage)
    await found(stage, leg)
    closed = await rated(stage, leg)

    assert (closed.outcome, closed.proposal) == (Outcome.UNSOLVED, None)


async def test_the_caller_may_appeal_for_five_working_days(stage):
    leg = await resolved(stage)
    await found(stage, leg)
    await approved(stage, leg, LIANG)
    await approved(stage, leg, DENG)
    stage.now += 4 * DAY
    async with stage.desk() as desk:
        again = await desk.reopen(leg.id, words("我不同意"), by=LIN, now=stage.now)

    assert again.open


async def test_two_persons_of_the_district_set_a_rating_aside(stage):
    leg = await rated(stage, await resolved(stage))
    await stage.owed()
    asked = await contested(stage, leg)
    assert asked.proposal.awaits == (DISTRICT, DISTRICT)
    assert await stage.told() == [(CHATS[DISTRICT], "object_to_rating")]

    await approved(stage, leg, DENG)
    with pytest.raises(SamePerson):
        await approved(stage, leg, DENG)
    aside = await approved(stage, leg, HE)

    assert (aside.set_aside, aside.outcome, aside.status) == (1, Outcome.UNSOLVED, Status.CLOSED)
    assert (LIN.account, "set_aside") in await stage.told()
    async with stage.units.begin() as work:
        (rating,) = await work.ratings.of_leg(leg.id)
    assert (rating.verdict, rating.words) == (Verdict.UNSOLVED, "灯还是坏的")


async def test_the_street_sets_no_rating_aside(stage):
    leg = await rated(stage, await resolved(stage))
    await contested(stage, leg)

    with pytest.raises(NotYourPart):
        await approved(stage, leg, LIANG)


async def test_a_rating_is_objected_to_once(stage):
    leg = await rated(stage, await resolved(stage))
    await contested(stage, leg)
    async with stage.desk() as desk:
        await desk.refuse(leg.id, by=DENG, now=stage.now)

    with pytest.raises(AlreadyContested):
        await contested(stage, leg)


async def test_an_objection_after_five_working_days_is_too_late(stage):
    leg = await rated(stage, await resolved(stage))
    stage.now += 9 * DAY

    with pytest.raises(TooLate):
        await contested(stage, leg)


async def test_what_nobody_rated_is_not_objected_to(stage):
    leg = await resolved(stage)
    await stage.tick(leg.resolved_at + 3 * DAY)
    await stage.tick(leg.resolved_at + 7 * DAY)

    with pytest.raises(NotFound):
        await contested(stage, leg)


async def test_an_objection_nobody_decides_lapses_and_the_rating_counts(stage):
    leg = await rated(stage, await resolved(stage))
    asked = await contested(stage, leg)

    await stage.tick(asked.proposal.due)

    async with stage.units.begin() as work:
        after = await work.legs.get(leg.id)
    assert (after.proposal, after.set_aside) == (None, 0)
    assert after.next_due == after.look_back_due


async def taken(stage: Stage):
    call = await stage.raised()
    async with stage.desk() as desk:
        return await desk.acknowledge((await stage.leg(call)).id, by=LI, now=stage.now)


async def resolved(stage: Stage, conclusion: Conclusion = Conclusion.EXPLAINED):
    leg = await taken(stage)
    async with stage.desk() as desk:
        return await desk.resolve(
            leg.id, conclusion=conclusion, pieces=words("按规定只能这样"), by=LI, now=stage.now
        )


async def found(stage: Stage, leg, by: Actor = LI, **changed):
    said = {"clause": "《条例》第 5 条", "remedies": "申请人民调解"} | changed
    async with stage.desk() as desk:
        return await desk.propose_finding(
            leg.id, pieces=words("要求换全街的灯"), by=by, now=stage.now, **said
        )


async def rated(stage: Stage, leg):
    async with stage.desk() as desk:
        return await desk.rate(
            leg.id,
            verdict=Verdict.UNSOLVED,
            stars=1,
            words="灯还是坏的",
            by=LIN,
            now=stage.now,
        )


async def contested(stage: Stage, leg):
    async with stage.desk() as desk:
        return await desk.object_to_rating(
            leg.id, pieces=words("评错了单位"), by=LI, now=stage.now
        )


async def approved(stage: Stage, leg, by: Actor):
    async with stage.desk() as desk:
        return await desk.approve(leg.id, by=by, now=stage.now)
