"""How a screen reaches the person: an edit of the tapped message, or a new one.

Methods are called and their results never used: they leave after the commit.
"""

from __future__ import annotations

from dataclasses import replace

from aiogram.types import (
    CallbackQuery,
    InlineKeyboardMarkup,
    Message,
    ReplyKeyboardRemove,
)
from aiogram.utils.formatting import Text

from bot.flows.scene import Event
from bot.screens.screen import Screen
from bot.words import _

TOAST_LENGTH = 200


async def show(event: Event, screen: Screen, *, toast: str = "", drops_keys: bool = False) -> None:
    """Show a screen in answer to an event; ``drops_keys`` when a reply keyboard is still up."""
    if isinstance(event, CallbackQuery):
        await event.answer(toast[:TOAST_LENGTH] or None)
        if not drops_keys and await _edited(event, screen):
            return
        await _closed(event)
    message = event.message if isinstance(event, CallbackQuery) else event
    if message is None:
        return
    for number, text in enumerate(_ahead(screen, drops_keys=drops_keys)):
        removes = ReplyKeyboardRemove() if drops_keys and number == 0 else None
        said, entities = text.render()
        await message.answer(said, entities=entities or None, reply_markup=removes)
    shown = screen if screen.markup() or not drops_keys else replace(screen, drops_keys=True)
    await message.answer(**shown.said())


async def say(event: Event, text: str) -> None:
    """One sentence: a message in answer to a message, an alert in answer to a tap."""
    if isinstance(event, CallbackQuery):
        await event.answer(text[:TOAST_LENGTH], show_alert=True)
    else:
        await event.answer(text)


def spoken_to(event: Event) -> Message | None:
    """The message a new one may follow; None when Telegram no longer shows it."""
    message = event.message if isinstance(event, CallbackQuery) else event
    return message if isinstance(message, Message) else None


async def _edited(query: CallbackQuery, screen: Screen) -> bool:
    """Edit the tapped message where that can show the screen."""
    markup = screen.markup()
    if not isinstance(query.message, Message) or screen.before:
        return False
    if not isinstance(markup, InlineKeyboardMarkup | None):
        return False
    text, entities = screen.text.render()
    await query.message.edit_text(text, entities=entities or None, reply_markup=markup)
    return True


async def _closed(query: CallbackQuery) -> None:
    """Take the buttons off the tapped message: the answer is in a new one."""
    if isinstance(query.message, Message):
        await query.message.edit_reply_markup(reply_markup=None)


def _ahead(screen: Screen, *, drops_keys: bool) -> tuple[Text, ...]:
    """What is said before the screen; a keyboard needs a message to be taken away by."""
    if drops_keys and screen.markup() and not screen.before:
        return (Text(_("好的。")),)
    return screen.before
