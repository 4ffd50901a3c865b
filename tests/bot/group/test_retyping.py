"""The type of a call, put right from the card: by button, by command, in answer to the card."""

from __future__ import annotations

import pytest

from core.intent import Intent
from tests.bot.group.room import Room
from tests.core.playing import CHATS, COMMUNITY, LI, LIANG, LIN, STREET

GROUP, ABOVE = CHATS[COMMUNITY], CHATS[STREET]
LI_CHAT, LIN_CHAT, LIANG_CHAT = 2001, 1001, 2003


async def raised(room: Room, **more):
    """A call whose card the group has."""
    call = await room.stage.raised(**more)
    await room.delivers()
    return call


async def by_button(room: Room, call) -> None:
    await room.taps(LI, GROUP, "更多")
    await room.opens(LI, GROUP, "改类型")


async def by_command(room: Room, call) -> None:
    await room.says(LI, GROUP, f"/type@huying_bot {call.number}")
    await room.opens(LI, GROUP, "改类型")


async def in_answer(room: Room, call) -> None:
    await room.says(LI, GROUP, "/type@huying_bot", above=room.card(GROUP))
    await room.opens(LI, GROUP, "改类型")


@pytest.mark.parametrize("way", [by_button, by_command, in_answer])
async def test_all_ways_lead_to_the_same_form_and_card_and_caller_show_it(room: Room, way):
    call = await raised(room)

    await way(room, call)
    await room.taps(LI, LI_CHAT, "咨询")
    look = room.last(LI_CHAT).text
    await room.taps(LI, LI_CHAT, "改类型")

    assert "现在：求助" in look
    assert "改为：咨询" in look
    assert "已告诉呼叫人" in room.last(LI_CHAT).text
    assert "咨询" in room.card(GROUP).text.splitlines()[0]
    assert "从「求助」改为「咨询」，6月16日" in room.last(LIN_CHAT).text


async def test_the_card_shows_it_also_where_the_dates_stay(room: Room):
    call = await raised(room)

    await by_button(room, call)
    await room.taps(LI, LI_CHAT, "投诉")
    await room.taps(LI, LI_CHAT, "改类型")

    assert "投诉 · 一般" in room.card(GROUP).text


async def test_in_triage_it_stands_behind_more(room: Room):
    call = await raised(room, item="", sure=False)

    await by_button(room, call)
    await room.taps(LI, LI_CHAT, "投诉")
    await room.taps(LI, LI_CHAT, "改类型")

    assert (await room.stage.call(call)).call.intent is Intent.COMPLAINT


async def test_who_may_not_hears_who_may_and_the_street_does(room: Room):
    call = await raised(room)
    await by_command(room, call)
    await room.taps(LI, LI_CHAT, "建议")

    refused = await room.taps(LI, LI_CHAT, "改类型")
    await room.says(LIANG, ABOVE, f"/type@huying_bot {call.number}")
    await room.opens(LIANG, ABOVE, "改类型")
    await room.taps(LIANG, LIANG_CHAT, "建议")
    await room.taps(LIANG, LIANG_CHAT, "改类型")

    assert "要由【逢源街道】决定" in refused
    assert "由上级从「求助」改为「建议」" in room.texts(GROUP)
    assert "上级把类型从「求助」改为「建议」" in room.last(LIN_CHAT).text


async def test_a_report_is_shown_the_way_to_named_people(room: Room):
    call = await raised(room)
    await by_command(room, call)

    await room.taps(LI, LI_CHAT, "举报")

    assert "转专人" in room.last(LI_CHAT).text


async def test_the_caller_disagrees_by_answering_and_the_group_reads_it(room: Room):
    call = await raised(room)
    await by_command(room, call)
    await room.taps(LI, LI_CHAT, "咨询")
    await room.taps(LI, LI_CHAT, "改类型")

    await room.says(LIN, LIN_CHAT, "不是问，是要你们来修", above=room.last(LIN_CHAT))

    assert "不是问，是要你们来修" in room.texts(GROUP)
