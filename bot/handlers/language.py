"""/language in private chat: what somebody chooses here wins over the language of their app."""

from __future__ import annotations

from typing import Any

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.methods import SetMyCommands
from aiogram.types import CallbackQuery, Message

from bot.commands import menus_of
from bot.flows.engine import Engine
from bot.flows.scene import Scene
from bot.handlers.standing import IN_PRIVATE
from bot.screens import gestures, languages
from bot.screens.easel import Easel
from bot.screens.taps import Tap, Tapped
from bot.words import speaking
from core.auditing import audits


async def ask(message: Message, easel: Easel) -> Any:
    """``/language``."""
    return message.answer(**languages.question(chat=message.chat.id, easel=easel).said())


async def choose(
    query: CallbackQuery, tap: Tap, bot: Bot, scene: Scene, engine: Engine, easel: Easel
) -> None:
    """One of the languages: the menu and the question that is open change with it."""
    language, actor = tap.extra, scene.actor
    await scene.desk.speaks(by=actor, language=language)
    listed = menus_of(
        scene.chat,
        language,
        administrator=actor.administrator,
        officer=bool(actor.officer_of),
        auditor=audits(actor, easel.district),
    )
    for menu in listed:
        await bot(SetMyCommands.model_validate(menu))
    with speaking(language):
        if isinstance(query.message, Message):
            await query.message.edit_text(languages.chosen(), reply_markup=None)
        if not await engine.again(scene, query):
            await query.answer()


def router() -> Router:
    """Before the residents' router, which takes every button."""
    language = Router(name="language")
    language.message.filter(IN_PRIVATE)
    language.callback_query.filter(F.message.chat.type == "private")
    language.message.register(ask, Command("language"))
    language.callback_query.register(choose, Tapped(gestures.LANGUAGE))
    return language
