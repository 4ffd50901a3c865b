"""An agency objects to a rating; two persons of the district decide (row 42, R7).

What the caller said is never changed: it stays in the ratings and in the journal, and the leg
says that this round of it does not count.
"""

from __future__ import annotations

from datetime import datetime

from core.approving import Side
from core.call import Call, Piece
from core.clockwork import after_step
from core.desk.answering import something
from core.desk.proposing import Agreed, Effect, Proposing, Wanted
from core.desk.strokes import Tap
from core.errors import AlreadyContested, NotFound, TooLate
from core.leg import Leg
from core.lifecycle import Action
from core.people import Actor
from core.rating import Rating

WITHIN = "rating_objection"
ASIDE = Wanted(Action.SET_ASIDE, (Side.DISTRICT, Side.DISTRICT), WITHIN)


class Contesting(Proposing):
    """Once a rating, within five working days of it."""

    async def object_to_rating(
        self,
        leg_id: int,
        *,
        pieces: tuple[Piece, ...],
        by: Actor,
        now: datetime,
        version: int | None = None,
        chat: int | None = None,
    ) -> Leg:
        """Ask the district not to count the last rating of a closed leg, and say why.

        Raises ``NothingSaid``, ``NotFound`` where nobody rated, ``AlreadyContested``, ``TooLate``.
        """
        words = "\n".join(piece.text for piece in something(pieces) if piece.text)
        leg = await self.work.legs.get(leg_id)
        ratings = await self.work.ratings.of_leg(leg_id)
        if not ratings:
            raise NotFound(rating=leg_id)
        await self._check_objection(leg, ratings[-1], now)
        call = await self.work.calls.get(leg.call_id)
        return await self._propose(
            leg,
            call,
            Action.OBJECT_TO_RATING,
            ASIDE,
            facts=_facts(ratings[-1]) | {"reason": words},
            by=by,
            now=now,
            pieces=pieces,
            tap=Tap(version, chat),
        )

    async def _check_objection(self, leg: Leg, rating: Rating, now: datetime) -> None:
        for entry in await self.work.journal.of_call(leg.call_id):
            objected = entry.leg_id == leg.id and entry.action is Action.OBJECT_TO_RATING
            if objected and entry.facts.get("round") == rating.round:
                raise AlreadyContested(at=entry.at)
        until = after_step(self.district, WITHIN, rating.rated_at, by=leg.agency)
        if now > until:
            raise TooLate(until=until)

    async def _hinders(self, leg: Leg, call: Call, action: Action, now: datetime) -> None:
        """One objection a rating, and in time."""
        if action is Action.OBJECT_TO_RATING:
            for rating in (await self.work.ratings.of_leg(leg.id))[-1:]:
                await self._check_objection(leg, rating, now)
        await super()._hinders(leg, call, action, now)

    def _effects(self) -> dict[Action, Effect]:
        return super()._effects() | {Action.SET_ASIDE: self._set_aside}

    async def _set_aside(self, leg: Leg, agreed: Agreed) -> Leg:
        number = int(agreed.proposal.facts["round"])
        moved, _ = await self._decided(leg, agreed, set_aside=number)
        return moved


def _facts(rating: Rating) -> dict[str, object]:
    return {
        "round": rating.round,
        "verdict": rating.verdict.value,
        "stars": rating.stars,
        "words": rating.words,
    }
