"""An officer objects to a rating, and says why; the district decides (lifecycle row 42)."""

from __future__ import annotations

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

NAME = "rating_objection"
WHAT = N_("评价异议")
ASKED = N_("为什么这次评价不该计入？请写事实，可以附照片。区里要两个人同意，呼叫人会知道结果。")


def object_to_rating() -> Flow:
    """Why, look."""
    return Flow(
        name=NAME,
        steps=(words_step(WHAT, ASKED), look_step(WHAT, facts, N_("提出异议"))),
        ends=contest,
        cancelled=filling.dropped,
    )


def facts(draft: Draft, scene: Scene) -> list[str]:
    """What the look shows beside the words."""
    return [_("理由：")]


async def contest(draft: Draft, scene: Scene) -> Screen:
    """The one act of the flow."""
    leg = await scene.desk.object_to_rating(
        draft["leg"],
        pieces=pieces_of(draft),
        by=scene.actor,
        now=scene.now,
        version=draft["version"],
    )
    return planning.asked(await scene.board.leg(leg.id), scene.board.district)
