"""An officer merges a call into another: which one, both texts side by side (row 12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.accepting import choice, words
from bot.flows.form import view_of
from bot.flows.steps import Chosen, Flow, Goto, Kept, Reason, Step
from bot.screens import filling, filling_together
from bot.words import _

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft, Value
    from bot.screens.screen import Screen

NAME = "merge"
INTO = "into"


def merge() -> Flow:
    """The main call, then the comparison."""
    return Flow(
        name=NAME,
        steps=(
            Step(
                INTO, asks=_which, accepts=(choice, words), keeps=_keep, skip=lambda d: INTO in d
            ),
            Step("compare", asks=_compare, accepts=(choice,), keeps=_decided),
        ),
        ends=join,
        cancelled=filling.dropped,
    )


async def join(draft: Draft, scene: Scene) -> Screen:
    """The one act of the flow."""
    leg = await scene.desk.merge(
        draft["leg"],
        into=draft[INTO],
        by=scene.actor,
        now=scene.now,
        version=draft["version"],
    )
    return filling_together.merged(await scene.board.leg(leg.id))


async def _which(draft: Draft, scene: Scene) -> Screen:
    found = await scene.board.mergeable(draft["leg"], now=scene.now)
    zone = scene.board.district.calendar.zone
    return filling_together.which_call(await view_of(draft, scene), found, scene.now, zone)


async def _keep(draft: Draft, value: Value, scene: Scene) -> Kept:
    if isinstance(value, Chosen):
        return {**draft, INTO: int(value.value)}
    found = await scene.board.mergeable_by_number(draft["leg"], value.text)
    if found is None:
        return Reason(_("没有找到这个编号，或者它不能并入。请打完整的编号，例如 LW-260615-0001。"))
    return {**draft, INTO: found.call.id}


async def _compare(draft: Draft, scene: Scene) -> Screen:
    other = await scene.board.call(draft[INTO])
    return filling_together.compare(await view_of(draft, scene), other)


async def _decided(draft: Draft, value: Value, scene: Scene) -> Kept:
    merges = isinstance(value, Chosen) and value.value == "send"
    return draft if merges else Goto(draft, INTO)
