"""Whatever nobody took: a group without an agency, a command nobody knows, a dead button."""

from __future__ import annotations

from typing import Any

from aiogram import Bot, F, Router
from aiogram.methods import SendMessage
from aiogram.types import CallbackQuery, Message

from bot.commands import OFFICERS, RESIDENTS
from bot.handlers.standing import IN_GROUP, TAP_IN_GROUP
from bot.screens import settings
from bot.screens.prompts import below
from bot.words import _
from core.board import Board

IN_PRIVATE_ONLY = frozenset(name for name, _words in RESIDENTS + OFFICERS)


async def addressed(
    message: Message, bot: Bot, board: Board, bot_name: str
) -> bool | dict[str, Any]:
    """Filter: a command meant for us, or a reply to something we said; ``bound`` tells whether."""
    above = message.reply_to_message
    replied = above is not None and above.from_user is not None and above.from_user.id == bot.id
    if not replied and not _commands_us(message, bot_name):
        return False
    return {"bound": await board.group(message.chat.id) is not None}


async def say_what_to_do(message: Message, bound: bool, bot_name: str) -> SendMessage | None:
    """One clear sentence; a reply to one of our plain sentences needs none."""
    if not bound:
        return below(message, settings.nobody_bound(bot_name))
    said = (message.text or "").partition(" ")[0].partition("@")[0]
    if said.startswith("/") and said[1:].lower() in IN_PRIVATE_ONLY:
        told = _("{command} 要在和我的私聊里发：点我的头像，再点“发消息”。")
        return below(message, told.format(command=said.lower()))
    if said.startswith("/"):
        return below(message, _("没有这个命令。发 /help@{bot} 看说明。").format(bot=bot_name))
    return None


async def dead_button(query: CallbackQuery) -> None:
    """A button this bot never drew, or drew for another chat."""
    await query.answer(_("这个按钮用不了了，请看最新的消息。"), show_alert=True)


def _commands_us(message: Message, bot_name: str) -> bool:
    """``/cmd@us``; a bare command may be meant for another bot of the group."""
    text = message.text or ""
    commands = [e for e in message.entities or () if e.type == "bot_command" and e.offset == 0]
    return any(e.extract_from(text).lower().endswith(f"@{bot_name.lower()}") for e in commands)


def router() -> Router:
    """The last router."""
    leftovers = Router(name="leftovers")
    leftovers.message.register(say_what_to_do, IN_GROUP, addressed)
    leftovers.callback_query.register(dead_button, TAP_IN_GROUP)
    leftovers.callback_query.register(dead_button, ~F.message)
    return leftovers
