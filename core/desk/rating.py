"""The caller judges the answer: closed, or the same agency again (rows 33 to 35)."""

from __future__ import annotations

from datetime import datetime

from core.clockwork import share_of_finish
from core.desk.closing import Closing
from core.desk.strokes import Said, Tap
from core.errors import AlreadyDone, NotAllowedNow
from core.leg import Leg
from core.lifecycle import Action, Outcome, Status
from core.people import SYSTEM, Actor
from core.rating import Rating, Verdict, outcome_of


class Judging(Closing):
    """One rating a leg and round, by its caller alone (R5)."""

    async def rate(
        self,
        leg_id: int,
        *,
        verdict: Verdict,
        stars: int,
        words: str = "",
        by: Actor,
        now: datetime,
        version: int | None = None,
        chat: int | None = None,
    ) -> Leg:
        """Close with a verdict and 1-5; ``UNSOLVED`` here means "close anyway" (row 34).

        A leg that lapsed may still be rated once. Raises ``AlreadyDone`` for a second rating.
        """
        if not 1 <= stars <= 5:
            raise ValueError(stars)
        leg = await self.work.legs.get(leg_id)
        if leg.outcome is Outcome.UNRATED:
            return await self._rate_late(leg, verdict, stars, words, by, now, chat)
        action = Action.GIVE_UP if verdict is Verdict.UNSOLVED else Action.ACCEPT
        said = Said(facts={"verdict": verdict.value, "stars": stars, "words": words})
        moved, call = await self._step(
            leg_id,
            action,
            by=by,
            now=now,
            tap=Tap(version, chat),
            said=said,
            outcome=outcome_of(verdict),
            closed_at=now,
        )
        await self._keep(moved, verdict, stars, words, by, now)
        await self._after_closing(moved, call, now)
        return moved

    async def rework(
        self,
        leg_id: int,
        *,
        stars: int | None = None,
        words: str = "",
        by: Actor,
        now: datetime,
        version: int | None = None,
        chat: int | None = None,
    ) -> Leg:
        """Not solved: the same agency again, with half the time (row 34)."""
        leg = await self.work.legs.get(leg_id)
        call = await self.work.calls.get(leg.call_id)
        said = Said(facts={"words": words, "rework": leg.rework + 1})
        moved, _ = await self._step(
            leg_id,
            Action.REWORK,
            by=by,
            now=now,
            tap=Tap(version, chat),
            said=said,
            rework=leg.rework + 1,
            dispatched_at=now,
            finish_due=share_of_finish(call.urgency, self.district, now=now, share=0.5),
            resolved_at=None,
            conclusion=None,
        )
        await self._keep(leg, Verdict.UNSOLVED, stars or 1, words, by, now)
        return moved

    async def lapse(self, leg_id: int, *, now: datetime) -> Leg:
        """Nobody rated in time: neither satisfied nor dissatisfied (row 35)."""
        leg, call = await self._step(
            leg_id,
            Action.LAPSE,
            by=SYSTEM,
            now=now,
            outcome=Outcome.UNRATED,
            closed_at=now,
        )
        await self._after_closing(leg, call, now)
        return leg

    async def _rate_late(
        self,
        leg: Leg,
        verdict: Verdict,
        stars: int,
        words: str,
        by: Actor,
        now: datetime,
        chat: int | None,
    ) -> Leg:
        facts = {"verdict": verdict.value, "stars": stars, "words": words}
        moved, _ = await self._step(
            leg.id,
            Action.RATE_LATE,
            by=by,
            now=now,
            tap=Tap(None, chat),
            said=Said(facts=facts),
            outcome=outcome_of(verdict),
        )
        await self._keep(moved, verdict, stars, words, by, now)
        return moved

    async def _keep(
        self, leg: Leg, verdict: Verdict, stars: int, words: str, by: Actor, now: datetime
    ) -> None:
        account = by.account
        if account is None:
            raise NotAllowedNow(action=Action.ACCEPT, status=Status.RESOLVED)
        rating = Rating(leg.id, leg.round, account, verdict, stars, words, now)
        if not await self.work.ratings.add(rating):
            raise AlreadyDone(action=Action.ACCEPT, name="", at=now, leg=leg)
