"""Administrators see which words residents use that the catalogue does not know yet."""

from __future__ import annotations

from typing import Any

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import Message

from bot.handlers.admin import listed, refuse
from bot.handlers.standing import IN_PRIVATE
from bot.screens import aliases
from bot.simplifying import simplified
from core.aliases import candidates, corrections
from core.board import Board
from core.suggesting import Suggester


async def show(message: Message, board: Board) -> Any:
    """``/aliases``: what corrections teach; each with the command that takes it up."""
    district = board.district
    told = await corrections(board)
    names = (name for one in district.tree.agencies for name in (one.name, *one.aliases))
    found = candidates(
        told, district.catalogue, lambda known: Suggester(known, simplified), names=names
    )
    return message.answer(**aliases.offered(found, len(told)).said())


def router() -> Router:
    """In private; what was forwarded is nobody's command (S4, S8)."""
    teaching = Router(name="aliases")
    teaching.message.filter(IN_PRIVATE, F.forward_origin.is_(None), Command("aliases"))
    teaching.message.register(show, listed)
    teaching.message.register(refuse)
    return teaching
