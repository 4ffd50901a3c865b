"""The signer looks at the caller's number, after reading what that means (row 21)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.accepting import choice
from bot.flows.form import view_of
from bot.flows.steps import Flow, Kept, Step
from bot.screens import filling, revealing

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft, Value
    from bot.screens.screen import Screen


def reveal() -> Flow:
    """One question: each look is written down and told to the caller."""
    return Flow(
        name="reveal",
        steps=(Step("confirm", asks=_asks, accepts=(choice,), keeps=_keeps),),
        ends=show,
        cancelled=filling.dropped,
        numbered=False,
    )


async def show(draft: Draft, scene: Scene) -> Screen:
    """The one act of the flow."""
    leg, version = draft["leg"], draft["version"]
    call = await scene.desk.reveal(leg, by=scene.actor, now=scene.now, version=version)
    return revealing.number(call)


async def _asks(draft: Draft, scene: Scene) -> Screen:
    return revealing.question(await view_of(draft, scene))


async def _keeps(draft: Draft, value: Value, scene: Scene) -> Kept:
    return draft
