"""A call in an agency's group: the card, its buttons, and replies that reach the caller."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.intent import Intent
from core.lifecycle import Status
from tests.bot.group.room import Room
from tests.core.playing import CHATS, COMMUNITY, LI, LIN, STRANGER, ZHOU, words

GROUP = CHATS[COMMUNITY]
LIN_CHAT = LIN.account or 0


async def raised(room: Room, **more):
    """Lin's lamp is out, and the group has its card."""
    call = await room.stage.raised(**more)
    await room.delivers()
    return call


async def test_a_new_call_shows_what_before_signing_can_be_done(room: Room):
    await raised(room)

    assert [label[-2:] for label in room.card(GROUP).labels] == ["签收", "退单", "更多"]
    assert "林**" in room.card(GROUP).text


async def test_tapping_acknowledge_takes_the_leg_and_tells_the_caller(room: Room):
    call = await raised(room)

    toast = await room.taps(LI, GROUP, "签收")

    assert (await room.stage.leg(call)).status is Status.IN_PROGRESS
    assert "已签收" in toast
    assert "李敏" in room.card(GROUP).text
    assert "已签收" in room.texts(LIN_CHAT)
    assert "李敏" not in room.texts(LIN_CHAT)


async def test_the_second_of_two_who_tap_is_told_who_was_first(room: Room):
    await raised(room)
    before = room.card(GROUP)
    data = next(b["callback_data"] for b in before.buttons if "签收" in b["text"])
    await room.presses(LI, GROUP, before, data)

    toast = await room.presses(ZHOU, GROUP, before, data)

    assert "李敏" in toast
    assert "签收" in toast


async def test_a_stranger_is_told_how_to_become_an_officer(room: Room):
    call = await raised(room)

    toast = await room.taps(STRANGER, GROUP, "签收")

    assert (await room.stage.leg(call)).status is Status.DISPATCHED
    assert "管理员" in toast


@pytest.mark.conformance
async def test_7_a_reply_to_the_card_reaches_the_caller_unchanged(room: Room):
    await raised(room)

    await room.says(LI, GROUP, "师傅下午三点到，请留意", above=room.card(GROUP))

    assert "师傅下午三点到，请留意" in room.texts(LIN_CHAT)
    assert "李敏" not in room.texts(LIN_CHAT)
    assert room.last(GROUP).params["reaction"] == [{"type": "emoji", "emoji": "👍"}]


@pytest.mark.conformance
async def test_2_received_alone_is_relayed_but_is_no_contact(room: Room):
    call = await raised(room)

    await room.says(LI, GROUP, "收到", above=room.card(GROUP))

    assert (await room.stage.leg(call)).contacted_at is None
    assert "不算首次联系" in room.last(GROUP).text


async def test_a_note_stays_inside(room: Room):
    await raised(room)

    await room.says(LI, GROUP, "// 业主以前投诉过", above=room.card(GROUP))

    assert "业主以前投诉过" not in room.texts(LIN_CHAT)
    assert room.last(GROUP).params["reaction"] == [{"type": "emoji", "emoji": "✍"}]


async def test_the_progress_button_asks_and_its_answer_is_progress(room: Room):
    await raised(room)
    await room.taps(LI, GROUP, "签收")

    await room.taps(LI, GROUP, "进展")
    prompt = room.last(GROUP)
    await room.says(LI, GROUP, "材料已到", above=prompt)

    assert prompt.params["reply_markup"]["selective"] is True
    assert "办理进展" in room.texts(LIN_CHAT)
    assert "材料已到" in room.texts(LIN_CHAT)


async def shows_album(room: Room, *numbers: int) -> None:
    """Li answers with photos of one album."""
    for n in numbers:
        photo = [{"file_id": f"p{n}", "file_unique_id": f"u{n}", "width": 1, "height": 1}]
        await room.says(LI, GROUP, above=room.card(GROUP), photo=photo, media_group_id="a1")


async def passes(room: Room, seconds: int) -> None:
    """A moment later, what waited is said."""
    room.stage.now += timedelta(seconds=seconds)
    await room.delivers()


@pytest.mark.conformance
async def test_11_an_album_is_one_answer_and_confirmed_once(room: Room):
    await raised(room)

    await shows_album(room, 0, 1, 2, 3, 4)
    await passes(room, 3)

    told = [m for m in room.shown[LIN_CHAT] if m.method == "sendMediaGroup"]
    assert [len(m.params["media"]) for m in told] == [5]
    assert [m.method for m in room.shown[LIN_CHAT]].count("sendPhoto") == 0
    assert [m.method for m in room.shown[GROUP]].count("setMessageReaction") == 1


async def test_a_photo_that_comes_after_its_album_went_is_told_by_itself(room: Room):
    await raised(room)
    await shows_album(room, 0, 1)
    await passes(room, 3)

    await shows_album(room, 2)
    await passes(room, 3)

    told = [m.method for m in room.shown[LIN_CHAT]]
    assert (told.count("sendMediaGroup"), told.count("sendPhoto")) == (1, 1)


async def test_chatter_is_not_answered(room: Room):
    await raised(room)
    before = len(room.shown[GROUP])

    await room.says(LI, GROUP, "中午吃什么")

    assert len(room.shown[GROUP]) == before


async def test_what_the_caller_adds_comes_below_the_card_with_numbers_hidden(room: Room):
    call = await raised(room)
    leg = await room.stage.leg(call)

    async with room.stage.desk() as desk:
        await desk.add(leg.id, words("我电话13812345678"), by=LIN, now=room.stage.now)
    await room.delivers()

    said = room.last(GROUP)
    assert "13812345678" not in said.text
    assert said.params["reply_parameters"]["message_id"] == room.card(GROUP).id


async def test_a_card_without_a_contact_clock_still_changes_when_the_caller_is_answered(room):
    call = await raised(room, intent=Intent.CONSULT)
    await room.taps(LI, GROUP, "签收")
    before = room.card(GROUP).text

    async with room.stage.desk() as desk:
        leg = (await room.stage.leg(call)).id
        await desk.reply(leg, words("凭身份证到服务中心办"), by=LI, now=room.stage.now)
    await room.delivers()

    assert "首次联系" not in before
    assert room.card(GROUP).text != before
    assert "已回复呼叫人" in room.card(GROUP).text
