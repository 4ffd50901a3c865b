"""An officer takes a matter out of the group: only named people read it from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.accepting import choice
from bot.flows.steps import Flow, Step
from bot.screens import discreet, filling
from core.errors import NoTeam

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft, Kept, Value
    from bot.screens.screen import Screen


def restrict() -> Flow:
    """One look, one tap: it cannot be taken back."""
    return Flow(
        name="secret",
        steps=(Step("sure", asks=_sure, accepts=(choice,), keeps=_keep),),
        ends=hand_over,
        cancelled=filling.dropped,
        numbered=False,
    )


async def hand_over(draft: Draft, scene: Scene) -> Screen:
    """The one act of the flow."""
    leg = await scene.desk.restrict(
        draft["leg"], by=scene.actor, now=scene.now, version=draft["version"]
    )
    return discreet.handed_over(await scene.board.leg(leg.id))


async def _sure(draft: Draft, scene: Scene) -> Screen:
    view = await scene.board.leg(draft["leg"])
    team = scene.board.district.tree.team_for(view.call.community, avoids=view.call.avoids)
    if team is None:
        raise NoTeam()
    return discreet.confirming(view, team)


async def _keep(draft: Draft, value: Value, scene: Scene) -> Kept:
    return draft
