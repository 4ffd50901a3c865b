"""Somebody else looks whether it is done, before the caller's word counts (rows 31 to 34)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.errors import AlreadyDone, NothingSaid, NotYourPart, PhotoMissing, ReworkedEnough
from core.leg import Leg
from core.lifecycle import Action, Outcome, Status
from core.rating import Conclusion, Verdict
from core.verifying import drawn, to_be_verified, verifier
from tests.builders import a_call
from tests.core.playing import (
    CHATS,
    COMMUNITY,
    DISTRICT,
    LAMP,
    LI,
    LIANG,
    LIGHTS,
    LIN,
    STREET,
    TAN,
    Stage,
    liwan,
    photo,
    words,
)

DRAIN, STALLS = "11", "2"
TREE = liwan().tree


@pytest.fixture
async def stage(units) -> Stage:
    """Everybody is where they belong, on a plain Monday; on every store."""
    return await Stage(units).set_up()


async def answered(stage: Stage, item: str = DRAIN) -> Leg:
    """A call the community says it has done."""
    call = await stage.raised(item=item)
    leg = await stage.leg(call)
    async with stage.desk() as desk:
        await desk.acknowledge(leg.id, by=LI, now=stage.now)
    return await answered_again(stage, leg.id)


async def answered_again(stage: Stage, leg_id: int) -> Leg:
    async with stage.desk() as desk:
        return await desk.resolve(
            leg_id, conclusion=Conclusion.SOLVED, pieces=photo("好了"), by=LI, now=stage.now
        )


async def failed(stage: Stage, leg_id: int, *, nothing_done: bool = False) -> Leg:
    async with stage.desk() as desk:
        return await desk.fail_verification(
            leg_id, nothing_done=nothing_done, pieces=photo("还有水"), by=LIANG, now=stage.now
        )


@pytest.mark.parametrize(
    ("item", "urgency", "looked_at"),
    [(DRAIN, "P1", True), (STALLS, "P2", True), (LAMP, "P2", False), (LAMP, "P0", True)],
)
def test_urgent_calls_and_marked_items_are_looked_at(item, urgency, looked_at):
    call = replace(a_call(item=item), id=1, urgency=urgency)

    assert to_be_verified(call, liwan().catalogue.get(item)) is looked_at


def test_one_of_ten_others_is_looked_at_and_always_the_same():
    lots = [drawn(replace(a_call(), id=number)) for number in range(1, 10_001)]

    assert 900 < sum(lots) < 1100
    assert not any(lots[:60]), "whoever tries the service out meets the plain story first"
    assert lots == [drawn(replace(a_call(), id=number)) for number in range(1, 10_001)]


@pytest.mark.parametrize(
    ("answering", "looks"), [(LIGHTS, COMMUNITY), (COMMUNITY, STREET), (DISTRICT, COMMUNITY)]
)
def test_who_looks_is_near_and_outside_the_agency(answering, looks):
    assert verifier(TREE, a_call(), answering) == TREE.get(looks)


async def test_an_answer_to_an_urgent_call_is_looked_at_first(stage):
    leg = await answered(stage)

    assert (leg.status, leg.verifier) == (Status.VERIFYING, STREET)
    assert leg.verify_due == stage.now + timedelta(days=2)
    told = await stage.told()
    assert (CHATS[STREET], "verify") in told
    assert told.count((LIN.account, "resolve")) == 1


async def test_where_nobody_near_has_a_group_the_district_looks(units):
    stage = await Stage(units).set_up(bound=(COMMUNITY, DISTRICT))

    assert (await answered(stage)).verifier == DISTRICT


async def test_where_nobody_else_has_a_group_the_caller_alone_judges(units):
    stage = await Stage(units).set_up(bound=(COMMUNITY,))

    assert (await answered(stage)).status is Status.RESOLVED


async def test_a_leg_that_was_called_up_is_looked_at_by_who_called(stage):
    call = await stage.raised(item=DRAIN)
    leg = await stage.leg(call)
    async with stage.desk() as desk:
        await desk.acknowledge(leg.id, by=LI, now=stage.now)
        child = await desk.call_up(
            leg.id, target=STREET, pieces=words("已设围挡"), by=LI, now=stage.now
        )
        await desk.acknowledge(child.id, by=LIANG, now=stage.now)
        done = await desk.resolve(
            child.id, conclusion=Conclusion.SOLVED, pieces=words("好了"), by=LIANG, now=stage.now
        )

    assert done.status is Status.RESOLVED


async def test_passed_the_caller_is_asked_and_has_the_full_time_to_rate(stage):
    leg = await answered(stage)
    stage.now += timedelta(days=2) - timedelta(hours=1)
    await stage.owed()
    async with stage.desk() as desk:
        passed = await desk.pass_verification(leg.id, by=LIANG, now=stage.now)

    assert passed.status is Status.RESOLVED
    assert passed.next_due == stage.now + timedelta(days=3)
    assert sorted(await stage.told()) == [(CHATS[COMMUNITY], "pass"), (LIN.account, "pass")]


@pytest.mark.parametrize("who", [LI, TAN, LIN])
async def test_nobody_else_passes_it(stage, who):
    leg = await answered(stage)

    with pytest.raises(NotYourPart):
        async with stage.desk() as desk:
            await desk.pass_verification(leg.id, by=who, now=stage.now)


async def test_the_second_who_looks_hears_who_was_first(stage):
    leg = await answered(stage)
    async with stage.desk() as desk:
        await desk.pass_verification(leg.id, by=LIANG, now=stage.now, version=leg.version)

    with pytest.raises(AlreadyDone) as refusal:
        async with stage.desk() as desk:
            await desk.pass_verification(leg.id, by=LIANG, now=stage.now, version=leg.version)
    assert refusal.value.facts["action"] is Action.PASS


async def test_not_done_goes_back_to_the_agency_with_half_the_time(stage):
    leg = await answered(stage)
    await stage.owed()

    back = await failed(stage, leg.id)

    assert (back.status, back.rework, back.false_closings) == (Status.IN_PROGRESS, 1, 0)
    assert back.finish_due == stage.now + timedelta(hours=12)
    assert sorted(await stage.told()) == [(CHATS[COMMUNITY], "fail"), (LIN.account, "fail")]


async def test_nothing_done_at_all_is_a_false_closing(stage):
    leg = await answered(stage)

    assert (await failed(stage, leg.id, nothing_done=True)).false_closings == 1


@pytest.mark.parametrize(
    ("said", "wanting"), [(words("没办"), PhotoMissing), (photo(), NothingSaid)]
)
async def test_not_done_needs_words_and_a_photo(stage, said, wanting):
    leg = await answered(stage)

    with pytest.raises(wanting):
        async with stage.desk() as desk:
            await desk.fail_verification(
                leg.id, nothing_done=False, pieces=said, by=LIANG, now=stage.now
            )


async def test_nobody_looked_for_two_days_and_the_caller_alone_judges(stage):
    leg = await answered(stage)
    await stage.owed()

    await stage.tick(leg.verify_due)

    async with stage.units.begin() as work:
        assert (await work.legs.get(leg.id)).status is Status.RESOLVED
    assert {told for _, told in await stage.told()} == {"pass_unseen"}


async def test_a_rating_meanwhile_waits_and_closes_the_call_when_it_passes(stage):
    leg = await answered(stage)
    async with stage.desk() as desk:
        waiting = await desk.rate(
            leg.id, verdict=Verdict.SOLVED, stars=5, words="快", by=LIN, now=stage.now
        )
    assert waiting.status is Status.VERIFYING

    async with stage.desk() as desk:
        closed = await desk.pass_verification(leg.id, by=LIANG, now=stage.now)

    assert (closed.status, closed.outcome) == (Status.CLOSED, Outcome.SOLVED)
    async with stage.units.begin() as work:
        (only,) = await work.ratings.of_leg(leg.id)
        assert (await work.calls.get(leg.call_id)).closed_at == stage.now
    assert (only.stars, only.words) == (5, "快")


async def test_a_rework_asked_for_meanwhile_happens_when_it_passes(stage):
    leg = await answered(stage)
    async with stage.desk() as desk:
        await desk.rework(leg.id, words="还有水", by=LIN, now=stage.now)
        again = await desk.pass_verification(leg.id, by=LIANG, now=stage.now)

    assert (again.status, again.rework) == (Status.IN_PROGRESS, 1)


async def test_a_rating_of_what_did_not_pass_counts_for_nothing(stage):
    leg = await answered(stage)
    async with stage.desk() as desk:
        await desk.rate(leg.id, verdict=Verdict.SOLVED, stars=5, by=LIN, now=stage.now)
    await failed(stage, leg.id)
    second = await answered_again(stage, leg.id)
    async with stage.desk() as desk:
        passed = await desk.pass_verification(second.id, by=LIANG, now=stage.now)
        closed = await desk.rate(leg.id, verdict=Verdict.PARTLY, stars=3, by=LIN, now=stage.now)

    assert passed.status is Status.RESOLVED
    assert closed.outcome is Outcome.PARTLY


async def test_nobody_rates_twice_while_somebody_looks(stage):
    leg = await answered(stage)
    async with stage.desk() as desk:
        await desk.rate(leg.id, verdict=Verdict.SOLVED, stars=5, by=LIN, now=stage.now)

    with pytest.raises(AlreadyDone):
        async with stage.desk() as desk:
            await desk.rate(leg.id, verdict=Verdict.PARTLY, stars=1, by=LIN, now=stage.now)


async def test_a_button_drawn_before_the_verification_still_rates_the_answer(stage):
    leg = await answered(stage)
    async with stage.desk() as desk:
        await desk.pass_verification(leg.id, by=LIANG, now=stage.now)
        closed = await desk.rate(
            leg.id,
            verdict=Verdict.SOLVED,
            stars=4,
            by=LIN,
            now=stage.now,
            version=leg.version - 1,
        )

    assert closed.outcome is Outcome.SOLVED


async def test_a_button_of_the_answer_before_the_rework_rates_nothing(stage):
    first = await answered(stage)
    await failed(stage, first.id)
    await answered_again(stage, first.id)

    with pytest.raises(AlreadyDone):
        async with stage.desk() as desk:
            await desk.rate(
                first.id,
                verdict=Verdict.SOLVED,
                stars=4,
                by=LIN,
                now=stage.now,
                version=first.version,
            )


async def test_the_third_rework_is_the_last_and_pressed(stage):
    leg = await answered(stage, LAMP)
    for _ in range(3):
        async with stage.desk() as desk:
            again = await desk.rework(leg.id, by=LIN, now=stage.now)
        await answered_again(stage, leg.id)

    assert again.rework == 3
    assert again.pressed_at == stage.now
    with pytest.raises(ReworkedEnough):
        async with stage.desk() as desk:
            await desk.rework(leg.id, by=LIN, now=stage.now)
    async with stage.desk() as desk:
        ended = await desk.rate(leg.id, verdict=Verdict.UNSOLVED, stars=1, by=LIN, now=stage.now)
    assert ended.outcome is Outcome.UNSOLVED


async def test_what_is_pressed_is_answered_in_writing(stage):
    leg = await answered(stage, LAMP)
    async with stage.desk() as desk:
        await desk.rework(leg.id, by=LIN, now=stage.now)
    async with stage.units.begin() as work:
        one = await work.legs.get(leg.id)
        await work.legs.save(replace(one, pressed_at=stage.now))

    with pytest.raises(NothingSaid):
        async with stage.desk() as desk:
            await desk.resolve(
                leg.id, conclusion=Conclusion.SOLVED, pieces=photo(), by=LI, now=stage.now
            )


async def test_who_is_to_look_is_reminded_once_before_the_time_is_over(stage):
    leg = await answered(stage)
    await stage.owed()

    reminded = []
    for hour in range(1, 49):
        now = leg.resolved_at + timedelta(hours=hour)
        await stage.tick(now)
        if (CHATS[STREET], "remind_verifier") in await stage.told():
            reminded.append(now)

    (once,) = reminded
    calendar = stage.district.calendar
    assert 0.8 <= calendar.used(leg.resolved_at, once) / (2 * calendar.day_length) < 0.9
