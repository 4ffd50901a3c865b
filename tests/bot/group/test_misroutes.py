"""``/misroutes``: which rows of the list are often wrong, as an administrator reads it."""

from __future__ import annotations

from datetime import date, timedelta

from bot.screens.misroutes import offered
from core.misroutes import Amendment
from core.periods import Period, Stretch
from core.returning import Ground
from tests.bot.group.room import Room
from tests.core.playing import COMMUNITY, LAMP, LI, LIANG, LIGHTS, SU, WATER, liwan

OFFICE = SU.account or 0


async def returned(room: Room, number: int) -> None:
    """Li says that the lamp is not the community's, and the street agrees."""
    call = await room.stage.raised(LAMP, f"draft-{number}")
    leg = (await room.stage.leg(call)).id
    more = {"now": room.stage.now}
    async with room.stage.desk() as desk:
        await desk.return_leg(leg, ground=Ground.DUTY, proposed=LIGHTS, pieces=(), by=LI, **more)
        await desk.agree_return(leg, by=LIANG, **more)


async def test_nothing_is_offered_where_hardly_anything_was_returned(room: Room):
    await returned(room, 1)

    await room.says(SU, OFFICE, "/misroutes")

    assert "清单不用改" in room.last(OFFICE).text


async def test_what_is_returned_again_and_again_is_counted_by_item_and_place(room: Room):
    for number in range(3):
        await returned(room, number)

    await room.says(SU, OFFICE, "/misroutes")

    said = room.last(OFFICE).text
    assert "10 路灯不亮：3 件从【逢源北社区】改派给" in said
    assert "地点：逢源北社区 3" in said
    assert "首接" in said


async def test_a_period_is_named_in_words_and_the_last_ninety_days_where_none_is(room: Room):
    await returned(room, 1)

    await room.says(SU, OFFICE, "/misroutes 上周")
    assert "上周（6月8日—6月14日）有 0 次退单" in room.last(OFFICE).text
    room.stage.now += timedelta(days=90)
    await room.says(SU, OFFICE, "/misroutes")
    assert "6月15日—9月13日有 1 次退单" in room.last(OFFICE).text
    await room.says(SU, OFFICE, "/misroutes 西村街道")
    assert "/misroutes 上季度" in room.last(OFFICE).text


async def test_nobody_else_reads_them(room: Room):
    await room.says(LI, LI.account or 0, "/misroutes")

    assert "常派错" not in room.texts(LI.account or 0)


async def test_the_button_copies_the_command_that_amends_the_list(room: Room):
    led = Amendment("20", "QY03", WATER, WATER, 3, 1, ((COMMUNITY, 3),))
    today = Period(Stretch.DATES, date(2026, 6, 15), date(2026, 6, 15))
    (button,) = offered([led], 4, liwan(), today).buttons[0]

    await room.says(SU, OFFICE, button.copy)

    assert "主办" in room.last(OFFICE).text
    assert liwan().tree.get(WATER).name in room.last(OFFICE).text
    assert any("确认" in label for label in room.last(OFFICE).labels)
