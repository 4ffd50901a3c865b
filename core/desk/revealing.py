"""Who looks at the caller's phone number: written down, and told to the caller (row 21).

The signer of the leg that answers the caller may; anybody else of an agency that has a part in it
only when a second person agrees (R7). A group never sees the number.
"""

from __future__ import annotations

from datetime import datetime

from core.approving import Side
from core.call import Call, Piece
from core.desk.answering import something
from core.desk.proposing import Agreed, Effect, Proposing, Wanted
from core.desk.strokes import Said, Tap
from core.errors import NotFound, NotTheSigner
from core.leg import Leg
from core.lifecycle import Action
from core.people import SYSTEM, Actor

BELOW = Wanted(Action.LET_SEE, (Side.CALLING,), "reveal_decision")
BESIDE = Wanted(Action.LET_SEE, (Side.OWN,), "reveal_decision")


class Revealing(Proposing):
    """Each look is a step of its own."""

    async def reveal(
        self, leg_id: int, *, by: Actor, now: datetime, version: int | None = None
    ) -> Call:
        """The call with its number. Raises ``NotTheSigner``, ``NotFound`` where none was left."""
        leg = await self.work.legs.get(leg_id)
        call = await self.work.calls.get(leg.call_id)
        if not _sees(leg, by):
            raise NotTheSigner(name=leg.signed_by)
        if not call.phone:
            raise NotFound(call=call.id)
        below = leg.parent_id is not None
        action = Action.REVEAL_BELOW if below else Action.REVEAL
        await self._step(leg_id, action, by=by, now=now, tap=Tap(version))
        if below:
            main = await self._main(call)
            said = Said(facts={"agency": leg.agency})
            await self._step(main.id, Action.SEEN_BELOW, by=SYSTEM, now=now, said=said)
        return call

    async def sees_number(self, leg_id: int, *, by: Actor) -> bool:
        """Whether this person may look now, or has to ask a second one first."""
        return _sees(await self.work.legs.get(leg_id), by)

    async def propose_reveal(
        self,
        leg_id: int,
        *,
        pieces: tuple[Piece, ...],
        by: Actor,
        now: datetime,
        version: int | None = None,
        chat: int | None = None,
    ) -> Leg:
        """Ask to see the number: a colleague agrees, of a leg below the agency that called it in.

        Raises ``NothingSaid``, ``NotFound`` where no number was left, ``AlreadyProposed``.
        """
        words = "\n".join(piece.text for piece in something(pieces) if piece.text)
        leg = await self.work.legs.get(leg_id)
        call = await self.work.calls.get(leg.call_id)
        if not call.phone:
            raise NotFound(call=call.id)
        return await self._propose(
            leg,
            call,
            Action.PROPOSE_REVEAL,
            BESIDE if leg.parent_id is None else BELOW,
            facts={"reason": words},
            by=by,
            now=now,
            pieces=pieces,
            tap=Tap(version, chat),
        )

    def _effects(self) -> dict[Action, Effect]:
        return super()._effects() | {Action.LET_SEE: self._let_see}

    async def _let_see(self, leg: Leg, agreed: Agreed) -> Leg:
        moved, _ = await self._decided(leg, agreed, sees_phone=agreed.proposal.by)
        return moved


def _sees(leg: Leg, by: Actor) -> bool:
    signer = leg.signer if leg.parent_id is None else None
    return by.account is not None and by.account in (signer, leg.sees_phone)
