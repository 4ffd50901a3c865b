"""Grids through the front door: who reads in which one a call lies, and who never does."""

from __future__ import annotations

from core.agency import Point
from tests.bot.group.room import Room
from tests.core.playing import (
    CHATS,
    COMMUNITY,
    DISTRICT,
    LI,
    LIN,
    STREET,
    SU,
    TEAM_CHAT,
    words,
)

GROUP, LIN_AT, SU_AT = CHATS[COMMUNITY], LIN.account or 0, SU.account or 0
FIRST, BORDER = Point(23.1241, 113.2373), Point(23.1241, 113.23765)
LINE = "📍 逢源北社区 · 网格：逢源北1号（关慧）"


def place_on_the_card(room: Room, chat: int) -> str:
    return next(line for line in room.card(chat).text.splitlines() if line.startswith("📍"))


async def pins(room: Room, point: Point) -> None:
    """Lin says what is wrong, shows where, and sends it."""
    await room.says(LIN, LIN_AT, "楼下的路灯坏了三天，晚上很黑")
    await room.taps(LIN, LIN_AT, "同意")
    await room.taps(LIN, LIN_AT, "路灯不亮")
    await room.taps(LIN, LIN_AT, "没有")
    at = {"latitude": point.latitude, "longitude": point.longitude}
    await room.says(LIN, LIN_AT, location=at)
    await room.taps(LIN, LIN_AT, "逢源北")
    await room.taps(LIN, LIN_AT, "说不清")
    await room.taps(LIN, LIN_AT, "发送")


async def test_the_community_reads_the_grid_of_a_pin_and_its_caller_never_does(room: Room):
    await pins(room, FIRST)
    await room.says(LIN, LIN_AT, "/mycalls")

    assert place_on_the_card(room, GROUP) == LINE
    assert "网格" not in room.texts(LIN_AT)
    assert "关慧" not in room.texts(LIN_AT)


async def test_at_the_border_of_two_grids_the_other_one_is_named(room: Room):
    await room.stage.raised(point=BORDER)
    await room.delivers()

    assert place_on_the_card(room, GROUP) == f"{LINE}，靠近逢源北2号网格"


async def test_without_a_pin_the_card_names_no_grid(room: Room):
    await room.stage.raised()
    await room.delivers()

    assert place_on_the_card(room, GROUP) == "📍 逢源北社区"


async def test_a_street_that_is_called_up_reads_it_too(room: Room):
    call = await room.stage.raised(point=FIRST)
    leg = await room.stage.leg(call)
    async with room.stage.desk() as desk:
        await desk.acknowledge(leg.id, by=LI, version=leg.version, now=room.stage.now)
        said = words("请街道协调")
        await desk.call_up(leg.id, target=STREET, pieces=said, by=LI, now=room.stage.now)
    await room.delivers()

    assert place_on_the_card(room, CHATS[STREET]) == LINE


async def test_of_a_restricted_call_the_team_that_answers_reads_it_and_no_other_group(room: Room):
    await room.stage.with_team()
    await room.stage.raised(point=FIRST, restricted=True)
    await room.delivers()

    assert place_on_the_card(room, TEAM_CHAT) == LINE
    assert not any("网格" in room.texts(CHATS[code]) for code in (COMMUNITY, STREET, DISTRICT))


async def test_a_sheet_that_an_administrator_sends_counts_for_the_next_card(room: Room):
    sheet = f"编码,名称,社区,网格员,纬度,经度,边界\nG1,北里网格,{COMMUNITY},,23.1241,113.2373,"
    await room.says(SU, SU_AT, f"/sheet 网格\n{sheet}")
    await room.taps(SU, SU_AT, "确认")
    await pins(room, FIRST)

    assert place_on_the_card(room, GROUP) == "📍 逢源北社区 · 网格：北里"
    await room.says(SU, SU_AT, "/versions 网格")
    assert "《网格》表的版本" in room.last(SU_AT).text
