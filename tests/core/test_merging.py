"""Two calls about one matter become one, and nobody who waits is forgotten (row 12)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.call import Link, NewCall
from core.errors import NotAllowedNow, NotMergeable, NotYourPart, PartedTooLate
from core.lifecycle import Outcome, Status
from core.merging import Apart
from core.people import Actor
from core.rating import Conclusion
from tests.core.playing import (
    CHATS,
    COMMUNITY,
    DENG,
    LAMP,
    LI,
    LIANG,
    LIN,
    STRANGER,
    STREET,
    Stage,
    photo,
    words,
)

HO, MEI = Actor(5001, "何伯"), Actor(5002, "梅姐")


@pytest.fixture
async def stage(units) -> Stage:
    """Everybody is where they belong, on a plain Monday; on every store."""
    return await Stage(units).set_up()


async def two(stage: Stage, item: str = LAMP, **more):
    """Lin and Ho raise the same lamp."""
    main = await stage.raised()
    new = NewCall("by Ho", item, COMMUNITY, words("三号楼前面没有灯"), **more)
    async with stage.desk() as desk:
        return main, await desk.raise_call(new, by=HO, now=stage.now)


async def merged(stage: Stage, other, main, by=LI):
    leg = await stage.leg(other)
    async with stage.desk() as desk:
        return await desk.merge(leg.id, into=main.id, by=by, now=stage.now, version=leg.version)


async def joined(stage: Stage):
    """Ho's call, with Mei beside it, went into Lin's."""
    main, other = await two(stage)
    async with stage.desk() as desk:
        await desk.support(other.id, pieces=words("我也看见了"), by=MEI, now=stage.now)
    await stage.owed()
    await merged(stage, other, main)
    return main, other


async def parted(stage: Stage, other, by=HO):
    leg = await stage.leg(other)
    async with stage.desk() as desk:
        return await desk.part(leg.id, by=by, now=stage.now)


async def test_the_merged_call_closes_as_a_duplicate_of_the_main_one(stage):
    main, other = await joined(stage)

    view = await stage.call(other)
    assert (view.main.leg.status, view.main.leg.outcome) == (Status.CLOSED, Outcome.DUPLICATE)
    assert (view.call.linked, view.call.link) == (main.id, Link.MERGED)
    assert view.call.closed_at == stage.now


async def test_both_callers_sides_and_the_main_agency_hear_of_it(stage):
    await joined(stage)

    assert sorted(await stage.told()) == [
        (CHATS[COMMUNITY], "joined"),
        (HO.account, "merge"),
        (MEI.account, "merge"),
    ]


async def test_what_was_said_goes_along(stage):
    main, other = await joined(stage)

    entry = (await stage.call(main)).entries[-1]
    assert entry.pieces == other.pieces
    assert entry.facts["number"] == other.number


@pytest.mark.conformance
async def test_15_a_merge_leaves_every_supporter_subscribed(stage):
    main, _ = await joined(stage)
    await stage.owed()
    leg = await stage.leg(main)
    async with stage.desk() as desk:
        await desk.acknowledge(leg.id, by=LI, now=stage.now)

    assert (await stage.call(main)).call.supporters == 2
    assert {chat for chat, _ in await stage.told()} == {LIN.account, HO.account, MEI.account}


async def test_whoever_stands_on_both_sides_hears_it_once(stage):
    main, other = await two(stage)
    async with stage.desk() as desk:
        await desk.support(main.id, pieces=words("同"), by=HO, now=stage.now)
        await desk.support(other.id, pieces=words("同"), by=LIN, now=stage.now)
    await merged(stage, other, main)

    assert (await stage.call(main)).call.supporters == 1


async def test_the_caller_takes_it_apart_and_it_goes_on_as_it_stood(stage):
    main, other = await two(stage)
    leg = await stage.leg(other)
    async with stage.desk() as desk:
        await desk.acknowledge(leg.id, by=LI, now=stage.now)
    await merged(stage, other, main)
    await stage.owed()

    moved = await parted(stage, other)

    view = await stage.call(other)
    assert (moved.status, moved.outcome, moved.closed_at) == (Status.IN_PROGRESS, None, None)
    assert (view.call.linked, view.call.closed_at) == (None, None)
    assert moved.next_due is not None
    assert (CHATS[COMMUNITY], "part") in await stage.told()


async def test_what_is_taken_apart_has_at_least_half_of_its_time(stage):
    _, other = await joined(stage)
    stage.now += timedelta(days=4)

    moved = await parted(stage, other)

    assert moved.finish_due > stage.now + timedelta(days=2)


async def test_those_who_came_by_the_merging_go_with_it(stage):
    main, other = await joined(stage)

    await parted(stage, other)

    assert (await stage.call(main)).call.supporters == 0
    assert (await stage.call(other)).call.supporters == 1


async def test_what_was_taken_apart_is_not_merged_again(stage):
    main, other = await joined(stage)
    await parted(stage, other)

    with pytest.raises(NotMergeable) as refusal:
        await merged(stage, other, main)
    assert refusal.value.facts["reason"] is Apart.PARTED


@pytest.mark.parametrize("who", [LIN, MEI, STRANGER, LI])
async def test_only_the_caller_takes_it_apart(stage, who):
    _, other = await joined(stage)

    with pytest.raises(NotYourPart):
        await parted(stage, other, by=who)


async def test_a_leg_that_was_called_up_for_it_takes_nothing_apart(stage):
    """Its caller is the agency that answers: to take the call apart is its resident's alone."""
    main, other = await two(stage)
    leg = await stage.leg(other)
    async with stage.desk() as desk:
        await desk.acknowledge(leg.id, by=LI, now=stage.now)
        await desk.call_up(leg.id, target=STREET, pieces=words("请街道"), by=LI, now=stage.now)
    await merged(stage, other, main)
    below = await stage.leg(other, 1)

    async with stage.desk() as desk:
        with pytest.raises(NotYourPart):
            await desk.part(below.id, by=LI, now=stage.now)
    assert (await stage.call(other)).call.closed_at is not None


async def test_it_is_taken_apart_within_five_working_days(stage):
    _, other = await joined(stage)
    stage.now += timedelta(days=9)

    with pytest.raises(PartedTooLate):
        await parted(stage, other)


async def test_what_was_never_merged_is_not_taken_apart(stage):
    _, other = await two(stage)
    async with stage.desk() as desk:
        await desk.withdraw(other.id, by=HO, now=stage.now)

    with pytest.raises(NotAllowedNow):
        await parted(stage, other)


async def test_those_who_were_called_up_for_it_end_with_it(stage):
    main, other = await two(stage)
    leg = await stage.leg(other)
    async with stage.desk() as desk:
        await desk.acknowledge(leg.id, by=LI, now=stage.now)
        await desk.call_up(leg.id, target=STREET, pieces=words("请街道"), by=LI, now=stage.now)

    await merged(stage, other, main)

    assert (await stage.leg(other, 1)).outcome is Outcome.DUPLICATE


@pytest.mark.parametrize("who", [LIN, HO, STRANGER, LIANG])
async def test_only_whoever_answers_merges(stage, who):
    main, other = await two(stage)

    with pytest.raises(NotYourPart):
        await merged(stage, other, main, by=who)


async def refused(stage: Stage, other, main) -> Apart:
    with pytest.raises(NotMergeable) as refusal:
        await merged(stage, other, main)
    return refusal.value.facts["reason"]


async def test_a_call_does_not_go_into_itself(stage):
    main, _ = await two(stage)

    assert await refused(stage, main, main) is Apart.SAME_CALL


async def test_what_is_urgent_does_not_go_into_what_is_less_so(stage):
    main, other = await two(stage, item="11")

    assert await refused(stage, other, main) is Apart.LESS_URGENT


async def test_nothing_goes_into_a_closed_call(stage):
    main, other = await two(stage)
    async with stage.desk() as desk:
        await desk.withdraw(main.id, by=LIN, now=stage.now)

    assert await refused(stage, other, main) is Apart.CLOSED


@pytest.mark.parametrize("side", [0, 1])
async def test_nothing_restricted_is_mixed(stage, side):
    calls = await two(stage)
    async with stage.units.begin() as work:
        await work.calls.save(replace(calls[side], restricted=True))

    assert await refused(stage, calls[1], calls[0]) is Apart.RESTRICTED


async def test_a_call_from_elsewhere_is_out_of_reach(stage):
    main, _ = await two(stage)
    elsewhere = NewCall("far", LAMP, "440103006101", words("没有灯"))
    async with stage.desk() as desk:
        far = await desk.raise_call(elsewhere, by=MEI, now=stage.now)

    assert await refused(stage, main, far) is Apart.ELSEWHERE


async def test_an_answered_call_is_judged_not_merged(stage):
    main, other = await two(stage)
    leg = await stage.leg(other)
    async with stage.desk() as desk:
        await desk.acknowledge(leg.id, by=LI, now=stage.now)
        await desk.resolve(
            leg.id, conclusion=Conclusion.SOLVED, pieces=photo("好了"), by=LI, now=stage.now
        )

    with pytest.raises(NotAllowedNow):
        await merged(stage, other, main)


async def test_the_district_takes_up_a_merged_call_by_itself(stage):
    main, other = await joined(stage)
    leg = await stage.leg(other)
    async with stage.desk() as desk:
        await desk.reopen_by_hand(leg.id, words("领导批示"), by=DENG, now=stage.now)

    view = await stage.call(other)
    assert (view.call.linked, view.main.leg.open) == (None, True)
    assert (await stage.call(main)).call.supporters == 0


async def test_as_many_as_press_a_call_may_also_come_by_merging(stage):
    main, other = await two(stage)
    for number in range(19):
        async with stage.desk() as desk:
            neighbour = Actor(6000 + number, "邻居")
            await desk.support(other.id, by=neighbour, now=stage.now)

    await merged(stage, other, main)

    view = await stage.call(main)
    assert view.call.supporters == 20
    assert view.main.leg.pressed_at == stage.now


async def test_words_taken_back_afterwards_are_gone_where_they_went_along(stage):
    main, other = await joined(stage)

    async with stage.desk() as desk:
        await desk.take_back(other.id, "p0", by=HO, now=stage.now)

    async with stage.units.read() as work:
        entries = await work.journal.of_call(main.id)
    assert "三号楼前面没有灯" not in {p.text for entry in entries for p in entry.pieces}
    assert (await stage.call(main)).call.words == main.words
