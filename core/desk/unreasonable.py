"""More is asked than the rules can give: two levels look, and the leg closes explained (row 41).

Only after a full answer, to a resident, and never on one person's word: the street and the
district agree. It counts as answered, and neither as solved nor as unsolved.
"""

from __future__ import annotations

from datetime import datetime

from core.approving import Side
from core.call import Piece
from core.desk.answering import something
from core.desk.closing import Closing
from core.desk.proposing import Agreed, Effect, Proposing, Wanted
from core.desk.strokes import Tap
from core.errors import NotAResidents, NotExplained, NothingSaid
from core.leg import Leg
from core.lifecycle import Action, Outcome
from core.people import Actor
from core.rating import Conclusion

FINDING = Wanted(Action.FIND_UNREASONABLE, (Side.STREET, Side.DISTRICT), "finding_decision")


class Unreasonable(Proposing, Closing):
    """The caller hears reason, clause and other remedies, and may appeal."""

    async def propose_finding(
        self,
        leg_id: int,
        *,
        clause: str,
        remedies: str,
        pieces: tuple[Piece, ...],
        by: Actor,
        now: datetime,
        version: int | None = None,
        chat: int | None = None,
    ) -> Leg:
        """Ask two levels to find the demand unreasonable; all of it is what the caller reads.

        Raises ``NothingSaid`` where reason, clause or remedies are missing, ``NotExplained``
        unless the answer explains, ``NotAResidents`` for a leg that another agency called up.
        """
        words = "\n".join(piece.text for piece in something(pieces) if piece.text)
        if not (words.strip() and clause.strip() and remedies.strip()):
            raise NothingSaid()
        leg = await self.work.legs.get(leg_id)
        if leg.parent_id is not None:
            raise NotAResidents()
        if leg.resolved_at is not None and leg.conclusion is not Conclusion.EXPLAINED:
            raise NotExplained()
        call = await self.work.calls.get(leg.call_id)
        return await self._propose(
            leg,
            call,
            Action.PROPOSE_FINDING,
            FINDING,
            facts={"clause": clause.strip(), "remedies": remedies.strip(), "reason": words},
            by=by,
            now=now,
            pieces=pieces,
            tap=Tap(version, chat),
        )

    def _effects(self) -> dict[Action, Effect]:
        return super()._effects() | {Action.FIND_UNREASONABLE: self._find}

    async def _find(self, leg: Leg, agreed: Agreed) -> Leg:
        moved, call = await self._decided(
            leg, agreed, outcome=Outcome.EXPLAINED, closed_at=agreed.now
        )
        await self._after_closing(moved, call, agreed.now)
        return moved
