"""What somebody edits afterwards is told as a correction, and what stayed the same is not."""

from __future__ import annotations

from tests.bot.group.room import Room
from tests.core.playing import CHATS, COMMUNITY, LI, LIN, STRANGER, ZHOU

GROUP = CHATS[COMMUNITY]
LIN_CHAT = LIN.account or 0


async def replied(room: Room, text: str) -> int:
    """Li answers the card; the id of that message."""
    await room.stage.raised()
    await room.delivers()
    await room.says(LI, GROUP, text, above=room.card(GROUP))
    return int(room.shown[GROUP][-1].params["message_id"])


async def test_an_edited_reply_reaches_the_caller_as_a_correction(room: Room):
    message = await replied(room, "三点到现场")

    await room.edits(LI, GROUP, message, "四点到现场", above=room.card(GROUP))

    assert "更正了前面的话，以这次为准：\n四点到现场" in room.texts(LIN_CHAT)
    assert room.shown[GROUP][-1].params["reaction"][0]["emoji"] == "👌"


async def test_the_same_words_again_are_told_to_nobody(room: Room):
    message = await replied(room, "三点到现场")
    before = len(room.shown[LIN_CHAT]), len(room.shown[GROUP])

    await room.edits(LI, GROUP, message, "三点到现场", above=room.card(GROUP))

    assert (len(room.shown[LIN_CHAT]), len(room.shown[GROUP])) == before


async def test_a_note_edited_stays_inside(room: Room):
    message = await replied(room, "//先问物业")

    await room.edits(LI, GROUP, message, "//先问街道", above=room.card(GROUP))

    assert "先问街道" not in room.texts(LIN_CHAT)


async def test_a_reply_that_becomes_a_note_afterwards_says_no_more_to_the_caller(room: Room):
    message = await replied(room, "三点到现场")

    await room.edits(LI, GROUP, message, "//其实四点", above=room.card(GROUP))

    assert "其实四点" not in room.texts(LIN_CHAT)
    assert "收不回来" in room.last(GROUP).text


async def test_nobody_corrects_what_another_said(room: Room):
    message = await replied(room, "三点到现场")

    for who in (ZHOU, STRANGER):
        await room.edits(who, GROUP, message, "不来了", above=room.card(GROUP))

    assert "不来了" not in room.texts(LIN_CHAT)
    assert "没有转达过" in room.last(GROUP).text


async def test_an_edited_reply_by_command_reaches_the_caller_without_the_command(room: Room):
    call = await room.stage.raised()
    await room.delivers()
    await room.taps(LI, GROUP, "签收")
    await room.says(LI, GROUP, f"/reply@huying_bot {call.number} 三点到现场")

    await room.edits(
        LI,
        GROUP,
        room.said_last,
        f"/reply@huying_bot {call.number} 四点到现场",
        entities=[{"type": "bot_command", "offset": 0, "length": 17}],
    )

    assert room.last(LIN_CHAT).text.endswith("更正了前面的话，以这次为准：\n四点到现场")
    assert "/reply" not in room.texts(LIN_CHAT)


async def test_a_reply_edited_into_a_command_is_no_word_for_the_caller(room: Room):
    message = await replied(room, "三点到现场")

    for command in ("/done@huying_bot", "/whatever"):
        await room.edits(LI, GROUP, message, command, above=room.card(GROUP))

    assert "/done" not in room.texts(LIN_CHAT)
    assert "/whatever" not in room.texts(LIN_CHAT)
