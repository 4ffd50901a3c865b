"""An officer finds that the caller wants something else: which, one look (lifecycle row 39)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.accepting import choice
from bot.flows.form import confirm_step, view_of
from bot.flows.steps import Chosen, Flow, Kept, Stay, Step
from bot.screens import filling, retyping
from core.intent import Intent

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft, Value
    from bot.screens.screen import Screen

NAME = "retype"
INTENT = "intent"


def retype() -> Flow:
    """One of the six; then a look."""
    return Flow(
        name=NAME,
        steps=(
            Step(INTENT, _asks, (choice,), _keeps, skip=lambda draft: INTENT in draft),
            confirm_step(retyping.WHAT, _facts, back=INTENT),
        ),
        ends=change,
        cancelled=filling.dropped,
    )


async def change(draft: Draft, scene: Scene) -> Screen:
    """The one act of the flow."""
    leg = await scene.desk.retype(
        draft["leg"],
        intent=Intent(draft[INTENT]),
        by=scene.actor,
        now=scene.now,
        version=draft["version"],
    )
    return retyping.retyped(await scene.board.leg(leg.id))


async def _asks(draft: Draft, scene: Scene) -> Screen:
    return retyping.asks(await view_of(draft, scene))


async def _keeps(draft: Draft, value: Value, scene: Scene) -> Kept:
    return {**draft, INTENT: value.value} if isinstance(value, Chosen) else Stay(draft)


async def _facts(draft: Draft, scene: Scene) -> list[str]:
    return retyping.between(await view_of(draft, scene), Intent(draft[INTENT]))
