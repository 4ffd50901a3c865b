"""What an officer gave to named people may go back to the ordinary road, by two of them (R7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.approving import Side
from core.call import Call, Piece
from core.clockwork import clocks
from core.desk.answering import something
from core.desk.proposing import Agreed, Effect, Proposing, Wanted
from core.desk.restricting import Restricting
from core.desk.strokes import Tap
from core.desk.triage import UNTOUCHED
from core.errors import KeptForCaller, NotRestricted
from core.leg import Leg
from core.lifecycle import Action
from core.people import Actor
from core.routing import way_for

LIFTING = Wanted(Action.LIFT, (Side.OWN,), "lift_decision")


class Lifting(Restricting, Proposing):
    """Never what its caller asked for, nor what the catalogue keeps for named people."""

    async def liftable(self, leg_id: int) -> Leg:
        """The leg, if its restriction is one that may be lifted.

        Raises ``NotRestricted``, and ``KeptForCaller`` where no officer put it there.
        """
        leg = await self.work.legs.get(leg_id)
        call = await self.work.calls.get(leg.call_id)
        if not call.restricted:
            raise NotRestricted()
        entries = await self.work.journal.of_call(call.id)
        by_officer = any(entry.action is Action.RESTRICT for entry in entries)
        if self._item(call).restricted or not by_officer:
            raise KeptForCaller()
        return leg

    async def propose_lift(
        self,
        leg_id: int,
        *,
        pieces: tuple[Piece, ...],
        by: Actor,
        now: datetime,
        version: int | None = None,
        chat: int | None = None,
    ) -> Leg:
        """Ask another person of the team to give it back; the words are what its caller reads.

        Raises ``NothingSaid``, ``AlreadyProposed`` and what ``liftable`` raises.
        """
        words = "\n".join(piece.text for piece in something(pieces) if piece.text)
        leg = await self.liftable(leg_id)
        return await self._propose(
            leg,
            await self.work.calls.get(leg.call_id),
            Action.PROPOSE_LIFT,
            LIFTING,
            facts={"reason": words},
            by=by,
            now=now,
            pieces=pieces,
            tap=Tap(version, chat),
        )

    def _effects(self) -> dict[Action, Effect]:
        return super()._effects() | {Action.LIFT: self._lift}

    async def _lift(self, leg: Leg, agreed: Agreed) -> Leg:
        """It begins anew at whoever answers such a matter there."""
        call = replace(await self.work.calls.get(leg.call_id), restricted=False)
        await self.work.calls.save(call)
        moved, _ = await self._decided(leg, agreed, **await self._ordinary(call, agreed.now))
        await self._material(moved, call, agreed.now)
        return moved

    async def _ordinary(self, call: Call, now: datetime) -> dict[str, object]:
        bound = await self.work.groups.bound_agencies()
        way = way_for(self.district, self._item(call), call.community, bound, avoids=call.avoids)
        return {
            **UNTOUCHED,
            **clocks(way.agency.code, call.urgency, self.district, now=now),
            "agency": way.agency.code,
            "adjudicator": await self._judge_of(way.agency.code),
            "verifier": None,
            "reason": way.reason.value,
            "clause": way.clause,
        }
