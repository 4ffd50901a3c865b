"""A resident takes a closed call up again: reopened in time, later raised anew (row 36)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.accepting import MEDIA, choice, pin, words
from bot.flows.material import ALBUM, pieces_of, with_piece
from bot.flows.steps import Chosen, Done, Flow, Stay, Step
from bot.screens import after_closing
from bot.screens.promised import promised
from bot.screens.times import when
from core.errors import NotFound
from core.reopening import reopen_until

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft, Value
    from bot.screens.screen import Screen
    from core.views import CallView

NAME = "again"
CALL, ANEW = "call", "anew"


def again() -> Flow:
    """One question, and whatever is said goes at once."""
    return Flow(
        name=NAME,
        steps=(Step("left", ask_what_is_left, (choice, words, *MEDIA, pin), keep_what_is_left),),
        ends=take_up,
        cancelled=after_closing.let_be,
        numbered=False,
    )


def reopens(view: CallView, scene: Scene) -> bool:
    """Whether this call can still be reopened; if not, a new one is the way."""
    until = reopen_until(view.main.leg, scene.board.district)
    return until is not None and scene.now <= until


async def _own(draft: Draft, scene: Scene) -> CallView:
    view = await scene.board.call(draft[CALL])
    if view.call.caller != scene.account or view.main.leg.open:
        raise NotFound(call=draft[CALL])
    return view


async def ask_what_is_left(draft: Draft, scene: Scene) -> Screen:
    """What is not right; what would become of it."""
    view = await _own(draft, scene)
    anew = bool(draft.get(ANEW)) or not reopens(view, scene)
    return after_closing.what_is_left(view.call.number, anew=anew)


async def keep_what_is_left(draft: Draft, value: Value, scene: Scene) -> Draft:
    """One thing said or shown, or nothing."""
    if isinstance(value, Chosen):
        return draft
    grown = with_piece(draft, value, scene.message)
    return grown.draft if isinstance(grown, Stay) else grown


async def take_up(draft: Draft, scene: Scene) -> Done:
    """The one act of the flow; late photos of an album still find their leg."""
    view = await _own(draft, scene)
    old, pieces = view.main.leg.id, pieces_of(draft)
    zone = scene.board.district.calendar.zone
    if draft.get(ANEW) or not reopens(view, scene):
        call = await scene.desk.raise_again(
            old, pieces, draft_id=draft["id"], by=scene.actor, now=scene.now
        )
        new = (await scene.board.call(call.id)).main
        memo = {"leg": new.leg.id, ALBUM: draft.get(ALBUM, "")}
        return Done(promised(new, scene.now, zone), memo, leg=new.leg.id)
    leg = await scene.desk.reopen(old, pieces, by=scene.actor, now=scene.now)
    until = when(leg.finish_due, zone) if leg.finish_due else ""
    agency = scene.board.district.tree.get(leg.agency).short_name
    shown = after_closing.reopened(view.call.number, agency, until)
    return Done(shown, {"leg": leg.id, ALBUM: draft.get(ALBUM, "")}, leg=leg.id)
