"""What handlers say is written down, and nothing reaches the network."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from aiogram import Bot
from aiogram.methods import SendMessage
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    MessageEntity,
    ReplyParameters,
    User,
)

from bot.intake.recording import Hint, NotForHandlers, RecordingSession
from core.outgoing import CONVERSATION, NUDGING, Kind, Policy
from core.posting import Purpose
from tests.bot.raw import ME


@pytest.fixture
def session() -> RecordingSession:
    return RecordingSession(User.model_validate(ME))


@pytest.fixture
def bot(session: RecordingSession) -> Bot:
    return Bot("7:AAH-made-up", session=session)


def said(session: RecordingSession) -> list[dict[str, Any]]:
    return [dict(row.payload) for row in session.record.rows]


async def test_what_a_handler_says_becomes_a_row_of_its_chat(session, bot):
    await bot.send_message(42, "收到", reply_markup=ForceReply(selective=True))

    (row,) = session.record.rows
    assert (row.lane, row.kind, row.policy, row.rank) == (
        42, Kind.SAY, Policy.AT_LEAST_ONCE, CONVERSATION
    )  # fmt: skip
    assert row.payload["method"] == "sendMessage"
    assert row.payload["params"] == {
        "chat_id": 42,
        "text": "收到",
        "reply_markup": {"force_reply": True, "selective": True},
    }


async def test_nothing_unset_is_written_down_however_deep(session, bot):
    await bot.send_message(
        42,
        "收到",
        entities=[MessageEntity(type="bold", offset=0, length=2)],
        reply_parameters=ReplyParameters(message_id=3, allow_sending_without_reply=True),
    )

    assert said(session)[0]["params"] == {
        "chat_id": 42,
        "text": "收到",
        "entities": [{"type": "bold", "offset": 0, "length": 2}],
        "reply_parameters": {"message_id": 3, "allow_sending_without_reply": True},
    }


async def test_an_album_is_written_down_item_by_item(session, bot):
    await bot.send_media_group(
        42, [InputMediaPhoto(media="AgAC1"), InputMediaPhoto(media="AgAC2")]
    )

    assert said(session)[0]["params"]["media"] == [
        {"type": "photo", "media": "AgAC1"},
        {"type": "photo", "media": "AgAC2"},
    ]


async def test_instants_are_written_as_telegram_counts_them(session, bot):
    until = datetime(2026, 1, 1, tzinfo=UTC)

    await bot.restrict_chat_member(-1001, 42, permissions={}, until_date=until)

    assert said(session)[0]["params"]["until_date"] == 1767225600


async def test_an_edit_may_be_said_again_without_harm(session, bot):
    markup = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="x", url="t.me")]])

    await bot.edit_message_text("收到", chat_id=42, message_id=5, reply_markup=markup)

    assert session.record.rows[0].policy is Policy.LATEST


async def test_answers_to_taps_and_typing_are_kept_apart(session, bot):
    await bot.answer_callback_query("9", "好")
    await bot.send_chat_action(42, "typing")

    assert session.record.rows == []
    assert [f.method for f in session.record.fleeting] == ["answerCallbackQuery", "sendChatAction"]
    assert session.record.fleeting[0].params == {"callback_query_id": "9", "text": "好"}


async def test_a_menu_is_set_beside_what_is_said(session, bot):
    await bot.set_my_commands([BotCommand(command="help", description="怎么用")])

    (menu,) = session.record.fleeting
    assert menu.method == "setMyCommands"
    assert menu.params == {"commands": [{"command": "help", "description": "怎么用"}]}


@pytest.mark.parametrize(
    "ask",
    [
        lambda bot: bot.get_chat(42),
        lambda bot: bot.get_file("AgAC"),
        lambda bot: bot.delete_webhook(),
        lambda bot: bot.send_message("@somewhere", "好"),
        lambda bot: bot.download("AgAC"),
        lambda bot: bot.send_photo(42, BufferedInputFile(b"", "x.png")),
    ],
)
async def test_what_needs_the_network_is_refused(bot, ask):
    with pytest.raises(NotForHandlers):
        await ask(bot)


async def test_who_the_bot_is_needs_no_network(bot):
    assert (await bot.me()).username == "huying_bot"


async def test_a_hint_travels_with_its_method(session, bot):
    record = session.open()
    method = SendMessage(chat_id=-1001, text="请回复")

    await bot(record.about(method, Hint(5, Purpose.ASKS_REPLY, rank=NUDGING, dedupe="a")))

    (row,) = record.rows
    assert row.payload["posting"] == {"leg": 5, "purpose": "asks_reply"}
    assert (row.rank, row.dedupe) == (NUDGING, "a")


async def test_what_was_said_since_a_mark_can_be_unsaid(session, bot):
    record = session.open()
    await bot.send_message(42, "先说的")
    mark = record.mark()
    await bot.send_message(42, "后说的")
    await bot.answer_callback_query("9")

    record.rewind(mark)

    assert [row.payload["params"]["text"] for row in record.rows] == ["先说的"]
    assert record.fleeting == []


async def test_each_update_begins_a_record_of_its_own(session, bot):
    await bot.send_message(42, "上一个")

    session.open()
    await bot.send_message(42, "这一个")

    assert [row["params"]["text"] for row in said(session)] == ["这一个"]
