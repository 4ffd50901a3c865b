"""Leave and hand-over, in the group: ``/leave 3 周强`` and ``/back``."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from bot.handlers.standing import IN_GROUP, Bound
from bot.screens import leaves
from bot.screens.easel import Easel
from bot.screens.prompts import below
from core.desk import Desk
from core.people import Actor, Binding

LONGEST = 60


async def go(
    message: Message,
    command: CommandObject,
    binding: Binding,
    desk: Desk,
    actor: Actor,
    easel: Easel,
    now: datetime,
) -> Any:
    """Away for some days, with a colleague standing in."""
    days, _, colleague = (command.args or "").strip().partition(" ")
    if not (days.isascii() and days.isdigit() and 1 <= int(days) <= LONGEST and colleague.strip()):
        return below(message, leaves.usage(easel.bot_name))
    until = now + timedelta(days=int(days))
    other, count = await desk.go_on_leave(
        binding.agency, until=until, substitute=colleague, by=actor, now=now, chat=message.chat.id
    )
    told = leaves.on_leave(actor.name, other, count, until=until, zone=easel.zone)
    return below(message, told)


async def come(message: Message, binding: Binding, desk: Desk, actor: Actor, now: datetime) -> Any:
    """Here again."""
    await desk.come_back(binding.agency, by=actor, now=now)
    return below(message, leaves.back(actor.name))


def router() -> Router:
    """Leave, in groups of an agency."""
    router = Router(name="leaves")
    router.message.filter(IN_GROUP, Bound())
    router.message.register(go, Command("leave"))
    router.message.register(come, Command("back"))
    return router
