"""The lead asks a co-handler in: which agency, what it is to do, one look (row 24)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.form import AGENCY, agency_step, look_step, meant_instead, words_step
from bot.flows.material import pieces_of
from bot.flows.steps import Flow
from bot.screens import filling, filling_together
from bot.words import N_, _
from core.routing import helpers

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft
    from bot.screens.screen import Screen
    from core.agency import Agency
    from core.views import LegView

NAME = "add_co"
WHAT = N_("请协办")


def add_co() -> Flow:
    """Agency, what it is to do, look."""
    return Flow(
        name=NAME,
        steps=(
            agency_step("helper", WHAT, N_("请哪个单位协办？"), likely, anybody=True),
            words_step(WHAT, N_("请写明要对方做什么，协办单位会看到。")),
            look_step(WHAT, facts),
        ),
        ends=ask_in,
        cancelled=filling.dropped,
    )


async def likely(scene: Scene, view: LegView) -> tuple[Agency, ...]:
    """Whom the catalogue names as helping, then the lead of the item and the place's levels."""
    named = helpers(scene.board.district.tree, view.item, view.community.code)
    busy = {view.agency.code, *(child.agency.code for child in view.children if child.leg.open)}
    return tuple(agency for agency in named if agency.code not in busy)


def facts(draft: Draft, scene: Scene) -> list[str]:
    """What the look shows beside the words."""
    agency = scene.board.district.tree.get(draft[AGENCY])
    return [_("协办单位：{agency}").format(agency=agency.name)]


async def ask_in(draft: Draft, scene: Scene) -> Screen:
    """The one act of the flow."""
    leg = await scene.desk.add_co(
        draft["leg"],
        agency=draft[AGENCY],
        pieces=pieces_of(draft),
        by=scene.actor,
        now=scene.now,
        version=draft["version"],
    )
    view = await scene.board.leg(leg.id)
    return filling_together.helped(view, meant_instead(draft, view, scene))
