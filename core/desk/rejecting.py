"""Not acceptable, says a triager - and another person decides (row 11, R7)."""

from __future__ import annotations

from datetime import datetime

from core.approving import Side
from core.call import Piece
from core.desk.answering import something
from core.desk.closing import Closing
from core.desk.proposing import Agreed, Effect, Proposing, Wanted
from core.desk.strokes import Tap
from core.leg import Leg
from core.lifecycle import Action, Outcome
from core.people import Actor
from core.rejecting import RejectGround

WANTED = Wanted(Action.REJECT, (Side.ADJUDICATOR,), "rejection_decision")


class Rejecting(Proposing, Closing):
    """The caller hears ground, clause and reason, and may appeal; until then triage waits."""

    async def propose_rejection(
        self,
        leg_id: int,
        *,
        ground: RejectGround,
        pieces: tuple[Piece, ...],
        by: Actor,
        now: datetime,
        version: int | None = None,
        chat: int | None = None,
    ) -> Leg:
        """Ask the level above not to accept it; the words are what the caller will read.

        Raises ``NothingSaid`` and ``AlreadyProposed``.
        """
        words = "\n".join(piece.text for piece in something(pieces) if piece.text)
        leg = await self.work.legs.get(leg_id)
        call = await self.work.calls.get(leg.call_id)
        clause = self.district.limits.clauses.get("reject", "")
        return await self._propose(
            leg,
            call,
            Action.PROPOSE_REJECTION,
            WANTED,
            facts={"rejects": ground.value, "clause": clause, "reason": words},
            by=by,
            now=now,
            pieces=pieces,
            tap=Tap(version, chat),
        )

    def _effects(self) -> dict[Action, Effect]:
        return super()._effects() | {Action.REJECT: self._reject}

    async def _reject(self, leg: Leg, agreed: Agreed) -> Leg:
        changes = {"outcome": Outcome.REJECTED, "closed_at": agreed.now}
        moved, call = await self._decided(leg, agreed, **changes)
        await self._children_follow(moved, agreed.now)
        await self._after_closing(moved, call, agreed.now)
        return moved
