"""The district names who answers a disputed call: which agency, one look (row 20)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.form import AGENCY, agency_step, confirm_step, view_of
from bot.flows.return_call import likely
from bot.flows.steps import Flow
from bot.screens import filling, filling_together
from bot.words import N_

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft
    from bot.screens.screen import Screen
    from core.agency import Agency
    from core.views import LegView

NAME = "name_lead"
WHAT = N_("指定主办")
WHICH = "lead"


def name_lead() -> Flow:
    """The agency, then a look: it cannot be returned."""
    return Flow(
        name=NAME,
        steps=(
            agency_step(WHICH, WHAT, N_("指定哪个单位主办？"), candidates, anybody=True),
            confirm_step(WHAT, _facts, back=WHICH),
        ),
        ends=name,
        cancelled=filling.dropped,
    )


async def candidates(scene: Scene, view: LegView) -> tuple[Agency, ...]:
    """Whoever was proposed, whoever has it now, then everybody the catalogue names."""
    first = (view.proposed, view.agency)
    named = (one for one in (*first, *await likely(scene, view)) if one)
    return tuple(dict.fromkeys(named))


async def name(draft: Draft, scene: Scene) -> Screen:
    """The one act of the flow."""
    leg = await scene.desk.name_lead(
        draft["leg"],
        agency=draft[AGENCY],
        by=scene.actor,
        now=scene.now,
        version=draft["version"],
    )
    return filling_together.lead_named(await scene.board.leg(leg.id))


async def _facts(draft: Draft, scene: Scene) -> list[str]:
    agency = scene.board.district.tree.get(draft[AGENCY])
    return filling_together.naming(await view_of(draft, scene), agency)
