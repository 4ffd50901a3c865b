"""A caller objects to a hold: a few words, and those who agreed to it read them (row 28)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.accepting import words
from bot.flows.steps import Chosen, Done, Flow, Kept, Stay, Step
from bot.screens import objecting

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft, Value
    from bot.screens.screen import Screen

NAME = "object"


def object_to_hold() -> Flow:
    """One question."""
    return Flow(
        name=NAME,
        steps=(Step("words", asks=_asks, accepts=(words,), keeps=_keeps),),
        ends=_end,
        cancelled=objecting.left,
        numbered=False,
    )


async def object_in_words(leg: int, version: int | None, said: str, scene: Scene) -> Screen:
    """Pass the objection on; what to tell whoever objects."""
    moved = await scene.desk.object_to_hold(
        leg, words=said, by=scene.actor, now=scene.now, version=version
    )
    return objecting.passed_on((await scene.board.leg(moved.id)).call.number)


async def _asks(draft: Draft, scene: Scene) -> Screen:
    return objecting.asks((await scene.board.leg(draft["leg"])).call.number)


async def _keeps(draft: Draft, value: Value, scene: Scene) -> Kept:
    if isinstance(value, Chosen):
        return Stay(draft)
    return Done(await object_in_words(draft["leg"], draft["version"], value.text, scene))


async def _end(draft: Draft, scene: Scene) -> Screen:
    return objecting.left()
