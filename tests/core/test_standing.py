"""How an agency stands, and when its group is shown so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core.board import Board
from core.errors import NotYourPart
from core.lifecycle import Status
from core.looking_down import presses
from core.morning import board_hour
from core.outgoing import Kind
from core.standing import standing
from tests.builders import a_call, a_leg
from tests.core.playing import (
    CHATS,
    COMMUNITY,
    LI,
    LIANG,
    LIN,
    MONDAY,
    STREET,
    Stage,
    liwan,
    words,
)

GROUP = CHATS[COMMUNITY]
HOUR = timedelta(hours=1)
NINE = datetime(2026, 6, 16, 1, 0, tzinfo=UTC)  # 09:00 in Guangzhou, a Tuesday
SATURDAY = datetime(2026, 6, 20, 1, 0, tzinfo=UTC)


@pytest.fixture
async def stage(units) -> Stage:
    return await Stage(units).set_up()


async def sections(stage: Stage, now: datetime) -> dict[str, int]:
    """How many legs of the community stand in which section."""
    async with stage.units.read() as work:
        from core.board import Board

        views = await Board(work, stage.district).open_legs(COMMUNITY)
    sorted_out = standing(views, now=now, calendar=stage.district.calendar)
    return {name: len(getattr(sorted_out, name)) for name in ("late", "today", "later", "waiting")}


async def test_a_new_call_is_due_today_and_late_once_its_signing_limit_has_passed(stage):
    await stage.raised()

    assert await sections(stage, MONDAY) == {"late": 0, "today": 1, "later": 0, "waiting": 0}
    assert (await sections(stage, MONDAY + 5 * HOUR))["late"] == 1


async def test_what_was_called_up_waits_for_others(stage):
    call = await stage.raised()
    leg = await stage.leg(call)
    async with stage.desk() as desk:
        await desk.acknowledge(leg.id, by=LI, now=MONDAY)
        await desk.call_up(leg.id, target=STREET, pieces=words("先围起来了"), by=LI, now=MONDAY)

    assert await sections(stage, MONDAY) == {"late": 0, "today": 0, "later": 0, "waiting": 1}


async def test_everything_new_is_taken_at_once(stage):
    calls = [await stage.raised(draft=f"d{n}") for n in range(3)]
    async with stage.desk() as desk:
        taken = await desk.acknowledge_all(COMMUNITY, by=LI, now=MONDAY, chat=CHATS[COMMUNITY])
        again = await desk.acknowledge_all(COMMUNITY, by=LI, now=MONDAY, chat=CHATS[COMMUNITY])

    assert (taken, again) == (3, 0)
    legs = [await stage.leg(call) for call in calls]
    assert {(leg.status, leg.signer) for leg in legs} == {(Status.IN_PROGRESS, LI.account)}
    assert [to for to, what in await stage.told() if what == "acknowledge"] == [LIN.account] * 3


async def test_nobody_else_takes_everything(stage):
    await stage.raised()
    async with stage.desk() as desk:
        with pytest.raises(NotYourPart):
            await desk.acknowledge_all(COMMUNITY, by=LIANG, now=MONDAY, chat=CHATS[COMMUNITY])


async def test_a_group_with_open_work_is_shown_its_board_once_in_the_morning(stage):
    await stage.raised()
    await stage.owed()

    for minute in range(3):
        await stage.tick(NINE + minute * timedelta(minutes=1))

    boards = [row for row in await stage.owed() if row.kind is Kind.BOARD and row.lane == GROUP]
    assert [(row.lane, row.payload) for row in boards] == [
        (CHATS[COMMUNITY], {"agency": COMMUNITY})
    ]


async def test_a_service_that_slept_until_the_afternoon_shows_one_board(stage):
    await stage.raised()
    await stage.owed()

    await stage.tick(NINE + 6 * HOUR + timedelta(minutes=5))

    boards = [row for row in await stage.owed() if row.kind is Kind.BOARD]
    assert [row.lane for row in boards].count(GROUP) == 1


@pytest.mark.parametrize(
    ("now", "hour"),
    [
        (NINE - timedelta(seconds=1), None),
        (NINE, NINE),
        (NINE + HOUR, NINE),
        (NINE + 3 * HOUR, None),
        (NINE + 6 * HOUR, NINE + 6 * HOUR),
        (SATURDAY, None),
    ],
)
def test_boards_belong_to_nine_and_three_of_working_days(now, hour):
    assert board_hour(now, liwan().calendar) == hour


async def test_a_mark_only_goes_forward(units):
    async with units.begin() as work:
        reached = [await work.marks.reach("boards", NINE + n * HOUR) for n in (0, 0, 1, 0)]

    assert reached == [True, False, True, False]


def test_a_standing_of_nothing_is_empty():
    assert standing((), now=MONDAY, calendar=liwan().calendar).empty


async def test_what_presses_is_looked_for_among_as_many_as_are_asked_for(units):
    stage = await Stage(units).set_up()
    nobody_took_it = await stage.leg(await stage.raised())
    later = {"signed_at": NINE, "contacted_at": NINE, "status": Status.IN_PROGRESS}
    async with units.begin() as work:
        for n in range(2):
            call = await work.calls.add(a_call(draft_id=f"later-{n}"))
            due = nobody_took_it.finish_due - timedelta(minutes=n + 1)
            leg = a_leg(call_id=call.id, agency=COMMUNITY, finish_due=due, **later)
            await work.legs.add(leg)
    async with units.read() as work:
        board = Board(work, stage.district)

        found = [await presses(board, COMMUNITY, now=stage.now, most=most) for most in (2, 3)]

    assert found == [False, True]
