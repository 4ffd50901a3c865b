"""What the caller may do while an answer is on its way: add, urge, withdraw."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.call import Call, Origin, Piece
from core.clockwork import after_step
from core.desk.closing import Closing
from core.desk.strokes import Said
from core.errors import NotAllowedNow, NothingSaid, TooSoon
from core.leg import Leg
from core.lifecycle import Action, Outcome
from core.nudging import URGENT
from core.people import Actor


class Calling(Closing):
    """Lifecycle rows 7, 14 and the resident's own nudge (催办)."""

    async def add(
        self,
        leg_id: int,
        pieces: tuple[Piece, ...],
        *,
        by: Actor,
        now: datetime,
        origin: Origin | None = None,
    ) -> Leg:
        """Words or photos that the agency gets as a reply to its card."""
        if not pieces:
            raise NothingSaid()
        said = Said(pieces=pieces, origin=origin)
        leg, _ = await self._step(leg_id, Action.ADD, by=by, now=now, said=said)
        return leg

    async def urge(self, call_id: int, *, by: Actor, now: datetime) -> Leg:
        """Ask for haste; raises ``TooSoon`` while the last one cools down."""
        call = await self.work.calls.get(call_id)
        step = "urge_cooldown_urgent" if call.urgency in URGENT else "urge_cooldown"
        if call.urged_at and now < (again := after_step(self.district, step, call.urged_at)):
            raise TooSoon(again_at=again)
        main = await self._main(call)
        leg, call = await self._step(main.id, Action.URGE, by=by, now=now)
        await self.work.calls.save(replace(call, urged_at=now))
        return leg

    async def withdraw(self, call_id: int, *, words: str = "", by: Actor, now: datetime) -> Call:
        """The matter is off (row 14); legs below follow."""
        call = await self.work.calls.get(call_id)
        if call.closed_at and call.caller == by.account:
            raise NotAllowedNow(action=Action.WITHDRAW, status=None)
        main = await self._main(call)
        leg, call = await self._step(
            main.id,
            Action.WITHDRAW,
            by=by,
            now=now,
            said=Said(facts={"why": words}),
            outcome=Outcome.WITHDRAWN,
            closed_at=now,
        )
        await self._children_follow(leg, now)
        await self._after_closing(leg, call, now)
        return await self.work.calls.get(call_id)
