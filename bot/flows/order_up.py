"""The district orders what is on hold to be done now, and says why (lifecycle row 29)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.form import look_step, words_step
from bot.flows.material import words_of
from bot.flows.steps import Flow
from bot.screens import filling, planning
from bot.words import N_, _

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft
    from bot.screens.screen import Screen

NAME = "order_up"
WHAT = N_("责成恢复办理")


def order_up() -> Flow:
    """Why, look."""
    return Flow(
        name=NAME,
        steps=(
            words_step(WHAT, N_("为什么现在就能办？请写给办理单位，呼叫人只会知道恢复办理了。")),
            look_step(WHAT, facts),
        ),
        ends=order,
        cancelled=filling.dropped,
    )


def facts(draft: Draft, scene: Scene) -> list[str]:
    """What the look shows beside the words."""
    return [_("写给办理单位：")]


async def order(draft: Draft, scene: Scene) -> Screen:
    """The one act of the flow."""
    leg = await scene.desk.order_up(
        draft["leg"],
        words=words_of(draft),
        by=scene.actor,
        now=scene.now,
        version=draft["version"],
    )
    return planning.ordered(await scene.board.leg(leg.id))
