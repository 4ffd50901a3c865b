"""The order in which people are called when nobody signs something urgent: ``/roster``."""

from __future__ import annotations

from typing import Any

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from bot.handlers.standing import IN_GROUP, Bound
from bot.screens import leaves
from bot.screens.easel import Easel
from bot.screens.prompts import below
from core.board import Board
from core.desk import Desk
from core.people import Actor, Binding


async def order(
    message: Message,
    command: CommandObject,
    binding: Binding,
    board: Board,
    desk: Desk,
    actor: Actor,
    easel: Easel,
) -> Any:
    """With names: these first, in this order; without: the order as it is."""
    names = (command.args or "").replace("、", " ").split()
    if names:
        officers = await desk.set_roster(binding.agency, names, by=actor)
    else:
        officers = await board.officers_of(binding.agency)
    return below(message, leaves.roster(officers, easel.bot_name))


def router() -> Router:
    """In groups of an agency."""
    router = Router(name="roster")
    router.message.filter(IN_GROUP, Bound())
    router.message.register(order, Command("roster"))
    return router
