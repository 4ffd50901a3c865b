"""What may still happen to a closed call: reopened, called anew, asked about (rows 36, 37)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.call import Link
from core.errors import (
    AlreadyDone,
    NotAllowedNow,
    NothingSaid,
    NotYourPart,
    ReopenedBefore,
    TooLateToReopen,
)
from core.holding import HoldGround, HoldPlan
from core.leg import Leg
from core.lifecycle import Action, Outcome, Status
from core.rating import Conclusion, Verdict
from core.returning import Ground
from tests.core.playing import (
    CHATS,
    COMMUNITY,
    DENG,
    LAMP,
    LI,
    LIANG,
    LIGHTS,
    LIN,
    STRANGER,
    TAN,
    Stage,
    photo,
    words,
)

MOSQUITOES = "28"
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
async def stage(units) -> Stage:
    """Everybody is where they belong, on a plain Monday; on every store."""
    return await Stage(units).set_up()


async def closed(stage: Stage, item: str = LAMP, verdict: Verdict = Verdict.SOLVED) -> Leg:
    """A call that was answered and rated."""
    call = await stage.raised(item=item)
    return await closed_again(stage, await stage.leg(call), verdict)


async def closed_again(stage: Stage, leg: Leg, verdict: Verdict = Verdict.SOLVED) -> Leg:
    async with stage.desk() as desk:
        await desk.acknowledge(leg.id, by=LI, now=stage.now)
        await desk.resolve(
            leg.id, conclusion=Conclusion.SOLVED, pieces=photo("好了"), by=LI, now=stage.now
        )
        await desk.rate(leg.id, verdict=verdict, stars=4, by=LIN, now=stage.now)
        return await desk.work.legs.get(leg.id)


async def reopened(stage: Stage, leg: Leg, *, by=LIN) -> Leg:
    async with stage.desk() as desk:
        return await desk.reopen(leg.id, words("又不亮了"), by=by, now=stage.now)


async def test_a_closed_call_is_reopened_by_its_caller_and_goes_back_at_once(stage):
    leg = await closed(stage)
    await stage.owed()
    stage.now += 14 * DAY

    again = await reopened(stage, leg)

    assert (again.status, again.agency, again.outcome) == (Status.DISPATCHED, COMMUNITY, None)
    assert again.finish_due > stage.now
    assert again.signed_at is None
    async with stage.units.begin() as work:
        assert (await work.calls.get(leg.call_id)).closed_at is None
    assert await stage.told() == [(CHATS[COMMUNITY], "reopen")]


async def test_a_pause_and_a_plan_of_the_earlier_life_are_gone(stage):
    leg = await closed(stage)
    plan = HoldPlan(HoldGround.MONEY, "等拨款", "林主任", (), stage.now + DAY)
    async with stage.units.begin() as work:
        held = replace(leg, plan=plan, paused_at=stage.now, paused_from=Status.IN_PROGRESS)
        await work.legs.save(held)

    again = await reopened(stage, leg)

    assert (again.plan, again.paused_at, again.paused_from) == (None, None, None)
    assert again.next_due < again.sign_due


async def test_a_reopened_leg_may_ask_for_more_time_again_and_is_not_returned_twice(stage):
    leg = await closed(stage)
    async with stage.desk() as desk:
        await desk.work.legs.save(replace(leg, extended=1, returns=1))

    again = await reopened(stage, leg)

    assert (again.extended, again.returns) == (0, 1)


async def test_what_was_reopened_is_answered_and_rated_anew(stage):
    leg = await closed(stage)
    await reopened(stage, leg)

    again = await closed_again(stage, leg, Verdict.PARTLY)

    async with stage.units.begin() as work:
        rounds = [rating.round for rating in await work.ratings.of_leg(leg.id)]
    assert (again.outcome, rounds) == (Outcome.PARTLY, [1, 2])


async def test_reopening_is_for_fifteen_days(stage):
    leg = await closed(stage)
    stage.now += 15 * DAY + timedelta(minutes=1)

    with pytest.raises(TooLateToReopen):
        await reopened(stage, leg)


async def test_reopening_is_possible_once(stage):
    leg = await closed(stage)
    await reopened(stage, leg)
    await closed_again(stage, leg)

    with pytest.raises(ReopenedBefore):
        await reopened(stage, leg)


@pytest.mark.parametrize("who", [LI, DENG, STRANGER])
async def test_nobody_else_reopens_in_the_callers_name(stage, who):
    leg = await closed(stage)

    with pytest.raises(NotYourPart):
        await reopened(stage, leg, by=who)


async def test_an_open_call_is_not_reopened(stage):
    leg = await stage.leg(await stage.raised())

    with pytest.raises(NotAllowedNow):
        await reopened(stage, leg)


async def test_a_leg_that_was_passed_on_is_not_reopened(stage):
    leg = await stage.leg(await stage.raised())
    async with stage.desk() as desk:
        await desk.return_leg(
            leg.id, ground=Ground.DUTY, proposed=LIGHTS, pieces=(), by=LI, now=stage.now
        )
        await desk.agree_return(leg.id, by=LIANG, now=stage.now)

    with pytest.raises(NotAllowedNow):
        await reopened(stage, leg)


async def test_the_district_reopens_at_any_time_and_says_why(stage):
    leg = await closed(stage)
    stage.now += 200 * DAY
    await stage.owed()
    with pytest.raises(NothingSaid):
        async with stage.desk() as desk:
            await desk.reopen_by_hand(leg.id, (), by=DENG, now=stage.now)

    async with stage.desk() as desk:
        again = await desk.reopen_by_hand(leg.id, words("领导批示"), by=DENG, now=stage.now)

    assert again.status is Status.DISPATCHED
    assert sorted(await stage.told()) == [
        (CHATS[COMMUNITY], "reopen_by_hand"),
        (LIN.account, "reopen_by_hand"),
    ]


async def test_the_street_takes_up_again_what_its_communities_closed(stage):
    leg = await closed(stage)
    stage.now += 200 * DAY
    await stage.owed()

    async with stage.desk() as desk:
        again = await desk.reopen_by_hand(leg.id, words("再看看"), by=LIANG, now=stage.now)

    assert again.status is Status.DISPATCHED
    assert sorted(await stage.told()) == [
        (CHATS[COMMUNITY], "reopen_above"),
        (LIN.account, "reopen_above"),
    ]


@pytest.mark.parametrize("who", [LI, TAN, LIN])
async def test_nobody_else_reopens_by_hand(stage, who):
    leg = await closed(stage)

    with pytest.raises(NotYourPart):
        async with stage.desk() as desk:
            await desk.reopen_by_hand(leg.id, words("再看看"), by=who, now=stage.now)


async def test_later_it_is_a_new_call_linked_to_the_old_one(stage):
    leg = await closed(stage)
    stage.now += 40 * DAY
    async with stage.desk() as desk:
        new = await desk.raise_again(
            leg.id, words("又不亮了"), draft_id="again", by=LIN, now=stage.now
        )

    async with stage.units.begin() as work:
        old, stored = await work.calls.get(leg.call_id), await work.calls.get(new.id)
        assert (await work.legs.get(leg.id)).status is Status.CLOSED
    assert (stored.linked, stored.link) == (old.id, Link.REBOUND)
    assert (stored.item, stored.community, stored.words) == (old.item, old.community, "又不亮了")
    assert (await stage.leg(stored)).status is Status.DISPATCHED


async def test_a_second_press_finds_the_new_call_of_the_first(stage):
    leg = await closed(stage)
    numbers = []
    for _ in range(2):
        async with stage.desk() as desk:
            call = await desk.raise_again(leg.id, (), draft_id="again", by=LIN, now=stage.now)
        numbers.append(call.number)

    assert numbers[0] == numbers[1]
    assert call.words == "楼下的路灯不亮"


async def test_nobody_calls_anew_about_somebody_elses_call(stage):
    leg = await closed(stage)

    with pytest.raises(NotYourPart):
        async with stage.desk() as desk:
            await desk.raise_again(leg.id, (), draft_id="again", by=STRANGER, now=stage.now)


async def test_marked_items_are_asked_about_once_after_four_weeks(stage):
    leg = await closed(stage, MOSQUITOES)
    await stage.owed()
    assert leg.next_due == leg.look_back_due == stage.now + 28 * DAY

    await stage.tick(leg.look_back_due)

    assert await stage.told() == [(LIN.account, "look_back")]
    assert await stage.tick(stage.now + 100 * DAY) == 0


async def test_who_rated_at_night_is_asked_in_the_morning(stage):
    stage.now += 15 * HOUR  # one in the night
    leg = await closed(stage, MOSQUITOES)

    assert leg.look_back_due == stage.now + 28 * DAY
    assert leg.next_due == stage.now + 28 * DAY + 8 * HOUR


async def test_what_was_not_solved_is_not_asked_about(stage):
    assert (await closed(stage, MOSQUITOES, Verdict.UNSOLVED)).next_due is None


async def test_what_was_reopened_meanwhile_is_not_asked_about(stage):
    leg = await closed(stage, MOSQUITOES)

    assert (await reopened(stage, leg)).look_back_due is None


async def test_still_good_is_said_once(stage):
    leg = await closed(stage, MOSQUITOES)
    await stage.tick(leg.look_back_due)
    async with stage.desk() as desk:
        await desk.still_good(leg.id, by=LIN, now=stage.now)

    with pytest.raises(AlreadyDone):
        async with stage.desk() as desk:
            await desk.still_good(leg.id, by=LIN, now=stage.now)
    async with stage.units.begin() as work:
        entries = await work.journal.of_call(leg.call_id)
    assert entries[-1].action is Action.STILL_GOOD
