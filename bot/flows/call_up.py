"""An officer calls up: what was done first, whom to call, one look (lifecycle row 25)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.accepting import choice
from bot.flows.form import AGENCY, agency_step, look_step, meant_instead, view_of, words_step
from bot.flows.material import pieces_of
from bot.flows.steps import Chosen, Flow, Kept, Stay, Step
from bot.screens import filling, names
from bot.words import N_, _
from core.routing import call_up_targets
from core.whistle import Whistle, blown

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft, Value
    from bot.screens.screen import Screen
    from core.agency import Agency
    from core.views import LegView

NAME = "call_up"
WHAT = N_("上呼")
WHISTLE = "whistle"


def call_up() -> Flow:
    """What was done, target, look."""
    return Flow(
        name=NAME,
        steps=(
            words_step(WHAT, N_("先写一写：你们已经做了什么，卡在哪里。上级单位会看到。")),
            agency_step("target", WHAT, N_("呼叫哪个单位？"), targets, anybody=False),
            Step(
                WHISTLE,
                asks=_whistles,
                accepts=(choice,),
                keeps=_keep_whistle,
                skip=lambda draft: WHISTLE in draft,
                surely=False,
                prepares=_with_whistle,
            ),
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
    kind = draft.get(WHISTLE)
    blown = [_("哨：{kind}").format(kind=_(names.WHISTLES[Whistle(kind)]))] if kind else []
    return [_("呼叫：{agency}").format(agency=agency.name), *blown, _("先行处置：")]


async def call(draft: Draft, scene: Scene) -> Screen:
    """The one act of the flow."""
    kind = draft.get(WHISTLE)
    leg = await scene.desk.call_up(
        draft["leg"],
        target=draft[AGENCY],
        pieces=pieces_of(draft),
        whistle=Whistle(kind) if kind else Whistle.WORK,
        by=scene.actor,
        now=scene.now,
        version=draft["version"],
    )
    view = await scene.board.leg(leg.id)
    if leg.id == draft["leg"]:
        return filling.proposed_whistle(view)
    return filling.called_up(view, meant_instead(draft, view, scene))


async def _with_whistle(draft: Draft, scene: Scene) -> Draft:
    """Only a street that calls a department whistles; all others have nothing to choose."""
    tree = scene.board.district.tree
    view = await view_of(draft, scene)
    return draft if blown(view.agency, tree.get(draft[AGENCY])) else {**draft, WHISTLE: ""}


async def _whistles(draft: Draft, scene: Scene) -> Screen:
    return filling.whistles(await view_of(draft, scene))


async def _keep_whistle(draft: Draft, value: Value, scene: Scene) -> Kept:
    return {**draft, WHISTLE: value.value} if isinstance(value, Chosen) else Stay(draft)
