"""Calls on behalf, in private: /behalf and /newcode for officers, /claim for who called."""

from __future__ import annotations

from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import Message

from bot.flows import behalf, claim
from bot.flows.engine import Engine
from bot.flows.scene import Scene
from bot.handlers.standing import IN_PRIVATE
from bot.screens import claimed


async def raise_for(message: Message, scene: Scene, engine: Engine) -> None:
    """``/behalf``: the guided flow, for whoever has a post."""
    await engine.start(behalf.NAME, behalf.beginning(scene), scene, message)


async def take_over(
    message: Message, command: CommandObject, scene: Scene, engine: Engine
) -> None:
    """``/claim 编号 领取码``, or the link of the slip."""
    said = (command.args or "").removeprefix(claimed.CLAIM)
    await engine.start(claim.NAME, await claim.beginning(scene, said), scene, message)


async def renew(message: Message, command: CommandObject, scene: Scene) -> Any:
    """``/newcode 编号``: for a slip that was lost, or a code that was tried too often."""
    if not command.args:
        return message.answer(claimed.renew_usage())
    number = command.args.strip().upper()
    code = await scene.desk.renew_claim(number, by=scene.actor)
    return message.answer(**claimed.renewed(number, code).said())


def router() -> Router:
    """Before the residents' own ``/start``."""
    claiming = Router(name="claiming")
    claiming.message.filter(IN_PRIVATE)
    slip = F.args.startswith(claimed.CLAIM)
    claiming.message.register(take_over, CommandStart(deep_link=True, magic=slip))
    claiming.message.register(take_over, Command("claim"))
    claiming.message.register(raise_for, Command("behalf"))
    claiming.message.register(renew, Command("newcode"))
    return claiming
