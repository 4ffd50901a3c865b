"""An officer asks the caller one question, in triage or on the way (lifecycle rows 6 and 23)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.accepting import choice, words
from bot.flows.form import view_of
from bot.flows.steps import Chosen, Flow, Kept, Reason, Step
from bot.screens import filling, sorting
from bot.words import _
from core.call import Medium, Piece
from core.lifecycle import Status

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft, Value
    from bot.screens.screen import Screen

NAME = "ask"
QUESTION = "question"
LONGEST_QUESTION = 200


def ask() -> Flow:
    """One question: a fact such items want to know, by one tap, or typed."""
    return Flow(
        name=NAME,
        steps=(Step(QUESTION, asks=_asks, accepts=(choice, words), keeps=_keeps),),
        ends=put,
        cancelled=filling.dropped,
        numbered=False,
    )


async def put(draft: Draft, scene: Scene) -> Screen:
    """The one act of the flow."""
    view = await view_of(draft, scene)
    desk = scene.desk
    act = desk.ask if view.leg.status is Status.TRIAGE else desk.inquire
    pieces = (Piece(Medium.WORDS, draft[QUESTION]),)
    leg = await act(draft["leg"], pieces, by=scene.actor, now=scene.now, version=draft["version"])
    return sorting.asked(await scene.board.leg(leg.id))


async def _asks(draft: Draft, scene: Scene) -> Screen:
    return sorting.question(await view_of(draft, scene))


async def _keeps(draft: Draft, value: Value, scene: Scene) -> Kept:
    if isinstance(value, Chosen):
        facts = (await view_of(draft, scene)).item.required_facts
        return {**draft, QUESTION: facts[int(value.value)]}
    if len(value.text) > LONGEST_QUESTION:
        return Reason(_("太长了。请只问一个问题，200 字以内，呼叫人才好回答。"))
    return {**draft, QUESTION: value.text}
