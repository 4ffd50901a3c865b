"""Every method the sandbox offers, called and understood by both client libraries."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import aiogram
import aiogram.types
import pytest
import telegram
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from sandbox.api.offered import METHODS
from tests.people import Json, Person, Sandbox


@dataclass
class Stage:
    """A person, a forum with the bot as administrator, and things said there."""

    sandbox: Sandbox
    lin: Person
    forum: int
    own: int
    words: int
    topic: int
    closed: int
    query: str
    file: str


class QuickSession(AiohttpSession):
    """aiogram's own session waits a quarter of a second for TLS, of which there is none here."""

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


@asynccontextmanager
async def aiogram_bot(sandbox: Sandbox) -> AsyncIterator[aiogram.Bot]:
    server = TelegramAPIServer.from_base(sandbox.url)
    async with aiogram.Bot(sandbox.token, session=QuickSession(api=server)) as bot:
        yield bot


@asynccontextmanager
async def telegram_bot(sandbox: Sandbox) -> AsyncIterator[telegram.Bot]:
    roots = {"base_url": f"{sandbox.url}/bot", "base_file_url": f"{sandbox.url}/file/bot"}
    async with telegram.Bot(sandbox.token, **roots) as bot:
        yield bot


LIBRARIES: dict[str, tuple[Any, ModuleType]] = {
    "aiogram": (aiogram_bot, aiogram.types),
    "telegram": (telegram_bot, telegram),
}


@pytest.fixture
async def stage(sandbox: Sandbox) -> Stage:
    lin = await sandbox.person("林阿姨", started=True)
    wish = {"type": "supergroup", "is_forum": True, "bot": "administrator", "username": "dongfeng"}
    forum = await sandbox.group("东风社区", members=[lin], **wish)
    topic, closed = await forum.topic("照明"), await forum.topic("旧事")
    await sandbox.post(f"/chats/{forum.id}/topics", {"thread": closed, "closed": True})
    button = {"inline_keyboard": [[{"text": "好", "callback_data": "ok"}]]}
    own = (await sandbox.bot("sendMessage", chat_id=forum.id, text="卡片", reply_markup=button))[
        "result"
    ]
    words = await lin.in_group(forum).says("楼道灯坏了")
    photo = await lin.sends_photo()
    tapped = await sandbox.post(
        "/taps", {"from": lin.id, "chat": forum.id, "message": own["message_id"], "text": "好"}
    )
    await sandbox.bot("pinChatMessage", chat_id=forum.id, message_id=own["message_id"])
    file = photo.raw["photo"][-1]["file_id"]
    places = (own["message_id"], words.id, topic, closed)
    return Stage(sandbox, lin, forum.id, *places, tapped["query"], file)


def media(s: Stage, t: ModuleType) -> list[Any]:
    return [t.InputMediaPhoto(media=s.file, caption="一"), t.InputMediaPhoto(media=s.file)]


def upload(t: ModuleType, name: str) -> Any:
    if t is telegram:
        return telegram.InputFile(b"content", filename=name)
    return aiogram.types.BufferedInputFile(b"content", filename=name)


def keyboard(t: ModuleType) -> Any:
    button = t.InlineKeyboardButton(text="签收", callback_data="take")
    return t.InlineKeyboardMarkup(inline_keyboard=[[button]])


def bold(t: ModuleType) -> Any:
    return t.MessageEntity(type="bold", offset=0, length=2)


Probe = Callable[[Stage, ModuleType], Json]
PROBES: dict[str, Probe] = {
    "getMe": lambda s, t: {},
    "getUpdates": lambda s, t: {"timeout": 0, "limit": 10},
    "setWebhook": lambda s, t: {"url": "", "secret_token": "abc", "allowed_updates": ["message"]},
    "deleteWebhook": lambda s, t: {"drop_pending_updates": True},
    "getWebhookInfo": lambda s, t: {},
    "sendMessage": lambda s, t: {
        "chat_id": s.forum,
        "text": "你好😀",
        "entities": [bold(t)],
        "message_thread_id": s.topic,
        "reply_markup": keyboard(t),
        "protect_content": True,
        "disable_notification": True,
    },
    "sendPhoto": lambda s, t: {"chat_id": s.lin.id, "photo": upload(t, "a.png"), "caption": "图"},
    "sendVoice": lambda s, t: {"chat_id": s.lin.id, "voice": upload(t, "a.ogg")},
    "sendVideo": lambda s, t: {"chat_id": s.lin.id, "video": upload(t, "a.mp4")},
    "sendAudio": lambda s, t: {"chat_id": s.lin.id, "audio": upload(t, "a.mp3")},
    "sendDocument": lambda s, t: {"chat_id": s.lin.id, "document": upload(t, "表.xlsx")},
    "sendAnimation": lambda s, t: {"chat_id": s.lin.id, "animation": upload(t, "a.mp4")},
    "sendSticker": lambda s, t: {"chat_id": s.lin.id, "sticker": upload(t, "a.webp")},
    "sendMediaGroup": lambda s, t: {"chat_id": s.lin.id, "media": media(s, t)},
    "sendLocation": lambda s, t: {"chat_id": s.lin.id, "latitude": 23.1, "longitude": 113.2},
    "sendVenue": lambda s, t: {
        "chat_id": s.lin.id,
        "latitude": 23.1,
        "longitude": 113.2,
        "title": "居委会",
        "address": "东风路 1 号",
    },
    "sendContact": lambda s, t: {
        "chat_id": s.lin.id,
        "phone_number": "+8613800000000",
        "first_name": "陈",
    },
    "sendChatAction": lambda s, t: {"chat_id": s.lin.id, "action": "typing"},
    "copyMessage": lambda s, t: {
        "chat_id": s.lin.id,
        "from_chat_id": s.forum,
        "message_id": s.words,
    },
    "forwardMessage": lambda s, t: {
        "chat_id": s.lin.id,
        "from_chat_id": s.forum,
        "message_id": s.words,
    },
    "editMessageText": lambda s, t: {
        "chat_id": s.forum,
        "message_id": s.own,
        "text": "已签收",
        "reply_markup": keyboard(t),
    },
    "editMessageCaption": lambda s, t: {"chat_id": s.lin.id, "message_id": 3, "caption": "新"},
    "editMessageMedia": lambda s, t: {
        "chat_id": s.lin.id,
        "message_id": 3,
        "media": t.InputMediaPhoto(media=s.file, caption="换"),
    },
    "editMessageReplyMarkup": lambda s, t: {
        "chat_id": s.forum,
        "message_id": s.own,
        "reply_markup": keyboard(t),
    },
    "deleteMessage": lambda s, t: {"chat_id": s.forum, "message_id": s.words},
    "deleteMessages": lambda s, t: {"chat_id": s.forum, "message_ids": [s.words, 999]},
    "answerCallbackQuery": lambda s, t: {
        "callback_query_id": s.query,
        "text": "好",
        "show_alert": True,
    },
    "pinChatMessage": lambda s, t: {"chat_id": s.forum, "message_id": s.words},
    "unpinChatMessage": lambda s, t: {"chat_id": s.forum, "message_id": s.own},
    "unpinAllChatMessages": lambda s, t: {"chat_id": s.forum},
    "setMessageReaction": lambda s, t: {
        "chat_id": s.forum,
        "message_id": s.words,
        "reaction": [t.ReactionTypeEmoji(emoji="👍")],
    },
    "getFile": lambda s, t: {"file_id": s.file},
    "getChat": lambda s, t: {"chat_id": "@dongfeng"},
    "getChatMember": lambda s, t: {"chat_id": s.forum, "user_id": s.lin.id},
    "getChatAdministrators": lambda s, t: {"chat_id": s.forum},
    "getChatMemberCount": lambda s, t: {"chat_id": s.forum},
    "leaveChat": lambda s, t: {"chat_id": s.forum},
    "createForumTopic": lambda s, t: {"chat_id": s.forum, "name": "停水"},
    "editForumTopic": lambda s, t: {
        "chat_id": s.forum,
        "message_thread_id": s.topic,
        "name": "路灯",
    },
    "closeForumTopic": lambda s, t: {"chat_id": s.forum, "message_thread_id": s.topic},
    "reopenForumTopic": lambda s, t: {"chat_id": s.forum, "message_thread_id": s.closed},
    "deleteForumTopic": lambda s, t: {"chat_id": s.forum, "message_thread_id": s.topic},
    "setMyCommands": lambda s, t: {
        "commands": [t.BotCommand(command="help", description="帮助")],
        "scope": t.BotCommandScopeAllGroupChats(),
        "language_code": "zh",
    },
    "getMyCommands": lambda s, t: {"scope": t.BotCommandScopeChat(chat_id=s.lin.id)},
    "deleteMyCommands": lambda s, t: {"language_code": "zh"},
    "setMyName": lambda s, t: {"name": "呼应", "language_code": "zh"},
    "getMyName": lambda s, t: {},
    "setMyDescription": lambda s, t: {"description": "居民呼叫，社区应答"},
    "getMyDescription": lambda s, t: {},
    "setMyShortDescription": lambda s, t: {"short_description": "居民呼叫"},
    "getMyShortDescription": lambda s, t: {"language_code": "zh"},
    "setChatMenuButton": lambda s, t: {
        "chat_id": s.lin.id,
        "menu_button": t.MenuButtonCommands(),
    },
    "getChatMenuButton": lambda s, t: {"chat_id": s.lin.id},
}


def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])([A-Z])", r"_\1", name).lower()


def test_every_method_has_a_probe() -> None:
    assert sorted(PROBES) == sorted(method.name for method in METHODS.values())


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("method", PROBES)
async def test_both_libraries_understand(stage: Stage, method: str, library: str) -> None:
    opened, types = LIBRARIES[library]
    if method in ("editMessageCaption", "editMessageMedia"):
        await stage.sandbox.bot("sendPhoto", chat_id=stage.lin.id, photo=stage.file, caption="旧")

    async with opened(stage.sandbox) as bot:
        result = await getattr(bot, snake(method))(**PROBES[method](stage, types))

    assert result is not None and result is not False


@pytest.mark.parametrize("library", LIBRARIES)
async def test_updates_of_every_kind_are_understood(stage: Stage, library: str) -> None:
    await stage.lin.blocks()
    await stage.lin.unblocks()
    await stage.lin.sends_voice()
    await stage.lin.sends_sticker()
    await stage.lin.sends_video()
    await stage.lin.sends_document()
    await stage.lin.sends_album(2, caption="两张")
    await stage.lin.sends_location(23.1, 113.2)
    await stage.lin.sends_contact()
    await stage.lin.sends(text="转发", forward_from="channel")
    await stage.lin.edits(await stage.lin.says("错字"), "改了")
    opened, _types = LIBRARIES[library]

    async with opened(stage.sandbox) as bot:
        updates = await bot.get_updates(limit=100)

    kinds = {
        kind
        for kind in ("message", "edited_message", "callback_query", "my_chat_member")
        if any(getattr(update, kind) for update in updates)
    }
    assert kinds == {"message", "edited_message", "callback_query", "my_chat_member"}


STATUSES = ["creator", "administrator", "member", "restricted", "left", "kicked"]


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("status", STATUSES)
async def test_every_standing_is_understood(stage: Stage, status: str, library: str) -> None:
    wish = {"person": stage.lin.id, "status": status}
    await stage.sandbox.post(f"/chats/{stage.forum}/members", wish)
    opened, _types = LIBRARIES[library]

    async with opened(stage.sandbox) as bot:
        member = await bot.get_chat_member(chat_id=stage.forum, user_id=stage.lin.id)

    assert member.status == status


@pytest.mark.parametrize("library", LIBRARIES)
async def test_service_messages_are_understood(stage: Stage, library: str) -> None:
    chen = await stage.sandbox.person("陈主任")
    group = await stage.sandbox.group("西街", members=[stage.lin])
    await group.member(chen, "member")
    await group.member(chen, "left")
    await group.upgrades()
    await group.member("bot", "kicked")
    opened, _types = LIBRARIES[library]

    async with opened(stage.sandbox) as bot:
        updates = await bot.get_updates(limit=100)

    told = [update.message for update in updates if update.message]
    kinds = ("new_chat_members", "left_chat_member", "migrate_to_chat_id", "forum_topic_created")
    assert all(any(getattr(message, kind) for message in told) for kind in kinds)
    assert updates[-1].my_chat_member.new_chat_member.status == "kicked"


@pytest.mark.parametrize("library", LIBRARIES)
async def test_a_file_sent_comes_back_the_same(stage: Stage, library: str) -> None:
    opened, types = LIBRARIES[library]

    async with opened(stage.sandbox) as bot:
        sent = await bot.send_document(chat_id=stage.lin.id, document=upload(types, "表.xlsx"))
        file = await bot.get_file(sent.document.file_id)
        if library == "telegram":
            content = bytes(await file.download_as_bytearray())
        else:
            content = (await bot.download_file(file.file_path)).read()

    assert (content, sent.document.file_name) == (b"content", "表.xlsx")
