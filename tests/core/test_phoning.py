"""A phone call written down counts as contact when somebody was reached (row 21)."""

from __future__ import annotations

import pytest

from core.errors import NothingSaid, NotYourPart
from tests.core.playing import LI, LIANG, LIN, Stage, words


@pytest.fixture
async def stage(units) -> Stage:
    """Everybody is where they belong, on a plain Monday; on every store."""
    return await Stage(units).set_up()


async def phoned(stage: Stage, *, reached: bool, said: str = "约好明天上门", by=LI):
    """Li signs, and writes down that she phoned."""
    call = await stage.raised()
    async with stage.desk() as desk:
        leg = await desk.acknowledge((await stage.leg(call)).id, by=LI, now=stage.now)
    await stage.owed()
    async with stage.desk() as desk:
        pieces = words(said) if said else ()
        await desk.log_phone(leg.id, reached=reached, pieces=pieces, by=by, now=stage.now)
    return call


async def test_somebody_reached_was_contacted_and_may_check_what_is_said_of_it(stage):
    call = await phoned(stage, reached=True)

    assert (await stage.leg(call)).contacted_at == stage.now
    assert await stage.told() == [(LIN.account, "log_phone")]
    assert (await stage.call(call)).entries[-1].facts == {"reached": True, "contact": True}


async def test_a_phone_that_rang_for_nothing_stops_no_clock(stage):
    call = await phoned(stage, reached=False, said="")

    assert (await stage.leg(call)).contacted_at is None


async def test_whoever_was_reached_was_told_something(stage):
    with pytest.raises(NothingSaid):
        await phoned(stage, reached=True, said="")


@pytest.mark.parametrize("who", [LIN, LIANG])
async def test_only_the_agency_that_answers_writes_it_down(stage, who):
    with pytest.raises(NotYourPart):
        await phoned(stage, reached=True, by=who)
