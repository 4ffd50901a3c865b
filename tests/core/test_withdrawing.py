"""Withdrawing a matter of safety: somebody looks before it is over."""

from __future__ import annotations

import pytest

from core.errors import NotYourPart, WithdrawalNotAsked, WithdrawalWaits
from core.lifecycle import Outcome, Status
from tests.core.playing import CHATS, COMMUNITY, LI, LIN, STREET, Stage

FLOOD = "11"


@pytest.fixture
async def stage(units) -> Stage:
    """Everybody is where they belong, on a plain Monday; on every store."""
    return await Stage(units).set_up()


async def asks_to_withdraw(stage: Stage, **more):
    """Lin says that it is over."""
    call = await stage.raised(**more)
    await stage.owed()
    async with stage.desk() as desk:
        return await desk.withdraw(call.id, words="水退了", by=LIN, now=stage.now)


@pytest.mark.parametrize(
    "more", [{"item": FLOOD}, {"danger": True}, {"item": FLOOD, "sure": False}]
)
async def test_where_somebody_may_be_in_danger_the_agency_looks_first(stage, more):
    call = await asks_to_withdraw(stage, **more)

    assert call.closed_at is None
    assert (await stage.leg(call)).open
    assert await stage.told() == [(CHATS[COMMUNITY], "ask_to_withdraw")]


async def test_once_somebody_looked_it_is_withdrawn_with_all_below(stage):
    call = await asks_to_withdraw(stage, danger=True)
    async with stage.desk() as desk:
        leg = await desk.let_go((await stage.leg(call)).id, by=LI, now=stage.now)

    assert (leg.status, leg.outcome) == (Status.CLOSED, Outcome.WITHDRAWN)
    assert (await stage.leg(call, 1)).outcome is Outcome.WITHDRAWN
    told = await stage.told()
    assert (LIN.account, "let_go") in told
    assert (CHATS[STREET], "follow") in told


async def test_asking_twice_is_asking_once(stage):
    call = await asks_to_withdraw(stage, item=FLOOD)

    with pytest.raises(WithdrawalWaits):
        async with stage.desk() as desk:
            await desk.withdraw(call.id, by=LIN, now=stage.now)


async def test_nobody_withdraws_for_a_caller_who_did_not_ask(stage):
    leg = await stage.leg(await stage.raised(item=FLOOD))

    with pytest.raises(WithdrawalNotAsked):
        async with stage.desk() as desk:
            await desk.let_go(leg.id, by=LI, now=stage.now)


async def test_only_who_answers_lets_it_go(stage):
    call = await asks_to_withdraw(stage, item=FLOOD)

    with pytest.raises(NotYourPart):
        async with stage.desk() as desk:
            await desk.let_go((await stage.leg(call)).id, by=LIN, now=stage.now)


async def test_an_ordinary_matter_is_off_at_once(stage):
    call = await asks_to_withdraw(stage)

    assert call.closed_at == stage.now
