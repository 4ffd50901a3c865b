"""What cannot be done now has a plan: who agrees to it, what its dates do, how it ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.errors import (
    AlreadyDone,
    AlreadyObjected,
    AlreadyReached,
    BadPlan,
    ChildrenOpen,
    NotAllowedNow,
    NothingSaid,
    NotYourPart,
)
from core.holding import HoldGround, HoldPlan, Lack, Milestone
from core.lifecycle import Status
from core.rating import Conclusion
from tests.core.playing import (
    CHATS,
    COMMUNITY,
    DENG,
    DISTRICT,
    LI,
    LIANG,
    LIN,
    MONDAY,
    STRANGER,
    STREET,
    Stage,
    words,
)

DAY = timedelta(days=1)
FIRST, SECOND = MONDAY + 10 * DAY, MONDAY + 20 * DAY
PLAN = HoldPlan(
    HoldGround.MONEY,
    "",
    "周主任",
    (Milestone("立项", FIRST), Milestone("施工", SECOND)),
    review_due=MONDAY + 28 * DAY,
)


@pytest.fixture
async def stage(units) -> Stage:
    """Everybody is where they belong; on every store."""
    return await Stage(units).set_up()


async def test_a_hold_needs_the_street_and_then_the_district(stage):
    leg = await taken(stage)
    await stage.owed()

    asked = await proposed(stage, leg)
    assert await stage.told() == [(CHATS[STREET], "propose_hold")]
    seconded = await approved(stage, leg, LIANG)
    assert await stage.told() == [(CHATS[DISTRICT], "second")]
    held = await approved(stage, leg, DENG)

    assert (asked.status, seconded.status, held.status) == (
        Status.IN_PROGRESS,
        Status.IN_PROGRESS,
        Status.ON_HOLD,
    )
    assert (seconded.proposal.seconded_by, seconded.proposal.awaits) == (2003, (DISTRICT,))
    assert sorted(await stage.told()) == [(CHATS[COMMUNITY], "hold"), (LIN.account, "hold")]


async def test_the_district_alone_cannot_put_a_communitys_leg_on_hold(stage):
    leg = await taken(stage)
    await proposed(stage, leg)

    with pytest.raises(NotYourPart):
        await approved(stage, leg, DENG)


async def test_on_hold_no_finishing_limit_runs_and_the_plan_has_the_clocks(stage):
    leg = await held(stage)

    assert (leg.finish_due, leg.paused_at, leg.paused_from) == (
        None,
        stage.now,
        Status.IN_PROGRESS,
    )
    assert [step.title for step in leg.plan.milestones] == ["立项", "施工"]
    assert stage.now < leg.next_due < FIRST  # the first step comes near


async def test_before_a_step_is_due_the_agency_is_reminded_and_nobody_else(stage):
    leg = await held(stage)
    await stage.owed()

    await stage.tick(leg.next_due)

    assert await stage.told() == [(CHATS[COMMUNITY], "nudge")]
    assert stage.now < (await current(stage, leg)).next_due <= FIRST


async def test_a_step_that_is_reached_is_told_to_the_caller(stage):
    leg = await held(stage)
    await stage.owed()
    async with stage.desk() as desk:
        reached = await desk.reach_milestone(leg.id, 0, by=LI, now=stage.now)

    assert reached.plan.milestones[0].met_at == stage.now
    assert await stage.told() == [(LIN.account, "reach_milestone")]
    with pytest.raises(AlreadyReached):
        async with stage.desk() as desk:
            await desk.reach_milestone(leg.id, 0, by=LI, now=stage.now)


async def test_the_first_missed_step_is_told_and_the_second_brings_the_leg_back(stage):
    leg = await held(stage)
    await stage.owed()

    await stage.tick(FIRST)
    assert sorted(await stage.told()) == [
        (CHATS[STREET], "miss_milestone"),
        (CHATS[COMMUNITY], "miss_milestone"),
    ]
    assert (await current(stage, leg)).status is Status.ON_HOLD
    await stage.tick(SECOND)

    back = await current(stage, leg)
    assert (back.status, back.plan, back.paused_at) == (Status.IN_PROGRESS, None, None)
    assert (LIN.account, "take_up_again") in await stage.told()
    assert back.finish_due > SECOND + 5 * DAY


async def test_after_an_outage_both_missed_steps_are_noticed(stage):
    leg = await held(stage)

    await stage.tick(SECOND + DAY)
    await stage.tick(SECOND + DAY)

    assert (await current(stage, leg)).status is Status.IN_PROGRESS


async def test_a_plan_with_steps_ahead_is_reviewed_and_both_sides_hear_it(stage):
    late = (Milestone("立项", FIRST), Milestone("施工", MONDAY + 90 * DAY))
    leg = await held(stage, milestones=late)
    async with stage.desk() as desk:
        await desk.reach_milestone(leg.id, 0, by=LI, now=stage.now)
    await stage.tick(FIRST)
    await stage.owed()

    await stage.tick(leg.plan.review_due)

    after = await current(stage, leg)
    assert (after.status, after.plan.review_due) == (Status.ON_HOLD, stage.now + 30 * DAY)
    assert sorted(await stage.told()) == [
        (CHATS[COMMUNITY], "review_hold"),
        (LIN.account, "review_hold"),
    ]


async def test_a_plan_that_is_over_brings_the_leg_back(stage):
    leg = await held(stage)
    async with stage.desk() as desk:
        for number in (0, 1):
            await desk.reach_milestone(leg.id, number, by=LI, now=stage.now)

    await stage.tick(leg.plan.review_due)

    assert (await current(stage, leg)).status is Status.IN_PROGRESS


async def test_taking_it_up_again_starts_the_limit_of_the_class(stage):
    leg = await held(stage)
    stage.now = datetime(2026, 6, 22, 2, 0, tzinfo=UTC)  # before the first step is due
    async with stage.desk() as desk:
        back = await desk.take_up(leg.id, by=LI, now=stage.now)

    assert (back.status, back.dispatched_at) == (Status.IN_PROGRESS, stage.now)
    assert back.finish_due == stage.now + 7 * DAY  # five working days


async def test_only_the_district_orders_it_up_and_says_why(stage):
    leg = await held(stage)
    for who in (LIANG, LI, STRANGER):
        with pytest.raises(NotYourPart):
            async with stage.desk() as desk:
                await desk.order_up(leg.id, words="钱到了", by=who, now=stage.now)
    with pytest.raises(NothingSaid):
        async with stage.desk() as desk:
            await desk.order_up(leg.id, words=" ", by=DENG, now=stage.now)
    await stage.owed()

    async with stage.desk() as desk:
        back = await desk.order_up(leg.id, words="钱到了", by=DENG, now=stage.now)

    assert back.status is Status.IN_PROGRESS
    assert sorted(await stage.told()) == [
        (CHATS[COMMUNITY], "order_up"),
        (LIN.account, "order_up"),
    ]


async def test_the_caller_may_object_once_and_those_above_hear_it(stage):
    leg = await held(stage)
    await stage.owed()
    async with stage.desk() as desk:
        await desk.object_to_hold(leg.id, words="拖了三年了", by=LIN, now=stage.now)

    assert sorted(await stage.told()) == [
        (CHATS[DISTRICT], "object_to_hold"),
        (CHATS[STREET], "object_to_hold"),
    ]
    with pytest.raises(AlreadyObjected):
        async with stage.desk() as desk:
            await desk.object_to_hold(leg.id, words="还是不行", by=LIN, now=stage.now)


async def test_what_was_taken_up_meanwhile_says_by_whom(stage):
    leg = await held(stage)
    async with stage.desk() as desk:
        await desk.take_up(leg.id, by=LI, now=stage.now)

    with pytest.raises(AlreadyDone) as refusal:
        async with stage.desk() as desk:
            await desk.reach_milestone(leg.id, 0, by=LI, now=stage.now)
    assert refusal.value.facts["name"] == LI.name


async def test_on_hold_the_agency_still_speaks_and_does_not_resolve(stage):
    leg = await held(stage)
    async with stage.desk() as desk:
        await desk.progress(leg.id, words("设计完成了"), by=LI, now=stage.now)

    with pytest.raises(NotAllowedNow):
        async with stage.desk() as desk:
            await desk.resolve(
                leg.id,
                conclusion=Conclusion.EXPLAINED,
                pieces=words("先这样"),
                by=LI,
                now=stage.now,
            )


@pytest.mark.parametrize(
    ("changed", "lack"),
    [
        ({"milestones": ()}, Lack.STEPS),
        ({"milestones": (Milestone("", FIRST),)}, Lack.STEPS),
        ({"milestones": (Milestone("立项", MONDAY - DAY),)}, Lack.PAST),
        ({"leader": " "}, Lack.LEADER),
        ({"review_due": MONDAY + 31 * DAY}, Lack.REVIEW),
        ({"review_due": MONDAY - DAY}, Lack.REVIEW),
    ],
)
async def test_a_plan_that_promises_nothing_is_refused(stage, changed, lack):
    leg = await taken(stage)

    with pytest.raises(BadPlan) as refusal:
        await proposed(stage, leg, **changed)
    assert refusal.value.facts["lack"] is lack


async def test_a_leg_that_called_up_is_not_put_on_hold(stage):
    leg = await taken(stage)
    async with stage.desk() as desk:
        await desk.call_up(leg.id, target=STREET, pieces=words("先围了"), by=LI, now=stage.now)

    with pytest.raises(ChildrenOpen):
        await proposed(stage, leg)


async def test_who_called_up_waits_for_the_review_and_tells_the_caller(stage):
    leg = await taken(stage)
    async with stage.desk() as desk:
        child = await desk.call_up(
            leg.id, target=STREET, pieces=words("先围了"), by=LI, now=stage.now
        )
        child = await desk.acknowledge(child.id, by=LIANG, now=stage.now)
    await proposed(stage, child, by=LIANG)
    await stage.owed()

    await approved(stage, child, DENG)

    assert (await current(stage, leg)).finish_due > PLAN.review_due
    assert (LIN.account, "move_date") in await stage.told()


async def taken(stage: Stage, **more):
    call = await stage.raised(**more)
    async with stage.desk() as desk:
        return await desk.acknowledge((await stage.leg(call)).id, by=LI, now=stage.now)


async def proposed(stage: Stage, leg, by=LI, **changed):
    async with stage.desk() as desk:
        return await desk.propose_hold(
            leg.id, replace(PLAN, **changed), pieces=words("等专项资金"), by=by, now=stage.now
        )


async def approved(stage: Stage, leg, by):
    async with stage.desk() as desk:
        return await desk.approve(leg.id, by=by, now=stage.now)


async def held(stage: Stage, **changed):
    leg = await taken(stage)
    await proposed(stage, leg, **changed)
    await approved(stage, leg, LIANG)
    return await approved(stage, leg, DENG)


async def current(stage: Stage, leg):
    async with stage.units.begin() as work:
        return await work.legs.get(leg.id)
