"""An officer proposes not to accept a call; another person decides (lifecycle row 11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.accepting import choice
from bot.flows.form import look_step, view_of, words_step
from bot.flows.material import pieces_of
from bot.flows.steps import Chosen, Flow, Kept, Stay, Step
from bot.screens import filling, names, planning, sorting
from bot.words import N_, _
from core.rejecting import RejectGround

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft, Value
    from bot.screens.screen import Screen

NAME = "reject"
WHAT = N_("不予受理")
GROUND = "ground"


def propose_rejection() -> Flow:
    """The coded ground, the reason the caller will read, look."""
    return Flow(
        name=NAME,
        steps=(
            Step(GROUND, asks=_asks, accepts=(choice,), keeps=_keeps),
            words_step(WHAT, N_("请写明理由。同意后会原样告诉呼叫人，请写呼叫人看得懂的话。")),
            look_step(WHAT, facts),
        ),
        ends=propose,
        cancelled=filling.dropped,
    )


def facts(draft: Draft, scene: Scene) -> list[str]:
    """What the look shows beside the words."""
    ground = _(names.REJECTS[RejectGround(draft[GROUND])])
    return [_("理由：{ground}").format(ground=ground)]


async def propose(draft: Draft, scene: Scene) -> Screen:
    """The one act of the flow."""
    leg = await scene.desk.propose_rejection(
        draft["leg"],
        ground=RejectGround(draft[GROUND]),
        pieces=pieces_of(draft),
        by=scene.actor,
        now=scene.now,
        version=draft["version"],
    )
    return planning.asked(await scene.board.leg(leg.id), scene.board.district)


async def _asks(draft: Draft, scene: Scene) -> Screen:
    return sorting.rejections(await view_of(draft, scene))


async def _keeps(draft: Draft, value: Value, scene: Scene) -> Kept:
    return {**draft, GROUND: value.value} if isinstance(value, Chosen) else Stay(draft)
