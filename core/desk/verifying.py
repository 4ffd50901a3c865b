"""What came of looking: it is done, it is not, or nobody looked in time (rows 31 to 33)."""

from __future__ import annotations

from datetime import datetime

from core.call import Call, Piece, has_photo
from core.desk.rating import Judging
from core.desk.strokes import Said, Tap
from core.errors import NothingSaid, PhotoMissing
from core.journal import Entry
from core.leg import Leg
from core.lifecycle import Action
from core.people import SYSTEM, Actor
from core.rating import Opinion


class Verifying(Judging):
    """A rating given meanwhile waits for the result and takes effect with it."""

    async def pass_verification(
        self,
        leg_id: int,
        *,
        by: Actor,
        now: datetime,
        version: int | None = None,
        chat: int | None = None,
    ) -> Leg:
        """It is done, says who looked (核查通过)."""
        tap = Tap(version, chat)
        leg, call = await self._step(
            leg_id, Action.PASS, by=by, now=now, tap=tap, verified_at=now, passed=True
        )
        return await self._take_effect(leg, call, now)

    async def pass_unseen(self, leg_id: int, *, now: datetime) -> Leg:
        """Nobody looked in time: the caller's word alone counts."""
        leg, call = await self._step(
            leg_id, Action.PASS_UNSEEN, by=SYSTEM, now=now, verified_at=now
        )
        return await self._take_effect(leg, call, now)

    async def fail_verification(
        self,
        leg_id: int,
        *,
        nothing_done: bool,
        pieces: tuple[Piece, ...],
        by: Actor,
        now: datetime,
        version: int | None = None,
        chat: int | None = None,
    ) -> Leg:
        """It is not done, and a photo shows it: back to the agency with half the time.

        ``nothing_done`` makes it a false closing. Raises ``NothingSaid``, ``PhotoMissing``.
        """
        if not any(piece.text.strip() for piece in pieces):
            raise NothingSaid()
        if not has_photo(pieces):
            raise PhotoMissing(action=Action.FAIL)
        leg = await self.work.legs.get(leg_id)
        facts = {"nothing_done": nothing_done, "rework": leg.rework + 1}
        moved, call = await self._step(
            leg_id,
            Action.FAIL,
            by=by,
            now=now,
            tap=Tap(version, chat),
            said=Said(facts=facts, pieces=pieces),
            false_closings=leg.false_closings + nothing_done,
            **await self._once_more(leg, now),
        )
        return await self._press_where_due(moved, call, now)

    async def _take_effect(self, leg: Leg, call: Call, now: datetime) -> Leg:
        """What the caller said while somebody looked is done now, in the caller's name."""
        said = await self._said_ahead(leg)
        if said is None:
            return leg
        caller, opinion = Actor(call.caller, call.caller_name), Opinion.of(said.facts)
        if said.facts["again"]:
            return await self._send_back(leg.id, opinion, by=caller, now=now)
        return await self._close(leg.id, opinion, by=caller, now=now)

    async def _said_ahead(self, leg: Leg) -> Entry | None:
        for entry in reversed(await self.work.journal.of_call(leg.call_id)):
            if entry.leg_id == leg.id and entry.action is Action.RATE_AHEAD:
                return entry if entry.facts["round"] == leg.round else None
        return None
