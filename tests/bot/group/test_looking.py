"""Commands of an agency's group, and everything that is no answer to a card."""

from __future__ import annotations

import pytest

from bot.introductions import whole
from core.errors import NotYourPart
from tests.bot.group.room import Room, Shown
from tests.builders import LIN, a_resident
from tests.core.playing import CHATS, COMMUNITY, LI, LIGHTS, STRANGER
from tests.fakes import MemoryWork

GROUP, LAMPS = CHATS[COMMUNITY], CHATS[LIGHTS]


async def raised(room: Room):
    """A call whose card the group has."""
    call = await room.stage.raised()
    await room.delivers()
    return call


async def test_open_calls_are_listed_with_what_is_due(room: Room):
    call = await raised(room)

    await room.says(LI, GROUP, "/calls@huying_bot")

    assert call.number in room.last(GROUP).text
    assert "待签收" in room.last(GROUP).text


async def test_an_agency_without_work_is_told_so(room: Room):
    await raised(room)

    await room.says(LI, LAMPS, "/calls@huying_bot")

    assert "没有待办" in room.last(LAMPS).text


@pytest.mark.parametrize("words", ["LW-260615-0001", "lw-260615-0001", "0001"])
async def test_one_call_is_shown_with_its_buttons(room: Room, words: str):
    await raised(room)

    await room.says(LI, GROUP, f"/call@huying_bot {words}")
    await room.taps(LI, GROUP, "签收", on=room.last(GROUP))

    assert "李敏" in room.texts(GROUP)


async def test_a_call_of_another_agency_is_not_shown(room: Room):
    call = await raised(room)

    await room.says(LI, LAMPS, f"/call@huying_bot {call.number}")

    assert "楼下的路灯不亮" not in room.texts(LAMPS)
    assert "没有编号" in room.last(LAMPS).text


async def test_help_fits_on_one_screen(room: Room):
    await room.says(LI, GROUP, "/help@huying_bot")

    shown = room.last(GROUP).text
    assert len(shown.splitlines()) <= 14
    assert all(sign in shown for sign in ("//", "👍", "✍"))


async def test_an_unknown_command_for_us_is_answered(room: Room):
    await room.says(LI, GROUP, "/dance@huying_bot")

    assert "/help@huying_bot" in room.last(GROUP).text


async def test_a_command_for_another_bot_is_left_alone(room: Room):
    await room.says(LI, GROUP, "/dance@other_bot")

    assert room.shown[GROUP] == []


async def test_a_reply_of_nothing_but_emoji_is_asked_for_words(room: Room):
    await raised(room)

    await room.says(LI, GROUP, "👍👍", above=room.card(GROUP))

    assert "文字" in room.last(GROUP).text
    assert "👍" not in room.texts(1001)


async def test_a_slash_word_in_a_reply_is_not_relayed(room: Room):
    await raised(room)

    await room.says(LI, GROUP, "/done@huying_bot", above=room.card(GROUP))

    assert "/done" not in room.texts(1001)


async def test_an_edited_reply_is_asked_to_be_sent_again(room: Room):
    await raised(room)
    card = room.card(GROUP)
    chat = {"id": GROUP, "type": "supergroup", "title": "办理群"}
    head = {"message_id": card.id, "date": 1781488800, "chat": chat, "text": card.text}
    edited = {"message_id": 900, "date": 1781488800, "edit_date": 1781488900, "chat": chat}
    author = {"id": LI.account, "is_bot": False, "first_name": LI.name}

    await room.feeds(
        {
            "edited_message": {
                **edited,
                "from": author,
                "text": "明天到",
                "reply_to_message": head,
            }
        }
    )

    assert "再回复一次" in room.last(GROUP).text
    assert "明天到" not in room.texts(1001)


async def test_a_reply_to_a_message_about_nothing_is_left_alone(room: Room):
    await raised(room)
    before = len(room.shown[GROUP])

    await room.says(LI, GROUP, "说得对", above=Shown(31337, {"text": "已设好。"}))

    assert len(room.shown[GROUP]) == before


async def test_a_button_nobody_drew_is_answered(room: Room):
    await raised(room)

    toast = await room.presses(STRANGER, GROUP, room.card(GROUP), "v1:ack:1:1::00000000")

    assert "用不了" in toast


async def test_an_act_refused_half_way_leaves_nothing_behind():
    work = MemoryWork()

    class HalfWay:
        async def consent(self) -> None:
            await work.people.save_resident(a_resident())
            raise NotYourPart

    with pytest.raises(NotYourPart):
        await whole(HalfWay(), work).consent()  # type: ignore[arg-type, call-arg]

    assert await work.people.resident(LIN) is None
