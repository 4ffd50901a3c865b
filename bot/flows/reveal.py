"""The caller's number: looked at by whoever may, asked for by everybody else (row 21, R7)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.flows.accepting import choice
from bot.flows.form import view_of, words_step
from bot.flows.material import pieces_of
from bot.flows.steps import Flow, Kept, Step
from bot.screens import filling, planning, revealing
from bot.words import N_

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft, Value
    from bot.screens.screen import Screen

SEES = "sees"
WHAT = N_("申请看电话")
WHY = N_("电话只给签收人看。您要看，请写明为什么，等第二个人同意。每看一次都会告诉呼叫人。")


def reveal() -> Flow:
    """One question for the signer: each look is written down and told; others say why first."""
    why = replace(
        words_step(WHAT, WHY), skip=lambda draft: bool(draft.get(SEES)), prepares=_prepares
    )
    return Flow(
        name="reveal",
        steps=(
            why,
            Step(
                "confirm",
                asks=_asks,
                accepts=(choice,),
                keeps=_keeps,
                skip=lambda draft: not draft.get(SEES),
            ),
        ),
        ends=show,
        cancelled=filling.dropped,
        numbered=False,
    )


async def show(draft: Draft, scene: Scene) -> Screen:
    """The one act of the flow."""
    leg, version = draft["leg"], draft["version"]
    if draft[SEES]:
        call = await scene.desk.reveal(leg, by=scene.actor, now=scene.now, version=version)
        return revealing.number(call)
    asked = await scene.desk.propose_reveal(
        leg, pieces=pieces_of(draft), by=scene.actor, now=scene.now, version=version
    )
    return planning.asked(await scene.board.leg(asked.id), scene.board.district)


async def _prepares(draft: Draft, scene: Scene) -> Draft:
    return {**draft, SEES: await scene.desk.sees_number(draft["leg"], by=scene.actor)}


async def _asks(draft: Draft, scene: Scene) -> Screen:
    return revealing.question(await view_of(draft, scene))


async def _keeps(draft: Draft, value: Value, scene: Scene) -> Kept:
    return draft
