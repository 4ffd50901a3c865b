"""An agency asks for somebody else's word in a few taps, and another group gives it with one."""

from __future__ import annotations

from core.lifecycle import Action
from tests.bot.group.room import Room
from tests.core.playing import CHATS, COMMUNITY, LI, LIANG, STRANGER, STREET

GROUP, ABOVE = CHATS[COMMUNITY], CHATS[STREET]
LI_CHAT, LIN_CHAT = 2001, 1001


async def signed(room: Room, **more):
    """A call that the community has taken."""
    call = await room.stage.raised(**more)
    await room.delivers()
    await room.taps(LI, GROUP, "签收")
    return call


async def asks_for_longer(room: Room):
    """Li asks for three working days more."""
    call = await signed(room)
    await room.taps(LI, GROUP, "更多")
    await room.opens(LI, GROUP, "申请延期")
    await room.taps(LI, LI_CHAT, "3 个工作日")
    await room.says(LI, LI_CHAT, "灯杆要订做，下周到货")
    await room.taps(LI, LI_CHAT, "下一步")
    await room.taps(LI, LI_CHAT, "申请延期")
    return call


async def test_the_second_page_of_a_card_opens_and_closes_again(room: Room):
    await signed(room)
    first = room.card(GROUP).labels

    await room.taps(LI, GROUP, "更多")
    second = room.card(GROUP).labels
    await room.taps(LI, GROUP, "返回")

    assert "⏳ 申请延期" in second
    assert "⏳ 申请延期" not in first
    assert room.card(GROUP).labels == first


async def test_a_stranger_turns_no_pages(room: Room):
    await signed(room)
    before = room.card(GROUP).labels

    toast = await room.taps(STRANGER, GROUP, "更多")

    assert "登记的经办人" in toast
    assert room.card(GROUP).labels == before


async def test_the_street_is_asked_with_a_card_and_two_buttons(room: Room):
    await asks_for_longer(room)

    card = room.card(ABOVE)
    assert card.labels[:2] == ["同意申请", "不同意"]
    assert "申请延期 3 个工作日" in card.text
    assert "灯杆要订做，下周到货" in room.texts(ABOVE)
    assert "由【" in room.last(LI_CHAT).text
    assert "申请延期 3 个工作日" in room.card(GROUP).text
    assert "灯杆" not in room.texts(LIN_CHAT)


async def test_an_agreed_extension_tells_the_caller_date_and_reason_and_no_names(room: Room):
    call = await asks_for_longer(room)
    before = (await room.stage.leg(call)).finish_due

    toast = await room.taps(LIANG, ABOVE, "同意申请")

    assert "已同意" in toast
    assert (await room.stage.leg(call)).finish_due > before
    told = room.last(LIN_CHAT).text
    assert "需要更多时间" in told
    assert "灯杆要订做，下周到货" in told
    assert LI.name not in told
    assert LIANG.name not in told
    assert "已同意延期" in room.texts(GROUP)
    assert "同意申请" not in room.card(ABOVE).labels


async def test_a_refused_extension_tells_the_agency_alone(room: Room):
    call = await asks_for_longer(room)
    heard = len(room.shown[LIN_CHAT])

    await room.taps(LIANG, ABOVE, "不同意")

    assert "不同意延期" in room.texts(GROUP)
    assert len(room.shown[LIN_CHAT]) == heard
    assert (await room.stage.leg(call)).proposal is None


async def test_the_agency_that_asks_cannot_agree_itself(room: Room):
    call = await asks_for_longer(room)

    toast = await room.taps(LI, ABOVE, "同意申请")

    assert "审批单位" in toast
    assert (await room.stage.leg(call)).proposal is not None


async def test_while_one_thing_waits_nothing_else_is_asked_for(room: Room):
    await asks_for_longer(room)

    await room.taps(LI, GROUP, "更多")

    assert "⏳ 申请延期" not in room.card(GROUP).labels


async def test_what_lapsed_is_said_in_both_groups_and_the_buttons_go(room: Room):
    call = await asks_for_longer(room)
    due = (await room.stage.leg(call)).proposal.due

    await room.stage.tick(due)
    await room.delivers()

    assert "到时没有决定" in room.texts(GROUP)
    assert "到时没有决定" in room.texts(ABOVE)
    assert "同意申请" not in room.card(ABOVE).labels
    entries = (await room.stage.call(call)).entries
    assert entries[-1].action is Action.LAPSE_PROPOSAL
