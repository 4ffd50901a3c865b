"""Somebody banned says why they should not be: one question, for another administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.accepting import words
from bot.flows.steps import Chosen, Done, Flow, Kept, Stay, Step
from bot.screens import banning
from bot.screens.easel import Easel

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft, Value
    from bot.screens.screen import Screen

NAME = "appeal"
DECIDERS = "deciders"


def appeal() -> Flow:
    """One question."""
    return Flow(
        name=NAME,
        steps=(Step("words", asks=_asks, accepts=(words,), keeps=_keeps),),
        ends=_end,
        cancelled=banning.left,
        numbered=False,
    )


async def _asks(draft: Draft, scene: Scene) -> Screen:
    return banning.asks_why(another=len(draft[DECIDERS]) > 1)


async def _keeps(draft: Draft, value: Value, scene: Scene) -> Kept:
    if isinstance(value, Chosen):
        return Stay(draft)
    ban = await scene.desk.appeal(value.text, by=scene.actor, now=scene.now)
    easel = Easel(scene.taps, scene.bot_name, scene.board.district)
    every = [int(one) for one in draft[DECIDERS]]
    others = [one for one in every if one != ban.by]
    for account in others or every:
        screen = banning.to_decide(ban, chat=account, easel=easel)
        scene.record.say("sendMessage", {"chat_id": account, **screen.plain()})
    return Done(banning.appealed(another=bool(others)))


async def _end(draft: Draft, scene: Scene) -> Screen:
    return banning.left()
