"""An officer calls up: what was done first, whom to call, one look (lifecycle row 25)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.form import AGENCY, agency_step, look_step, words_step
from bot.flows.material import pieces_of
from bot.flows.steps import Flow
from bot.screens import filling
from bot.words import N_, _
from core.routing import call_up_targets

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft
    from bot.screens.screen import Screen
    from core.agency import Agency
    from core.views import LegView

NAME = "call_up"
WHAT = N_("上呼")


def call_up() -> Flow:
    """What was done, target, look."""
    return Flow(
        name=NAME,
        steps=(
            words_step(WHAT, N_("先写一写：你们已经做了什么，卡在哪里。上级单位会看到。")),
            agency_step("target", WHAT, N_("呼叫哪个单位？"), targets, anybody=False),
            look_step(WHAT, facts),
        ),
        ends=call,
        cancelled=filling.dropped,
    )


async def targets(scene: Scene, view: LegView) -> tuple[Agency, ...]:
    """Whom this agency may call about this item, the likeliest first."""
    return call_up_targets(scene.board.district, view.item, view.agency.code)


def facts(draft: Draft, scene: Scene) -> list[str]:
    """What the look shows beside the words."""
    agency = scene.board.district.tree.get(draft[AGENCY])
    return [_("呼叫：{agency}").format(agency=agency.name), _("先行处置：")]


async def call(draft: Draft, scene: Scene) -> Screen:
    """The one act of the flow."""
    child = await scene.desk.call_up(
        draft["leg"],
        target=draft[AGENCY],
        pieces=pieces_of(draft),
        by=scene.actor,
        now=scene.now,
        version=draft["version"],
    )
    return filling.called_up(await scene.board.leg(child.id))
