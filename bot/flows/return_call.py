"""An officer returns a leg: the ground, whose it is instead, and why (lifecycle row 16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.accepting import choice
from bot.flows.form import AGENCY, agency_step, look_step, view_of, words_step
from bot.flows.material import pieces_of
from bot.flows.steps import Chosen, Flow, Kept, Stay, Step
from bot.screens import filling, names
from bot.words import N_, _
from core.agency import AgencyKind
from core.returning import Ground
from core.routing import call_up_targets

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft, Value
    from bot.screens.screen import Screen
    from core.agency import Agency
    from core.views import LegView

NAME = "return"
WHAT = N_("退单")


def return_call() -> Flow:
    """Ground, proposed agency, reasons, look."""
    return Flow(
        name=NAME,
        steps=(
            Step("ground", asks=_asks, accepts=(choice,), keeps=_keeps),
            agency_step("proposed", WHAT, N_("应该由哪个单位办理？"), likely, anybody=True),
            words_step(WHAT, N_("请写明理由，审核单位会看到。")),
            look_step(WHAT, facts),
        ),
        ends=give_back,
        cancelled=filling.dropped,
    )


async def likely(scene: Scene, view: LegView) -> tuple[Agency, ...]:
    """Whom the catalogue names, the place's own levels, and whom this agency may call."""
    tree, item = scene.board.district.tree, view.item
    named = [tree.by_code.get(code) for code in (item.lead, *item.co)]
    street = tree.ancestor(view.community.code, AgencyKind.STREET)
    above = call_up_targets(scene.board.district, item, view.agency.code)
    offered = (*named, view.community, street, *above)
    return tuple(dict.fromkeys(one for one in offered if one and one != view.agency))


def facts(draft: Draft, scene: Scene) -> list[str]:
    """What the look shows beside the words."""
    agency = scene.board.district.tree.get(draft[AGENCY])
    ground = _(names.GROUNDS[Ground(draft["ground"])])
    return [
        _("理由：{ground}").format(ground=ground),
        _("建议改派：{agency}").format(agency=agency.short_name),
    ]


async def give_back(draft: Draft, scene: Scene) -> Screen:
    """The one act of the flow."""
    leg = await scene.desk.return_leg(
        draft["leg"],
        ground=Ground(draft["ground"]),
        proposed=draft[AGENCY],
        pieces=pieces_of(draft),
        by=scene.actor,
        now=scene.now,
        version=draft["version"],
    )
    return filling.returned(await scene.board.leg(leg.id))


async def _asks(draft: Draft, scene: Scene) -> Screen:
    return filling.grounds(await view_of(draft, scene))


async def _keeps(draft: Draft, value: Value, scene: Scene) -> Kept:
    return {**draft, "ground": value.value} if isinstance(value, Chosen) else Stay(draft)
