"""What is late is said once in the morning: on the board, not beside it (decision 27)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from core.board import Board
from core.catalogue import Urgency
from core.lifecycle import Action
from core.outgoing import Kind, OutboxRow
from core.standing import standing
from tests.core.playing import CHATS, COMMUNITY, STREET, Stage
from tests.core.test_ladder import CALENDAR, GROUP, Rung, at, pass_until, signed, staffed

DAY = timedelta(days=1)
MORNINGS = {"daily", "pressed"}


@pytest.fixture
async def stage(units) -> Stage:
    """A community with liaison, deputy and head, who all spoke to the bot."""
    return await staffed(await Stage(units).set_up())


def local(moment: datetime) -> str:
    """By the clock on the wall."""
    return f"{moment.astimezone(CALENDAR.zone):%H:%M}"


async def mornings(stage: Stage, call, days: int) -> list[tuple[str, str, bool, OutboxRow]]:
    """What is said again from now on: when, which stage, whether it rings, and its row."""
    told, end = [], stage.now + days * DAY
    while (due := (await stage.leg(call)).next_due) is not None and due <= end:
        await stage.tick(max(due, stage.now))
        for row in await stage.owed():
            if row.kind is not Kind.NOTICE:
                continue
            async with stage.units.begin() as work:
                entry = await work.journal.get(row.payload["entry"])
            if entry.action is Action.NUDGE and entry.facts["stage"] in MORNINGS:
                rings = not row.payload.get("edits")
                told.append((local(stage.now), str(entry.facts["stage"]), rings, row))
    return told


async def red(stage: Stage, **more: object):
    """A call that Li took and did not finish in time."""
    call = await signed(stage, **more)
    await pass_until(stage, call, await at(stage, call, Rung.RED))
    await stage.owed()
    return call


async def test_what_is_late_changes_its_reminder_in_the_morning_and_rings_nobody(stage):
    call = await red(stage)

    told = await mornings(stage, call, 2)

    assert told
    assert {(when, stage_, rings) for when, stage_, rings, _ in told} == {
        ("09:00", "daily", False)
    }
    assert {row.lane for *_, row in told} == {GROUP}


async def test_the_board_of_that_minute_has_it_among_what_is_late(stage):
    call = await red(stage)

    await stage.tick((await stage.leg(call)).next_due or stage.now)

    rows = [row for row in await stage.owed() if row.lane == GROUP]
    ringing = [row.kind for row in rows if not row.payload.get("edits")]
    assert local(stage.now) == "09:00"
    assert ringing == [Kind.BOARD]
    async with stage.units.read() as work:
        views = await Board(work, stage.district).open_legs(COMMUNITY, 60)
    late = standing(views, (), now=stage.now, calendar=CALENDAR).late
    assert [view.call.id for view in late] == [call.id]


async def test_what_the_district_presses_rings_every_morning_beside_the_board(stage):
    call = await red(stage)
    await mornings(stage, call, 20)
    assert (await stage.leg(call)).pressed_at

    told = await mornings(stage, call, 4)

    assert {(when, stage_, rings) for when, stage_, rings, _ in told} == {
        ("09:00", "pressed", True)
    }


async def test_who_has_no_group_sees_no_board_and_the_level_above_is_rung(units):
    stage = await staffed(await Stage(units).set_up())
    call = await red(stage)
    async with stage.units.begin() as work:
        await work.groups.remove(COMMUNITY)

    told = await mornings(stage, call, 2)

    assert {(rings, row.lane) for *_, rings, row in told} == {(True, CHATS[STREET])}


async def test_what_is_urgent_rings_again_however_many_boards_come(stage):
    call = await red(stage, danger=True)
    assert call.urgency is Urgency.P0

    told = await mornings(stage, call, 2)

    assert ("09:00", "daily", True) in {(when, which, rings) for when, which, rings, _ in told}
