"""Filters of the group chat: which agency answers here, what a reply is about, who may speak."""

from __future__ import annotations

from typing import Any

from aiogram import F
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from bot.screens.easel import Easel
from core.board import Board
from core.people import Actor
from core.posting import Purpose

IN_GROUP = F.chat.type.in_({"group", "supergroup"})
IN_PRIVATE = F.chat.type == "private"
TAP_IN_GROUP = F.message.chat.type.in_({"group", "supergroup"})


class Bound(Filter):
    """The chat is an agency's, as ``binding``."""

    async def __call__(
        self, event: Message | CallbackQuery, board: Board
    ) -> bool | dict[str, Any]:
        """``binding`` for the handler, or no match."""
        message = event.message if isinstance(event, CallbackQuery) else event
        binding = await board.group(message.chat.id) if message else None
        return {"binding": binding} if binding else False


class AtDesk(Filter):
    """Where rules are made: a private chat, or the group in which the district answers.

    A place alone grants nothing: whoever acts there is asked for besides (S4).
    """

    async def __call__(self, event: Message | CallbackQuery, board: Board, easel: Easel) -> bool:
        """Whether this is such a place."""
        message = event.message if isinstance(event, CallbackQuery) else event
        if message is None or message.chat.type == "private":
            return message is not None
        binding = await board.group(message.chat.id)
        return binding is not None and binding.agency == easel.district.tree.district.code


class OfficerHere(Filter):
    """Somebody registered for the agency of this chat, known as ``binding``."""

    async def __call__(
        self, event: Message | CallbackQuery, board: Board, actor: Actor
    ) -> bool | dict[str, Any]:
        """``binding`` for the handler, or no match."""
        found = await Bound()(event, board)
        return (
            found if isinstance(found, dict) and actor.acts_for(found["binding"].agency) else False
        )


class AboutLeg(Filter):
    """A reply to a message about a leg, as ``posting``."""

    async def __call__(self, message: Message, board: Board) -> bool | dict[str, Any]:
        """``posting`` for the handler, or no match."""
        above = message.reply_to_message
        if above is None:
            return False
        posting = await board.about(message.chat.id, above.message_id)
        answers = posting is not None and posting.purpose is not Purpose.TOPIC
        return {"posting": posting} if answers else False
