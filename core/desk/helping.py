"""A co-handler helps whoever leads: a leg beside, with clocks of its own (lifecycle row 24)."""

from __future__ import annotations

from datetime import datetime

from core.call import Piece
from core.desk.answering import something
from core.desk.dispatching import Dispatching
from core.desk.strokes import Said, Tap
from core.errors import AlreadyHelping, NotFound, OnlyTheLead
from core.leg import Leg
from core.lifecycle import Action
from core.people import Actor, Party
from core.routing import ITEM, standing_in

# Who may ask a co-handler in: the lead, whoever decides above it, the district.
ASKS_IN = {
    Party.AGENCY: Action.ADD_CO,
    Party.ADJUDICATOR: Action.ADD_CO_ABOVE,
    Party.SUPERVISOR: Action.ADD_CO_BY_HAND,
}


class Helping(Dispatching):
    """The lead stays answerable: its dates do not move, and it ends last."""

    async def add_co(
        self,
        leg_id: int,
        *,
        agency: str,
        pieces: tuple[Piece, ...],
        by: Actor,
        now: datetime,
        version: int | None = None,
        chat: int | None = None,
    ) -> Leg:
        """Ask an agency in, saying what it is to do; gives its leg, whose caller is the lead.

        Raises ``NothingSaid``, ``NotFound``, ``OnlyTheLead``, ``AlreadyHelping``.
        """
        lead = await self.work.legs.get(leg_id)
        call = await self.work.calls.get(lead.call_id)
        helping = await self._helper(lead, agency)
        said = Said({"agency": helping, **standing_in(agency, helping)}, something(pieces))
        parts = await self._parts(lead, call, by, chat)
        action = next((does for party, does in ASKS_IN.items() if party in parts), Action.ADD_CO)
        await self._step(lead.id, action, by=by, now=now, tap=Tap(version, chat), said=said)
        return await self._dispatch(
            call,
            helping,
            now=now,
            reason="co",
            clause=self.district.limits.clauses.get("dispatch", ITEM).replace(ITEM, call.item),
            parent=await self.work.legs.get(lead.id),
            caller_agency=lead.agency,
            co=True,
        )

    async def _helper(self, lead: Leg, agency: str) -> str:
        """The agency with a group that helps; none that works on the call already."""
        if lead.co:
            raise OnlyTheLead()
        if agency not in self.district.tree.by_code:
            raise NotFound(agency=agency)
        helping = await self._reachable(agency, but=lead.agency)
        legs = await self.work.legs.of_call(lead.call_id)
        busy = {lead.agency, *(leg.agency for leg in legs if leg.open)}
        if agency in busy or helping in busy:
            raise AlreadyHelping(agency=helping if helping in busy else agency)
        return helping
