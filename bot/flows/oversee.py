"""The district's word: press a leg, or take a closed one up again (lifecycle rows 36 and 38)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.form import look_step, words_step
from bot.flows.material import pieces_of
from bot.flows.steps import Flow
from bot.screens import filling, filling_checks
from bot.words import N_

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft
    from bot.screens.screen import Screen

PRESS, REOPEN = N_("督办"), N_("重开")


def press_call() -> Flow:
    """Why, look."""
    return Flow(
        name="press",
        steps=(
            words_step(PRESS, N_("请写明为什么督办、要求什么。办理单位会看到。")),
            look_step(PRESS, _nothing_else),
        ),
        ends=press,
        cancelled=filling.dropped,
    )


def reopen_call() -> Flow:
    """Why, look."""
    return Flow(
        name="reopen",
        steps=(
            words_step(REOPEN, N_("请写明为什么重开。办理单位会看到。")),
            look_step(REOPEN, _nothing_else),
        ),
        ends=reopen,
        cancelled=filling.dropped,
    )


async def press(draft: Draft, scene: Scene) -> Screen:
    """The one act of the flow."""
    leg = await scene.desk.press_by_hand(
        draft["leg"],
        pieces_of(draft),
        by=scene.actor,
        now=scene.now,
        version=draft["version"],
    )
    return filling_checks.pressed(await scene.board.leg(leg.id))


async def reopen(draft: Draft, scene: Scene) -> Screen:
    """The one act of the flow."""
    leg = await scene.desk.reopen_by_hand(
        draft["leg"],
        pieces_of(draft),
        by=scene.actor,
        now=scene.now,
        version=draft["version"],
    )
    return filling_checks.reopened(await scene.board.leg(leg.id))


def _nothing_else(draft: Draft, scene: Scene) -> list[str]:
    return []
