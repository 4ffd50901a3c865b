"""An officer finds that it is about another item: which, one look (lifecycle row 39)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.choose_item import ITEM, item_step
from bot.flows.form import confirm_step, view_of
from bot.flows.steps import Flow
from bot.screens import discreet, filling, filling_together
from bot.words import N_

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft
    from bot.screens.screen import Screen

NAME = "reclass"
WHAT = N_("改事项")


def reclass() -> Flow:
    """The item, suggested from the caller's words; then a look."""
    return Flow(
        name=NAME,
        steps=(item_step(_words), confirm_step(WHAT, _facts, back=ITEM)),
        ends=change,
        cancelled=filling.dropped,
    )


async def change(draft: Draft, scene: Scene) -> Screen:
    """The item; what is then for named people only goes to them with it."""
    leg = await scene.desk.reclass(
        draft["leg"],
        item=draft[ITEM],
        by=scene.actor,
        now=scene.now,
        version=draft["version"],
    )
    view = await scene.board.leg(leg.id)
    if view.item.restricted and not view.call.restricted:
        leg = await scene.desk.restrict(leg.id, by=scene.actor, now=scene.now)
        return discreet.handed_over(await scene.board.leg(leg.id))
    return filling_together.reclassed(view)


async def _words(draft: Draft, scene: Scene) -> str:
    return (await view_of(draft, scene)).call.words


async def _facts(draft: Draft, scene: Scene) -> list[str]:
    view = await view_of(draft, scene)
    return filling_together.between(view, scene.board.district.catalogue.get(draft[ITEM]))
