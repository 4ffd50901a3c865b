"""A command that was edited: its words are put right, and no act is ever taken by an edit (S3)."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import Command
from aiogram.methods import SendMessage, SetMessageReaction
from aiogram.types import Message

from bot.handlers.relaying import put_right
from bot.handlers.slashes import SLASHES, WORDED, Means, Meant
from bot.handlers.standing import IN_GROUP, Bound
from bot.screens import slashes
from bot.screens.prompts import below
from core.call import Medium, Piece
from core.desk import Desk
from core.people import Actor


async def reword(
    message: Message, meant: Meant | None, desk: Desk, actor: Actor, now: datetime
) -> SendMessage | SetMessageReaction | None:
    """``/reply``, ``/progress``, ``/note`` with other words: a correction of what was said."""
    if meant is None:
        return below(message, slashes.send_anew())
    piece = Piece(Medium.WORDS, meant.words)
    return await put_right(message, piece, meant.view.call.id, desk, by=actor, now=now)


async def take_nothing(message: Message) -> SendMessage:
    """What was done is not undone by an edit, and nothing is done by one."""
    return below(message, slashes.send_anew())


def router() -> Router:
    """Before replies: an edited command in answer to a card is no word for the caller."""
    edited = Router(name="edited_commands")
    edited.edited_message.register(reword, IN_GROUP, Command(*WORDED), Bound(), Means())
    edited.edited_message.register(take_nothing, IN_GROUP, Command(*SLASHES), Bound())
    return edited
