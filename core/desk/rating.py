"""The caller judges the answer: closed, or the same agency again (rows 33 to 35)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from core.clockwork import share_of_finish
from core.desk.closing import Closing
from core.desk.pressing import Pressing
from core.desk.strokes import Said, Tap
from core.errors import AlreadyDone, NotAllowedNow, ReworkedEnough
from core.leg import Leg, speaks_of_answer
from core.lifecycle import Action, Outcome, Status
from core.people import SYSTEM, Actor
from core.pressing import REWORKS
from core.rating import Opinion, Rating, Verdict, outcome_of


class Judging(Closing, Pressing):
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

        While somebody verifies, it waits for what they find. A leg that lapsed may still be rated
        once. Raises ``AlreadyDone`` for a second rating.
        """
        if not 1 <= stars <= 5:
            raise ValueError(stars)
        opinion = Opinion(verdict, stars, words)
        leg = await self.work.legs.get(leg_id)
        tap = Tap(_of_now(leg, version), chat)
        if leg.outcome is Outcome.UNRATED:
            return await self._rate_late(leg, opinion, by, now, chat)
        if leg.status is Status.VERIFYING:
            return await self._rate_ahead(leg, opinion, by, now, tap, again=False)
        moved = await self._close(leg_id, opinion, by=by, now=now, tap=tap)
        await self._keep(leg, opinion, by, now)
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
        """Not solved: the same agency again, with half the time (row 34).

        The third time it is pressed; raises ``ReworkedEnough`` after that.
        """
        opinion = Opinion(Verdict.UNSOLVED, stars or 1, words)
        leg = await self.work.legs.get(leg_id)
        if leg.rework >= REWORKS:
            raise ReworkedEnough()
        tap = Tap(_of_now(leg, version), chat)
        if leg.status is Status.VERIFYING:
            return await self._rate_ahead(leg, opinion, by, now, tap, again=True)
        moved = await self._send_back(leg_id, opinion, by=by, now=now, tap=tap)
        await self._keep(leg, opinion, by, now)
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

    async def _close(
        self,
        leg_id: int,
        opinion: Opinion,
        *,
        by: Actor,
        now: datetime,
        tap: Tap = Tap(),  # noqa: B008 - a constant: an empty tuple
    ) -> Leg:
        unsolved = opinion.verdict is Verdict.UNSOLVED
        moved, call = await self._step(
            leg_id,
            Action.GIVE_UP if unsolved else Action.ACCEPT,
            by=by,
            now=now,
            tap=tap,
            said=Said(facts=opinion.facts()),
            outcome=outcome_of(opinion.verdict),
            closed_at=now,
        )
        await self._after_closing(moved, call, now)
        return moved

    async def _send_back(
        self,
        leg_id: int,
        opinion: Opinion,
        *,
        by: Actor,
        now: datetime,
        tap: Tap = Tap(),  # noqa: B008 - a constant: an empty tuple
    ) -> Leg:
        leg = await self.work.legs.get(leg_id)
        facts = {"words": opinion.words, "rework": leg.rework + 1}
        moved, call = await self._step(
            leg_id,
            Action.REWORK,
            by=by,
            now=now,
            tap=tap,
            said=Said(facts=facts),
            **await self._once_more(leg, now),
        )
        return await self._press_where_due(moved, call, now)

    async def _once_more(self, leg: Leg, now: datetime) -> dict[str, Any]:
        """What changes when the same agency has to do it again."""
        call = await self.work.calls.get(leg.call_id)
        return {
            "rework": leg.rework + 1,
            "dispatched_at": now,
            "finish_due": share_of_finish(
                leg.agency, call.urgency, self.district, now=now, share=0.5
            ),
            "resolved_at": None,
            "conclusion": None,
            "verify_due": None,
            "verified_at": None,
            "passed": False,
            "arrive_due": leg.arrive_due if leg.arrived_at else None,
            "interim_due": leg.interim_due if leg.interim_at else None,
        }

    async def _rate_ahead(
        self, leg: Leg, opinion: Opinion, by: Actor, now: datetime, tap: Tap, *, again: bool
    ) -> Leg:
        """Kept until the verification is over (row 33)."""
        facts = {**opinion.facts(), "again": again, "round": leg.round}
        moved, _ = await self._step(
            leg.id, Action.RATE_AHEAD, by=by, now=now, tap=tap, said=Said(facts=facts)
        )
        await self._keep(moved, opinion, by, now)
        return moved

    async def _rate_late(
        self, leg: Leg, opinion: Opinion, by: Actor, now: datetime, chat: int | None
    ) -> Leg:
        moved, _ = await self._step(
            leg.id,
            Action.RATE_LATE,
            by=by,
            now=now,
            tap=Tap(None, chat),
            said=Said(facts=opinion.facts()),
            outcome=outcome_of(opinion.verdict),
        )
        await self._keep(moved, opinion, by, now)
        return moved

    async def _keep(self, leg: Leg, opinion: Opinion, by: Actor, now: datetime) -> None:
        account = by.account
        if account is None:
            raise NotAllowedNow(action=Action.ACCEPT, status=Status.RESOLVED)
        rating = Rating(
            leg.id, leg.round, account, opinion.verdict, opinion.stars, opinion.words, now
        )
        if not await self.work.ratings.add(rating):
            raise AlreadyDone(action=Action.ACCEPT, name="", at=now, leg=leg)


def _of_now(leg: Leg, version: int | None) -> int | None:
    """The version a button means: one drawn before a verification speaks of the same answer."""
    return leg.version if version is not None and speaks_of_answer(leg, version) else version
