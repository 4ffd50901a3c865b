"""Supporters: counted, kept informed, asked how it ended, and known to nobody (row 5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.agency import Point
from core.board import Board
from core.errors import AlreadyDone, AlreadySupports, ClosedMeanwhile, NotFound, NotYourPart
from core.lifecycle import Status
from core.people import Actor
from core.rating import Conclusion, Verdict
from tests.core.playing import (
    CHATS,
    COMMUNITY,
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
HOME = Point(23.1245, 113.2335)


@pytest.fixture
async def stage(units) -> Stage:
    """Everybody is where they belong, on a plain Monday; on every store."""
    return await Stage(units).set_up()


async def supported(stage: Stage, *who: Actor, said: str = "我家楼下也不亮"):
    """Lin raises, others stand by."""
    call = await stage.raised()
    for person in who:
        async with stage.desk() as desk:
            await desk.support(call.id, pieces=words(said), by=person, now=stage.now)
    return call


async def answered(stage: Stage, call):
    """Li signs and resolves."""
    leg = await stage.leg(call)
    async with stage.desk() as desk:
        await desk.acknowledge(leg.id, by=LI, now=stage.now)
        return await desk.resolve(
            leg.id, conclusion=Conclusion.SOLVED, pieces=photo("好了"), by=LI, now=stage.now
        )


async def alike(stage: Stage, who: Actor = HO, point: Point | None = None, item: str = LAMP):
    """What would be offered to somebody who raises this now."""
    async with stage.units.read() as work:
        return await Board(work, stage.district).alike(
            item, COMMUNITY, point, account=who.account, now=stage.now
        )


async def test_a_supporter_is_counted_and_what_they_said_reaches_the_agency(stage):
    call = await supported(stage, HO, MEI)

    view = await stage.call(call)
    assert view.call.supporters == 2
    assert [row for row in await stage.told() if row[1] == "support"] == [
        (CHATS[COMMUNITY], "support")
    ] * 2
    assert view.entries[-1].pieces == words("我家楼下也不亮")


async def test_standing_by_twice_counts_once_and_loses_no_words(stage):
    call = await supported(stage, HO, HO)

    assert (await stage.call(call)).call.supporters == 1
    with pytest.raises(AlreadySupports):
        async with stage.desk() as desk:
            await desk.support(call.id, by=HO, now=stage.now)


async def test_nobody_stands_by_their_own_call(stage):
    with pytest.raises(NotYourPart):
        await supported(stage, LIN)


async def test_supporters_hear_public_steps_and_not_what_is_said_to_the_caller(stage):
    call = await supported(stage, HO)
    await stage.owed()
    leg = await stage.leg(call)
    async with stage.desk() as desk:
        await desk.reply(leg.id, words("林阿姨，下午上门"), by=LI, now=stage.now)
        await desk.progress(leg.id, words("在修"), by=LI, now=stage.now)
        await desk.call_up(leg.id, target=STREET, pieces=words("请街道"), by=LI, now=stage.now)

    heard = [action for chat, action in await stage.told() if chat == HO.account]
    assert heard == ["acknowledge", "progress", "call_up"]


async def test_supporters_hear_nothing_of_what_agencies_do_among_themselves(stage):
    call = await supported(stage, HO)
    leg = await stage.leg(call)
    async with stage.desk() as desk:
        await desk.acknowledge(leg.id, by=LI, now=stage.now)
        child = await desk.call_up(
            leg.id, target=STREET, pieces=words("请街道"), by=LI, now=stage.now
        )
    await stage.owed()
    async with stage.desk() as desk:
        await desk.acknowledge(child.id, by=LIANG, now=stage.now)

    assert HO.account not in [chat for chat, _ in await stage.told()]


async def test_a_supporters_verdict_stands_beside_the_callers_and_not_in_its_place(stage):
    call = await supported(stage, HO, MEI)
    leg = await answered(stage, call)
    async with stage.desk() as desk:
        await desk.rate_beside(leg.id, verdict=Verdict.SOLVED, by=HO, now=stage.now)
        await desk.rate_beside(leg.id, verdict=Verdict.UNSOLVED, by=MEI, now=stage.now)

    main = (await stage.call(call)).main
    assert main.beside == (Verdict.SOLVED, Verdict.UNSOLVED)
    assert (main.leg.status, main.ratings) == (Status.RESOLVED, ())


async def test_a_supporter_judges_an_answer_once_and_a_new_one_again(stage):
    call = await supported(stage, HO)
    leg = await answered(stage, call)
    async with stage.desk() as desk:
        await desk.rate_beside(leg.id, verdict=Verdict.UNSOLVED, by=HO, now=stage.now)
    with pytest.raises(AlreadyDone):
        async with stage.desk() as desk:
            await desk.rate_beside(leg.id, verdict=Verdict.SOLVED, by=HO, now=stage.now)
    async with stage.desk() as desk:
        await desk.rework(leg.id, by=LIN, now=stage.now)
        await desk.resolve(
            leg.id, conclusion=Conclusion.SOLVED, pieces=photo("好了"), by=LI, now=stage.now
        )
        await desk.rate_beside(leg.id, verdict=Verdict.SOLVED, by=HO, now=stage.now)

    assert (await stage.call(call)).main.beside == (Verdict.SOLVED,)


async def test_only_supporters_judge_beside(stage):
    leg = await answered(stage, await supported(stage, HO))

    with pytest.raises(NotYourPart):
        async with stage.desk() as desk:
            await desk.rate_beside(leg.id, verdict=Verdict.SOLVED, by=STRANGER, now=stage.now)


async def test_who_leaves_hears_no_more(stage):
    call = await supported(stage, HO, MEI)
    async with stage.desk() as desk:
        await desk.unsupport(call.id, by=HO, now=stage.now)
    await stage.owed()
    await answered(stage, call)

    assert (await stage.call(call)).call.supporters == 1
    assert HO.account not in [chat for chat, _ in await stage.told()]
    with pytest.raises(NotYourPart):
        async with stage.desk() as desk:
            await desk.unsupport(call.id, by=HO, now=stage.now)


async def test_a_closed_call_is_joined_by_nobody(stage):
    call = await supported(stage)
    async with stage.desk() as desk:
        await desk.withdraw(call.id, by=LIN, now=stage.now)

    with pytest.raises(ClosedMeanwhile):
        async with stage.desk() as desk:
            await desk.support(call.id, by=HO, now=stage.now)


async def test_urging_and_withdrawing_lose_no_supporter(stage):
    call = await supported(stage, HO)
    async with stage.desk() as desk:
        await desk.urge(call.id, by=LIN, now=stage.now)
        await desk.withdraw(call.id, by=LIN, now=stage.now)

    assert (await stage.call(call)).call.supporters == 1
    assert (HO.account, "withdraw") in await stage.told()


async def test_what_others_raised_here_is_offered(stage):
    call = await stage.raised()

    assert [view.call.id for view in await alike(stage)] == [call.id]
    assert await alike(stage, item="11") == ()
    assert await alike(stage, who=LIN) == ()


@pytest.mark.parametrize(("metres", "offered"), [(250, True), (350, False)])
async def test_what_is_pinned_is_offered_within_three_hundred_metres(stage, metres, offered):
    await stage.raised(point=HOME)
    there = replace(HOME, latitude=HOME.latitude + metres / 111_195)

    assert bool(await alike(stage, point=there)) is offered


async def test_what_is_pinned_nearest_comes_first_and_three_are_enough(stage):
    for n in range(3):
        await stage.raised(draft=f"unpinned {n}")
    near = await stage.raised(draft="pinned", point=HOME)

    found = await alike(stage, point=HOME)

    assert (found[0].call.id, len(found)) == (near.id, 3)


async def test_what_was_raised_long_ago_is_not_offered(stage):
    await stage.raised()
    stage.now += timedelta(days=31)

    assert await alike(stage) == ()


async def test_a_restricted_call_is_neither_offered_nor_joined(stage):
    call = await stage.raised()
    async with stage.units.begin() as work:
        await work.calls.save(replace(call, restricted=True))

    assert await alike(stage) == ()
    with pytest.raises(NotFound):
        async with stage.desk() as desk:
            await desk.support(call.id, by=HO, now=stage.now)


async def test_what_nobody_sorted_yet_is_like_nothing(stage):
    await stage.raised(item="", draft="unsure", sure=False)

    assert await alike(stage, item="") == ()
