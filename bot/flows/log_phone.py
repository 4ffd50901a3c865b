"""An officer writes a phone call down: reached or not, and what was said (row 21)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.flows.accepting import choice
from bot.flows.form import view_of, words_step
from bot.flows.material import pieces_of
from bot.flows.steps import Chosen, Flow, Kept, Stay, Step
from bot.screens import filling, filling_together
from bot.words import N_

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft, Value
    from bot.screens.screen import Screen

NAME = "phone"
WHAT = N_("记电话")
REACHED = "reached"
YES, NO = "yes", "no"


def log_phone() -> Flow:
    """Reached? What was said, where somebody was."""
    asked = words_step(WHAT, N_("说了什么？写一两句，呼叫人会看到。"))
    told = replace(asked, skip=lambda draft: draft.get(REACHED) == NO)
    return Flow(
        name=NAME,
        steps=(Step(REACHED, asks=_asks, accepts=(choice,), keeps=_keeps), told),
        ends=log,
        cancelled=filling.dropped,
    )


async def log(draft: Draft, scene: Scene) -> Screen:
    """The one act of the flow."""
    leg = await scene.desk.log_phone(
        draft["leg"],
        reached=draft[REACHED] == YES,
        pieces=pieces_of(draft),
        by=scene.actor,
        now=scene.now,
        version=draft["version"],
    )
    return filling_together.phoned(await scene.board.leg(leg.id), draft[REACHED] == YES)


async def _asks(draft: Draft, scene: Scene) -> Screen:
    return filling_together.reached(await view_of(draft, scene))


async def _keeps(draft: Draft, value: Value, scene: Scene) -> Kept:
    return {**draft, REACHED: value.value} if isinstance(value, Chosen) else Stay(draft)
