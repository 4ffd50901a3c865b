"""A call by phone or at the counter: raised for somebody, told by phone, taken over later."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.call import NewCall, OnBehalf
from core.claiming import MOST_TRIES, to_be_phoned
from core.errors import NotFound, NotTheCaller, NotYourPart
from core.lifecycle import Action, Outcome, Status
from core.outgoing import Kind
from core.people import Actor, Post
from core.rating import Conclusion, Verdict
from tests.core.playing import (
    CHATS,
    COMMUNITY,
    LAMP,
    LI,
    LIN,
    STRANGER,
    ZHOU,
    Stage,
    photo,
    words,
)

CODE, WRONG = "123456", "000000"
HERE = CHATS[COMMUNITY]
GRID = Actor(2009, "何网格", frozenset({COMMUNITY}), posts=frozenset({(COMMUNITY, Post.GRID)}))
AUDITOR = Actor(2010, "审计", frozenset({COMMUNITY}), posts=frozenset({(COMMUNITY, Post.AUDITOR)}))


@pytest.fixture
async def stage(units) -> Stage:
    """Everybody is where they belong, on a plain Monday; on every store."""
    return await Stage(units).set_up()


async def raised(stage: Stage, by: Actor = LI, **more):
    """Old Chen rings the community, and Li writes it down."""
    on_behalf = OnBehalf(COMMUNITY, "陈伯", CODE)
    new = NewCall("draft-9", LAMP, COMMUNITY, words("楼下的路灯不亮"), behalf=on_behalf, **more)
    async with stage.desk() as desk:
        return await desk.raise_call(new, by=by, now=stage.now)


async def signed(stage: Stage, **more):
    """And Li takes it."""
    call = await raised(stage, **more)
    async with stage.desk() as desk:
        await desk.acknowledge((await stage.leg(call)).id, by=LI, now=stage.now)
    return call


async def answered(stage: Stage):
    """And resolves it."""
    call = await signed(stage)
    leg = await stage.leg(call)
    async with stage.desk() as desk:
        await desk.resolve(
            leg.id,
            conclusion=Conclusion.SOLVED,
            pieces=photo("灯修好了"),
            by=LI,
            now=stage.now,
        )
    return call


async def untold(stage: Stage, call) -> list[Action]:
    """What is still to be said over the phone."""
    view = await stage.call(call)
    legs = [one.leg for one in view.legs]
    return [entry.action for entry in to_be_phoned(view.main.leg, view.entries, legs)]


async def tasks(stage: Stage) -> list[int]:
    """In which chats a phone task is owed."""
    return [row.lane for row in await stage.owed() if row.kind is Kind.PHONE_TASK]


@pytest.mark.conformance  # 1: a call entered by any channel has timers
async def test_a_call_by_phone_has_the_clocks_of_any_other(stage):
    by_phone, in_person = await raised(stage), await stage.raised()
    one, other = await stage.leg(by_phone), await stage.leg(in_person)

    assert (one.sign_due, one.contact_due, one.finish_due, one.next_due) == (
        other.sign_due,
        other.contact_due,
        other.finish_due,
        other.next_due,
    )
    assert one.sign_due is not None
    assert await stage.tick(one.sign_due) == 2


async def test_its_caller_has_no_account_yet_and_whoever_raised_it_is_kept(stage):
    call = await raised(stage, by=GRID, phone="+8613812345678")

    assert (call.unclaimed, call.caller_name) == (True, "陈伯")
    assert (call.raised_by, call.phone) == (GRID.account, "+8613812345678")
    assert CODE not in call.claim


@pytest.mark.parametrize("who", [LIN, AUDITOR])
async def test_only_a_post_that_serves_people_raises_calls_for_others(stage, who):
    with pytest.raises(NotYourPart):
        await raised(stage, by=who)


async def test_what_would_be_told_to_the_caller_is_told_by_phone(stage):
    call = await signed(stage)

    assert await tasks(stage) == [HERE]
    assert await untold(stage, call) == [Action.ACKNOWLEDGE]


async def test_more_to_say_makes_the_same_task_longer(stage):
    call = await signed(stage)
    leg = await stage.leg(call)
    async with stage.desk() as desk:
        await desk.reply(leg.id, words("明天上门"), by=LI, now=stage.now)

    assert await tasks(stage) == [HERE]
    assert await untold(stage, call) == [Action.ACKNOWLEDGE, Action.REPLY]


async def test_whoever_was_reached_was_told_everything_so_far(stage):
    call = await signed(stage)
    leg = await stage.leg(call)
    async with stage.desk() as desk:
        await desk.log_phone(
            leg.id, reached=True, pieces=words("说了明天修"), by=ZHOU, now=stage.now
        )

    assert await untold(stage, call) == []


async def test_a_phone_that_was_not_answered_leaves_the_task_open(stage):
    call = await signed(stage)
    async with stage.desk() as desk:
        await desk.log_phone((await stage.leg(call)).id, reached=False, by=LI, now=stage.now)

    assert await untold(stage, call) == [Action.ACKNOWLEDGE]


async def test_a_question_is_asked_and_answered_over_the_phone(stage):
    call = await signed(stage)
    async with stage.desk() as desk:
        leg = await desk.inquire(
            (await stage.leg(call)).id, words("是哪一盏灯？"), by=LI, now=stage.now
        )
        assert leg.status is Status.NEED_INFO
        leg = await desk.log_phone(
            leg.id, reached=True, pieces=words("路口第二盏"), by=LI, now=stage.now
        )

    assert leg.status is Status.IN_PROGRESS
    assert await untold(stage, call) == []


async def test_a_question_nobody_phoned_about_closes_nothing(stage):
    call = await raised(stage, sure=False)
    leg = await stage.leg(call)
    async with stage.desk() as desk:
        leg = await desk.ask(leg.id, words("哪一盏？"), by=LI, now=stage.now)
    while leg.status is Status.NEED_INFO:
        await stage.tick(leg.next_due)
        leg = await stage.leg(call)

    assert leg.open


async def test_number_and_code_make_somebody_the_caller(stage):
    call = await signed(stage)
    await stage.owed()
    async with stage.desk() as desk:
        came = await desk.claim(call.number.lower(), CODE, by=LIN, now=stage.now)

    assert came.call is not None
    assert (came.call.caller, came.call.caller_name) == (LIN.account, "陈伯")
    assert (await stage.leg(call)).phone_from is None
    assert await stage.told() == [(HERE, "claim")]


async def test_from_then_on_messages_reach_them(stage):
    call = await signed(stage)
    async with stage.desk() as desk:
        await desk.claim(call.number, CODE, by=LIN, now=stage.now)
    await stage.owed()
    async with stage.desk() as desk:
        await desk.reply((await stage.leg(call)).id, words("明天上门"), by=LI, now=stage.now)

    assert await stage.told() == [(LIN.account, "reply")]


async def test_a_code_works_once(stage):
    call = await raised(stage)
    async with stage.desk() as desk:
        await desk.claim(call.number, CODE, by=LIN, now=stage.now)
        again = await desk.claim(call.number, CODE, by=STRANGER, now=stage.now)

    assert again.call is None
    assert (await stage.call(call)).call.caller == LIN.account


async def test_a_few_wrong_codes_close_it_and_a_new_one_opens_it(stage):
    call = await raised(stage)
    async with stage.desk() as desk:
        left = [
            (await desk.claim(call.number, WRONG, by=STRANGER, now=stage.now)).left
            for _ in range(MOST_TRIES)
        ]
        closed = await desk.claim(call.number, CODE, by=LIN, now=stage.now)
        code = await desk.renew_claim(call.number, by=LI)
        came = await desk.claim(call.number, code, by=LIN, now=stage.now)

    assert left == [4, 3, 2, 1, 0]
    assert (closed.call, closed.left) == (None, 0)
    assert came.call is not None


@pytest.mark.parametrize("who", [LI, ZHOU])
async def test_whoever_works_on_a_call_never_becomes_its_caller(stage, who):
    call = await raised(stage, by=GRID)
    async with stage.desk() as desk:
        with pytest.raises(NotTheCaller):
            await desk.claim(call.number, CODE, by=who, now=stage.now)


async def test_a_new_code_is_for_those_who_raised_it_or_work_on_it(stage):
    call, own = await raised(stage), await stage.raised()
    async with stage.desk() as desk:
        with pytest.raises(NotYourPart):
            await desk.renew_claim(call.number, by=STRANGER)
        with pytest.raises(NotFound):
            await desk.renew_claim(own.number, by=LI)


async def test_nobody_rates_for_a_caller_who_never_came(stage):
    call = await answered(stage)
    leg = await stage.leg(call)
    async with stage.desk() as desk:
        with pytest.raises(NotYourPart):
            await desk.rate(leg.id, verdict=Verdict.SOLVED, stars=5, by=LI, now=stage.now)
    await stage.tick(stage.now + timedelta(days=30))
    await stage.tick(stage.now + timedelta(days=30))

    assert (await stage.leg(call)).outcome is Outcome.UNRATED


async def test_whoever_takes_over_an_answered_call_is_asked_for_the_rating_and_gives_it(stage):
    call = await answered(stage)
    await stage.owed()
    async with stage.desk() as desk:
        await desk.claim(call.number, CODE, by=LIN, now=stage.now)

    assert (LIN.account, "resolve") in await stage.told()
    leg = await stage.leg(call)
    async with stage.desk() as desk:
        rated = await desk.rate(leg.id, verdict=Verdict.SOLVED, stars=5, by=LIN, now=stage.now)
    assert rated.outcome is Outcome.SOLVED


@pytest.mark.conformance  # 18: the caller blocked the bot
async def test_what_does_not_reach_a_caller_becomes_one_phone_task(stage):
    call = await stage.raised()
    async with stage.desk() as desk:
        await desk.met(account=LIN.account or 0, name=LIN.name)
        leg = await desk.acknowledge((await stage.leg(call)).id, by=LI, now=stage.now)
        await desk.reply(leg.id, words("明天上门"), by=LI, now=stage.now)
    failed = [row for row in await stage.owed() if row.lane == LIN.account]
    async with stage.desk() as desk:
        for row in failed:
            await desk.undelivered(LIN.account or 0, row.payload["entry"], now=stage.now)

    assert await tasks(stage) == [HERE]
    assert await untold(stage, call) == [Action.ACKNOWLEDGE, Action.REPLY]


async def test_nobody_is_phoned_who_is_back(stage):
    call = await stage.raised()
    async with stage.desk() as desk:
        await desk.met(account=LIN.account or 0, name=LIN.name)
        leg = await desk.acknowledge((await stage.leg(call)).id, by=LI, now=stage.now)
    entry = (await stage.call(call)).entries[-1]
    async with stage.desk() as desk:
        await desk.undelivered(LIN.account or 0, entry.id, now=stage.now)
        await desk.met(account=LIN.account or 0, name=LIN.name, now=stage.now)

    assert (await stage.leg(call)).phone_from is None
    assert leg.open
