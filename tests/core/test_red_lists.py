"""What is late below, for streets, the district and leaders stationed somewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.board import Board
from core.late import Tally, below
from core.looking_down import red_list, red_list_of
from core.outgoing import Kind, OutboxRow
from core.people import Officer, Post
from tests.core.playing import (
    CHATS,
    COMMUNITY,
    DENG,
    DISTRICT,
    GAS,
    LI,
    LIGHTS,
    STREET,
    Stage,
    liwan,
    words,
)
from tests.core.test_standing import NINE

HOUR = timedelta(hours=1)
LEADER = 7001


@pytest.fixture
async def stage(units) -> Stage:
    return await Stage(units).set_up()


async def boards(stage: Stage) -> list[OutboxRow]:
    """Boards owed since the last look."""
    return [row for row in await stage.owed() if row.kind is Kind.BOARD]


async def test_a_late_leg_stands_in_the_red_list_of_its_street_and_of_the_district(stage):
    await stage.raised()
    late = stage.now + 5 * HOUR
    async with stage.units.read() as work:
        board = Board(work, stage.district)
        lists = [await red_list(board, one, now=late, most=9) for one in (STREET, DISTRICT)]
        early = await red_list(board, STREET, now=stage.now, most=9)
        own = await red_list(board, COMMUNITY, now=late, most=9)

    assert [found.tallies for found in lists] == [{COMMUNITY: Tally(1, 1)}] * 2
    assert [len(found.views) for found in lists] == [1, 1]
    assert (early.count, own.count) == (0, 0)


@pytest.mark.parametrize(("hours", "spoken"), [(1, 1), (3, 0)])
async def test_who_did_not_come_or_said_nothing_since_stands_there_as_well(stage, hours, spoken):
    """Of what is urgent nobody came within half an hour; or no word followed within two."""
    call = await stage.raised(GAS)
    leg = await stage.leg(call)
    later = stage.now + hours * HOUR
    async with stage.desk() as desk:
        await desk.acknowledge(leg.id, by=DENG, now=stage.now)
        await desk.reply(leg.id, words("马上到"), by=DENG, now=stage.now)
        if spoken:
            await desk.progress(leg.id, words("阀门关了"), by=DENG, now=stage.now)
        else:
            await desk.arrive(leg.id, by=DENG, now=stage.now)
    async with stage.units.read() as work:
        board = Board(work, stage.district)
        found = await red_list_of(board, (leg.agency,), now=later, most=9)
        before = await red_list_of(board, (leg.agency,), now=stage.now, most=9)

    assert (found.tallies, before.count) == ({leg.agency: Tally(1, 1)}, 0)
    assert [view.leg.id for view in found.views] == [leg.id]


async def test_what_is_pressed_stands_there_though_it_is_in_time(stage):
    call = await stage.raised()
    leg = await stage.leg(call)
    async with stage.desk() as desk:
        await desk.acknowledge(leg.id, by=LI, now=stage.now)
        await desk.press_by_hand(leg.id, words("请盯紧"), by=DENG, now=stage.now)
    async with stage.units.read() as work:
        found = await red_list(Board(work, stage.district), STREET, now=stage.now, most=9)

    assert found.count == 1


async def test_in_the_morning_whoever_has_most_that_is_late_is_shown_it_first(stage):
    calls = [await stage.raised(draft=f"d{number}") for number in range(3)]
    one = await stage.leg(calls[0])
    async with stage.units.begin() as work:
        await work.legs.add(replace(one, id=0, agency=LIGHTS, revision=1))
    await stage.owed()
    await stage.tick(NINE)

    owed = sorted(await boards(stage), key=lambda row: row.id)
    shown = [row.lane for row in owed]
    assert shown == [CHATS[code] for code in (DISTRICT, STREET, COMMUNITY, LIGHTS)]


async def test_a_leader_stationed_at_a_street_hears_in_private_once_each_morning(stage):
    async with stage.units.begin() as work:
        await work.people.save_officer(Officer(LEADER, STREET, "何常委", Post.STATIONED))
    await stage.raised()
    await stage.owed()
    for minutes in (0, 1, 360):
        await stage.tick(NINE + timedelta(minutes=minutes))

    private = [row for row in await boards(stage) if row.lane == LEADER]
    assert [row.payload for row in private] == [{"agency": STREET, "stationed": True}]


async def test_a_leader_hears_nothing_where_nothing_is_open(stage):
    async with stage.units.begin() as work:
        await work.people.save_officer(Officer(LEADER, STREET, "何常委", Post.STATIONED))
    await stage.tick(NINE)

    assert await boards(stage) == []


def test_all_below_a_street_are_its_own_and_all_others_the_districts():
    tree = liwan().tree

    assert COMMUNITY in below(tree, STREET)
    everybody = [one for one in tree.agencies if not one.restricted]
    assert len(below(tree, DISTRICT)) == len(everybody) - 1
    assert below(tree, COMMUNITY) == ()
