"""A resident raises a call: what, about which item, any danger, where, one last look."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.flows import (
    own_number,
    raise_alike,
    raise_item,
    raise_last,
    raise_matter,
    raise_place,
    raise_two,
)
from bot.flows.material import ALBUM, PIECES, as_json
from bot.flows.steps import Done, Flow, Reason
from bot.screens.matter import dropped
from bot.screens.promised import promised
from core.call import Medium

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.flows.scene import Scene
    from bot.flows.steps import Draft
    from core.call import Piece
    from core.views import LegView

NAME = "raise"


def raise_call() -> Flow:
    """Words, item, danger, place, send: the rest is asked only where it is needed."""
    return Flow(
        name=NAME,
        steps=(
            *raise_matter.steps(),
            raise_two.step(NAME),
            raise_item.step(),
            raise_last.danger_step(),
            raise_place.step(),
            raise_last.details_step(),
            raise_alike.step(),
            own_number.step("look", once=True),
            raise_last.look_step(),
        ),
        ends=send,
        cancelled=dropped,
        asides=raise_matter.ASIDES,
        keeps_aside=raise_matter.keep_beside,
    )


async def beginning(scene: Scene, *, community: str = "") -> Draft:
    """The draft of a call begun by command, or by the link of a community's notice board."""
    draft = await raise_matter.beginning(scene)
    return {**draft, "community": community} if community else draft


async def opening(scene: Scene, piece: Piece, opened: Sequence[LegView]) -> Draft | Reason:
    """The draft of a call begun by saying, showing or pinning something.

    What is said may belong to a call that is ``opened`` already.
    """
    pinned = piece.medium is Medium.PLACE
    draft = await raise_matter.beginning(scene, which=() if pinned else opened)
    if pinned:
        return raise_place.with_pin(draft, piece, scene)
    said = [as_json(piece, scene.message)]
    return {**draft, PIECES: said, ALBUM: piece.album, "message": scene.message}


async def send(draft: Draft, scene: Scene) -> Done:
    """The one act of the flow; a second press finds the first one's call."""
    phone = await raise_last.number_for(draft, scene)
    new = replace(raise_last.new_call(draft, scene), phone=phone)
    call = await scene.desk.raise_call(new, by=scene.actor, now=scene.now)
    view = await scene.board.answered_by(call)
    zone = scene.board.district.calendar.zone
    memo = {"leg": view.leg.id, ALBUM: draft.get(ALBUM, "")}
    return Done(promised(view, scene.now, zone), memo, leg=view.leg.id)
