"""What the oversight reads: registers by area, page by page, without anybody's number."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from core.returning import Ground
from tests.bot.group.room import Room
from tests.core.playing import CHATS, COMMUNITY, DENG, DISTRICT, LI, LIANG, STRANGER, STREET, words

GROUP, ABOVE, OFFICE = CHATS[COMMUNITY], CHATS[STREET], CHATS[DISTRICT]


async def returned(room: Room, count: int = 1):
    """The community gives calls back, one after another."""
    stage = room.stage.without("calls_per_day")
    calls = [await stage.raised(draft=f"d{n}") for n in range(count)]
    for call in calls:
        async with room.stage.desk() as desk:
            await desk.return_leg(
                (await room.stage.leg(call)).id,
                ground=Ground.DUTY,
                proposed=STREET,
                pieces=words("不是我们管的，电话 13812345678"),
                by=LI,
                now=room.stage.now,
            )
    await room.delivers()
    return calls


async def test_the_street_opens_a_register_with_two_taps(room: Room):
    (call,) = await returned(room)
    await room.says(LIANG, ABOVE, "/registers@huying_bot")

    await room.taps(LIANG, ABOVE, "退单")

    shown = room.last(ABOVE).text
    assert "📒 退单" in shown
    assert call.number in shown
    assert "逢源北社区" in shown
    assert "不是我们管的" in shown
    assert "13812345678" not in shown
    await room.taps(LIANG, ABOVE, "所有台账")
    assert "虚假办结" in room.last(ABOVE).labels


async def test_a_long_register_has_pages(room: Room):
    calls = await returned(room, 12)
    await room.says(DENG, OFFICE, "/registers@huying_bot")
    await room.taps(DENG, OFFICE, "退单")
    first = room.last(OFFICE).text

    await room.taps(DENG, OFFICE, "更早")

    second = room.last(OFFICE).text
    assert calls[-1].number in first and calls[0].number not in first
    assert calls[0].number in second and calls[-1].number not in second


async def test_an_empty_register_says_so(room: Room):
    await room.says(DENG, OFFICE, "/registers@huying_bot")

    await room.taps(DENG, OFFICE, "虚假办结")

    assert "没有记录" in room.last(OFFICE).text


async def test_strangers_read_no_register(room: Room):
    await returned(room)
    await room.says(LIANG, ABOVE, "/registers@huying_bot")

    toast = await room.taps(STRANGER, ABOVE, "退单")

    assert "登记的经办人" in toast
    await room.says(STRANGER, ABOVE, "/registers@huying_bot")
    assert "登记的经办人" in room.last(ABOVE).text


async def test_a_community_is_told_where_registers_are_read(room: Room):
    await room.says(LI, GROUP, "/registers@huying_bot")

    assert "街道和区呼应办的群" in room.last(GROUP).text


async def test_a_restricted_call_stands_in_no_register(room: Room):
    (call,) = await returned(room)
    async with room.stage.units.begin() as work:
        kept = await work.calls.get(call.id)
        await work.calls.save(replace(kept, restricted=True))
    await room.says(DENG, OFFICE, "/registers@huying_bot")

    await room.taps(DENG, OFFICE, "退单")

    assert call.number not in room.last(OFFICE).text


async def test_who_did_not_sort_in_time_is_named_to_the_street(room: Room):
    call = await room.stage.raised(item="", sure=False)
    await room.delivers()

    await room.stage.tick(room.stage.now + timedelta(hours=30))
    await room.delivers()

    assert f"🟡 {call.number} 【逢源北社区】受理超时" in room.texts(ABOVE)
