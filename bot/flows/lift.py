"""Somebody of the team asks to give a matter back to the ordinary road; another one decides."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.flows.form import look_step, words_step
from bot.flows.material import pieces_of
from bot.flows.steps import Flow
from bot.screens import filling, planning
from bot.words import N_, _

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft
    from bot.screens.screen import Screen

WHAT = N_("解除保密")
WHY = N_("为什么不用再限专人？同意后会原样告诉呼叫人，办理单位的群也会看到这件事。")


def lift() -> Flow:
    """The reason the caller will read, look."""
    return Flow(
        name="lift",
        steps=(replace(words_step(WHAT, WHY), prepares=_prepares), look_step(WHAT, facts)),
        ends=propose,
        cancelled=filling.dropped,
    )


async def _prepares(draft: Draft, scene: Scene) -> Draft:
    """What may not be lifted is said before anybody writes a reason."""
    await scene.desk.liftable(draft["leg"])
    return draft


def facts(draft: Draft, scene: Scene) -> list[str]:
    """What the look shows beside the words."""
    return [_("理由（同意后呼叫人会看到）：")]


async def propose(draft: Draft, scene: Scene) -> Screen:
    """The one act of the flow."""
    leg = await scene.desk.propose_lift(
        draft["leg"],
        pieces=pieces_of(draft),
        by=scene.actor,
        now=scene.now,
        version=draft["version"],
    )
    return planning.asked(await scene.board.leg(leg.id), scene.board.district)
