"""What returns teach: rows of the list worth amending, and what is no reason to (row 17, 20)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.board import Board
from core.figures import Span
from core.misroutes import Misroute, amendments, misroutes
from core.returning import Ground
from tests.core.playing import (
    COMMUNITY,
    LAMP,
    LI,
    LIANG,
    LIGHTS,
    LIN,
    STREET,
    WATER,
    Stage,
    liwan,
)

LED = "20"
LEAD = liwan().catalogue.get(LED).lead


def went(count: int, *, item: str = LED, agency: str = LEAD, to: str = WATER, first: int = 1):
    return [Misroute(first + n, item, COMMUNITY, agency, to) for n in range(count)]


def test_three_calls_that_ended_at_one_other_agency_are_worth_an_amendment():
    (one,) = amendments(went(3), liwan())

    assert (one.item, one.agency, one.to, one.lead) == (LED, LEAD, WATER, WATER)
    assert (one.went, one.kept, one.places) == (3, 0, ((COMMUNITY, 3),))


def test_two_calls_are_an_accident():
    assert amendments(went(2), liwan()) == ()


def test_one_call_that_wanders_counts_once():
    assert amendments(went(3, first=1)[:1] * 3, liwan()) == ()


def test_where_most_returns_were_not_agreed_to_the_list_is_right():
    kept = went(4, to="", first=50)

    assert amendments(went(3) + kept, liwan()) == ()


def test_where_they_end_at_different_agencies_nobody_knows_who_should_lead():
    assert amendments(went(3) + went(3, to=LIGHTS, first=50), liwan()) == ()


def test_the_own_street_of_each_place_is_named_as_the_street():
    (one,) = amendments(went(3, to=STREET), liwan())

    assert one.lead == "street"


def test_where_the_list_names_somebody_else_it_says_so():
    (one,) = amendments(went(3, agency=LIGHTS), liwan())

    assert one.lead == ""


@pytest.fixture
async def stage(units) -> Stage:
    return await Stage(units).set_up()


async def returned(
    stage: Stage, ground: Ground = Ground.DUTY, *, agrees: bool = True, draft: str = "draft"
) -> None:
    """Li says that the lamp is not the community's; Liang of the street decides."""
    call = await stage.raised(draft=draft)
    leg = await stage.leg(call)
    async with stage.desk() as desk:
        await desk.return_leg(
            leg.id, ground=ground, proposed=LIGHTS, pieces=(), by=LI, now=stage.now
        )
    async with stage.desk() as desk:
        decide = desk.agree_return if agrees else desk.decline_return
        await decide(leg.id, by=LIANG, now=stage.now)


async def learnt(
    stage: Stage, *, days_later: int = 0, at_once: int = 200
) -> list[tuple[str, str, str]]:
    since = stage.now + timedelta(days=days_later - 1)
    span = Span(since, since + timedelta(days=2))
    async with stage.units.read() as work:
        told = await misroutes(Board(work, stage.district), span, at_once)
    return [(one.item, one.agency, one.to) for one in told]


async def test_a_return_that_was_agreed_to_says_who_it_was_for(stage):
    await returned(stage)

    assert await learnt(stage) == [(LAMP, COMMUNITY, LIGHTS)]


async def test_only_the_days_that_are_asked_for_count(stage):
    await returned(stage)

    assert await learnt(stage, days_later=2) == []


async def test_however_many_there_are_every_one_of_the_days_is_read(stage):
    stage.without("calls_per_day")
    for number in range(5):
        await returned(stage, draft=f"draft-{number}")

    assert len(await learnt(stage, at_once=2)) == 5


async def test_one_that_was_not_agreed_to_speaks_for_the_list(stage):
    await returned(stage, agrees=False)

    assert await learnt(stage) == [(LAMP, COMMUNITY, "")]


@pytest.mark.parametrize("ground", [Ground.DUPLICATE, Ground.MISSING])
async def test_what_is_twice_or_incomplete_says_nothing_about_whose_it_is(stage, ground):
    await returned(stage, ground)

    assert await learnt(stage) == []


async def test_what_is_for_named_people_teaches_nobody(stage):
    await returned(stage)
    async with stage.units.begin() as work:
        (call,) = await work.calls.of_caller(LIN.account or 0, 5)
        await work.calls.save(replace(call, restricted=True))

    assert await learnt(stage) == []
