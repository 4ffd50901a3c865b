"""Two matters in one telling: the other becomes a call of its own, by the same caller (row 40)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.call import Call, Link, NewCall, Piece
from core.desk.answering import something
from core.desk.raising import Raising
from core.desk.strokes import Said, Tap
from core.errors import OnlyTheLead
from core.leg import Leg
from core.lifecycle import Action
from core.people import Actor


class Splitting(Raising):
    """Siblings know of each other; each has its own number, agency, clocks and rating."""

    async def split(
        self,
        leg_id: int,
        *,
        item: str,
        pieces: tuple[Piece, ...],
        draft_id: str,
        by: Actor,
        now: datetime,
        version: int | None = None,
        chat: int | None = None,
    ) -> Call:
        """Raise the other matter in the caller's name; a second press finds the first one's call.

        Raises ``NothingSaid``, ``NotFound`` for an item nobody knows, ``OnlyTheLead`` where the
        leg was called up or helps.
        """
        known = await self.work.calls.by_draft(draft_id)
        if known is not None:
            return known
        leg = await self.work.legs.get(leg_id)
        if leg.parent_id is not None:
            raise OnlyTheLead()
        call = await self.work.calls.get(leg.call_id)
        sibling = await self._sibling(call, item, something(pieces), draft_id, now)
        answering = await self._main(sibling)
        said = Said(_told(sibling, answering), pieces)
        await self._step(leg_id, Action.SPLIT, by=by, now=now, tap=Tap(version, chat), said=said)
        return sibling

    async def _sibling(
        self, call: Call, item: str, pieces: tuple[Piece, ...], draft_id: str, now: datetime
    ) -> Call:
        new = NewCall(
            draft_id=draft_id,
            item=item,
            community=call.community,
            pieces=pieces,
            address=call.address,
            point=call.point,
            name_shown=call.name_shown,
            restricted=call.restricted,
            avoids=call.avoids,
        )
        caller = Actor(call.caller, call.caller_name)
        raised = await self.raise_call(new, by=caller, now=now)
        sibling = replace(
            raised,
            linked=call.id,
            link=Link.SPLIT,
            phone=call.phone,
            claim=call.claim,
        )
        await self.work.calls.save(sibling)
        return sibling


def _told(sibling: Call, answering: Leg) -> dict[str, object]:
    due = answering.finish_due
    return {
        "number": sibling.number,
        "call": sibling.id,
        "item": sibling.item,
        "agency": answering.agency,
        "until": due.isoformat() if due else "",
    }
