"""A contact card in private chat: an answer where it was asked for, else its owner is asked."""

from __future__ import annotations

from aiogram.types import Message

from bot.flows import own_number
from bot.flows.engine import Engine
from bot.flows.scene import Scene
from bot.flows.steps import Reason
from bot.flows.telling import Teller
from bot.screens import own_number as screens
from core.call import Piece


async def hand_over(message: Message, scene: Scene, engine: Engine) -> None:
    """The running step has the card if it takes one; what was said before stays either way."""
    if await engine.takes(message, scene):
        await engine.feed(message, scene)
        return
    value = own_number.card(message)
    if isinstance(value, Piece) and not await own_number.consents(scene):
        value = Reason(screens.consent_first())
    if isinstance(value, Piece):
        await engine.start(own_number.NAME, {own_number.NUMBER: value.text}, scene, message)
    elif value is not None:
        await Teller(message, scene).say(value.text)
