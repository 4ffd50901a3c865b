"""Questions to the caller: the clock waits, the caller is reminded, used time stays used."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.call import Origin
from core.errors import AskedEnough, NotAllowedNow, NothingSaid, NotYourPart
from core.leg import Leg
from core.lifecycle import Action, Outcome, Status
from core.outgoing import Kind
from core.quarters import QUARTER
from tests.core.playing import (
    CHATS,
    COMMUNITY,
    LI,
    LIANG,
    LIN,
    MONDAY,
    STREET,
    Stage,
    photo,
    words,
)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LITTER, FLOOD, NOISE = "1", "11", "13"


@pytest.fixture
async def stage(units) -> Stage:
    """Everybody is where they belong, on a plain Monday; on every store."""
    return await Stage(units).set_up()


async def asked(stage: Stage, **more) -> Leg:
    """Lin is not sure what it is, and an hour later Li asks."""
    call = await stage.raised(sure=False, **more)
    stage.now += HOUR
    return await ask(stage, (await stage.leg(call)).id)


async def ask(stage: Stage, leg_id: int, said: str = "坏了几盏？") -> Leg:
    """Li puts one question."""
    async with stage.desk() as desk:
        return await desk.ask(leg_id, words(said), by=LI, now=stage.now)


async def inquired(stage: Stage) -> Leg:
    """Li has taken it, and two hours later asks."""
    call = await stage.raised()
    async with stage.desk() as desk:
        leg = await desk.acknowledge((await stage.leg(call)).id, by=LI, now=stage.now)
    stage.now += 4 * HOUR
    async with stage.desk() as desk:
        return await desk.inquire(leg.id, words("哪一栋？"), by=LI, now=stage.now)


async def answers(stage: Stage, leg_id: int, said: str = "三盏") -> Leg:
    """Lin says something more."""
    async with stage.desk() as desk:
        return await desk.add(leg_id, words(said), by=LIN, now=stage.now)


async def now_is(stage: Stage, leg_id: int) -> Leg:
    """The leg as it stands."""
    async with stage.units.begin() as work:
        return await work.legs.get(leg_id)


async def test_a_question_reaches_the_caller_and_stops_the_triage_clock(stage):
    leg = await asked(stage)

    assert (leg.status, leg.asks, leg.paused_from) == (Status.NEED_INFO, 1, Status.TRIAGE)
    assert leg.info_due == stage.now + 3 * DAY
    assert (LIN.account, "ask") in await stage.told()
    await stage.tick(leg.triage_due + HOUR)
    assert (await now_is(stage, leg.id)).status is Status.NEED_INFO


async def test_the_answer_gives_back_what_was_left_of_the_clock(stage):
    leg = await asked(stage)
    assert leg.triage_due - stage.now == HOUR
    stage.now += DAY
    await stage.owed()

    back = await answers(stage, leg.id)

    assert (back.status, back.paused_at, back.info_due) == (Status.TRIAGE, None, None)
    assert back.triage_due == stage.now + HOUR
    assert await stage.told() == [(CHATS[COMMUNITY], "answer")]


async def test_an_answer_edited_afterwards_reaches_the_group_as_a_correction(stage):
    leg, said = await asked(stage), Origin(LIN.account, 77)
    async with stage.desk() as desk:
        await desk.add(leg.id, words("三盏"), by=LIN, now=stage.now, origin=said)
    await stage.owed()

    async with stage.desk() as desk:
        (piece,) = words("四盏")
        await desk.amend(piece, origin=said, by=LIN, now=stage.now)

    assert await stage.told() == [(CHATS[COMMUNITY], "amend")]


@pytest.mark.conformance
async def test_4_an_answer_by_any_path_takes_the_matter_up_again(stage):
    leg = await asked(stage)
    async with stage.desk() as desk:
        back = await desk.add(leg.id, photo(), by=LIN, now=stage.now)

    assert back.status is Status.TRIAGE
    assert back.next_due == back.triage_due


async def test_what_comes_after_the_answer_is_only_more(stage):
    leg = await asked(stage)
    await answers(stage, leg.id)
    again = await answers(stage, leg.id, "都在东侧")

    entries = await _entries(stage, again.call_id)
    assert [e.action for e in entries[-2:]] == [Action.ANSWER, Action.ADD]


async def test_two_questions_and_no_third(stage):
    leg = await asked(stage)
    await answers(stage, leg.id)
    await ask(stage, leg.id, "灯杆编号是多少？")
    await answers(stage, leg.id)

    with pytest.raises(AskedEnough):
        await ask(stage, leg.id, "什么颜色？")


async def test_an_empty_question_is_not_put(stage):
    leg = await stage.leg(await stage.raised(sure=False))

    with pytest.raises(NothingSaid):
        await ask(stage, leg.id, "？")


async def test_only_the_caller_answers(stage):
    leg = await asked(stage)

    with pytest.raises(NotYourPart):
        async with stage.desk() as desk:
            await desk.add(leg.id, words("三盏"), by=LIANG, now=stage.now)


@pytest.mark.conformance
async def test_4_who_edits_an_earlier_answer_while_asked_again_has_answered(stage):
    leg, place = await asked(stage), Origin(LIN.account or 0, 5)
    async with stage.desk() as desk:
        await desk.add(leg.id, words("三盏"), by=LIN, now=stage.now, origin=place)
    await ask(stage, leg.id, "三盏都在哪里？")
    await stage.owed()

    async with stage.desk() as desk:
        said = words("三盏，都在三栋门口")[0]
        back = await desk.amend(said, origin=place, by=LIN, now=stage.now)

    assert back.status is Status.TRIAGE
    assert await stage.told() == [(CHATS[COMMUNITY], "answer")]


@pytest.mark.conformance
async def test_3_a_silent_caller_is_reminded_twice_and_the_agency_never(stage):
    leg = await asked(stage)
    await stage.owed()
    told = []
    for _ in range(3):
        await stage.tick((await now_is(stage, leg.id)).next_due)
        told.append((stage.now, await stage.told()))

    first, second, third = told
    assert first == (MONDAY + HOUR + DAY, [(LIN.account, "remind_info")])
    assert second == (MONDAY + HOUR + 2 * DAY, [(LIN.account, "remind_info")])
    assert third[0] == leg.info_due
    assert sorted(third[1]) == [(CHATS[COMMUNITY], "no_reply"), (LIN.account, "no_reply")]


async def test_an_outage_over_all_reminders_ends_it_at_once(stage):
    leg = await asked(stage)
    await stage.owed()
    await stage.tick(leg.info_due + DAY)

    closed = await now_is(stage, leg.id)
    assert (closed.status, closed.outcome) == (Status.CLOSED, Outcome.NO_REPLY)
    assert {what for _who, what in await stage.told()} == {"no_reply"}


async def test_without_an_answer_what_was_taken_goes_on(stage):
    leg = await inquired(stage)
    await stage.tick(leg.info_due)

    on = await now_is(stage, leg.id)
    assert (on.status, on.outcome) == (Status.IN_PROGRESS, None)
    assert on.finish_due == leg.finish_due + 3 * DAY


async def test_a_question_on_the_way_is_a_contact_and_is_put_once(stage):
    leg = await inquired(stage)
    assert leg.contacted_at == stage.now
    back = await answers(stage, leg.id)

    assert back.status is Status.IN_PROGRESS
    with pytest.raises(AskedEnough):
        async with stage.desk() as desk:
            await desk.inquire(leg.id, words("哪一层？"), by=LI, now=stage.now)


async def test_a_paused_leg_is_not_nudged(stage):
    leg = await inquired(stage)
    await stage.owed()
    await stage.tick(leg.info_due - HOUR)

    assert {what for _who, what in await stage.told()} == {"remind_info"}


async def test_what_was_left_before_the_question_is_left_after_the_answer(stage):
    leg = await inquired(stage)
    calendar = stage.district.calendar
    left = calendar.used(stage.now, leg.finish_due)
    stage.now += DAY + 2 * HOUR

    back = await answers(stage, leg.id)

    assert calendar.used(stage.now, back.finish_due) == left


async def test_a_nudge_at_four_fifths_of_the_limit_counts_no_pause(stage):
    leg = await inquired(stage)
    calendar = stage.district.calendar
    limit = calendar.used(leg.dispatched_at, leg.finish_due)
    stage.now += 2 * DAY
    back = await answers(stage, leg.id)
    await stage.owed()
    await stage.tick(back.next_due)
    if (CHATS[COMMUNITY], "nudge") not in await stage.told():  # its caller hears a word first
        await stage.tick((await now_is(stage, leg.id)).next_due)
        assert (CHATS[COMMUNITY], "nudge") in await stage.told()

    assert timedelta() <= limit / 5 - calendar.used(stage.now, back.finish_due) < QUARTER


@pytest.mark.conformance
async def test_5_a_change_of_item_after_a_pause_keeps_the_used_time(stage):
    leg = await inquired(stage)
    calendar = stage.district.calendar
    used = calendar.used(leg.dispatched_at, stage.now)
    stage.now += DAY + 2 * HOUR
    await answers(stage, leg.id)
    async with stage.desk() as desk:
        changed = await desk.reclass(leg.id, item=NOISE, by=LIANG, now=stage.now)

    limit = 10 * calendar.day_length  # ten working days, capped at fifteen days
    assert calendar.used(stage.now, changed.finish_due) == limit - used


async def test_a_question_before_dispatch_takes_nothing_from_what_comes_after_it(stage):
    leg = await asked(stage)
    stage.now += DAY
    await answers(stage, leg.id)
    async with stage.desk() as desk:
        given = await desk.admit(leg.id, by=LI, now=stage.now)
        changed = await desk.reclass(leg.id, item=LITTER, by=LI, now=stage.now)

    assert changed.finish_due == given.finish_due


async def test_urgent_clocks_wait_hour_by_hour(stage):
    call = await stage.raised(item=FLOOD, sure=False)
    leg = await ask(stage, (await stage.leg(call)).id)
    stage.now += 5 * HOUR
    back = await answers(stage, leg.id)

    assert back.triage_due == stage.now + timedelta(minutes=10)


async def test_what_was_late_before_the_question_is_as_late_after_it(stage):
    call = await stage.raised()
    async with stage.desk() as desk:
        taken = await desk.acknowledge((await stage.leg(call)).id, by=LI, now=stage.now)
    stage.now = taken.finish_due + HOUR
    async with stage.desk() as desk:
        leg = await desk.inquire(taken.id, words("还在吗？"), by=LI, now=stage.now)
    calendar = stage.district.calendar
    late = calendar.used(leg.finish_due, stage.now)
    stage.now += 2 * DAY

    back = await answers(stage, leg.id)

    assert calendar.used(back.finish_due, stage.now) == late


async def test_a_street_that_asks_gives_the_community_below_the_time_it_waited(stage):
    call = await stage.raised()
    async with stage.desk() as desk:
        parent = await desk.acknowledge((await stage.leg(call)).id, by=LI, now=stage.now)
        child = await desk.call_up(
            parent.id, target=STREET, pieces=words("先围了起来"), by=LI, now=stage.now
        )
        await desk.acknowledge(child.id, by=LIANG, now=stage.now)
        before = (await desk.work.legs.get(parent.id)).finish_due
    await stage.owed()
    async with stage.desk() as desk:
        await desk.inquire(child.id, words("哪一段？"), by=LIANG, now=stage.now)
    assert await stage.told() == [(CHATS[COMMUNITY], "inquire")]
    stage.now += DAY
    async with stage.desk() as desk:
        await desk.add(child.id, words("东侧"), by=LI, now=stage.now)

    assert (await now_is(stage, parent.id)).finish_due == before + DAY


async def test_a_waiting_call_may_still_be_withdrawn_and_noted(stage):
    leg = await asked(stage)
    async with stage.desk() as desk:
        await desk.note(leg.id, words("再等等"), by=LI, now=stage.now)
        closed = await desk.withdraw(leg.call_id, by=LIN, now=stage.now)

    assert closed.closed_at == stage.now


async def test_the_card_changes_with_the_question_and_with_the_answer(stage):
    leg = await asked(stage)
    cards = [row for row in await stage.owed() if row.kind is Kind.CARD]
    await answers(stage, leg.id)

    assert cards
    assert [row.kind for row in await stage.owed()] == [Kind.CARD, Kind.NOTICE]


async def test_nothing_is_asked_once_it_is_dispatched(stage):
    leg = await stage.leg(await stage.raised())

    with pytest.raises(NotAllowedNow):
        await ask(stage, leg.id)


async def _entries(stage: Stage, call_id: int):
    async with stage.units.read() as work:
        return await work.journal.of_call(call_id)
