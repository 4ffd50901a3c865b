"""What the caller may do while an answer is on its way: add, answer, urge."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.call import Origin, Piece
from core.clockwork import after_step
from core.desk.asking import Asking
from core.desk.strokes import Said
from core.desk.withdrawing import Withdrawing
from core.errors import NothingSaid, TooSoon
from core.leg import Leg
from core.lifecycle import Action, Status
from core.nudging import URGENT
from core.people import Actor


class Calling(Asking, Withdrawing):
    """Lifecycle row 7 and the resident's own nudge (催办)."""

    async def add(
        self,
        leg_id: int,
        pieces: tuple[Piece, ...],
        *,
        by: Actor,
        now: datetime,
        origin: Origin | None = None,
    ) -> Leg:
        """Words or photos that the agency gets as a reply to its card.

        While it waits for an answer of its caller, whatever they say by whatever way is one.
        """
        if not pieces:
            raise NothingSaid()
        if (await self.work.legs.get(leg_id)).status is Status.NEED_INFO:
            return await self.answer(leg_id, pieces, by=by, now=now, origin=origin)
        said = Said(pieces=pieces, origin=origin)
        leg, _ = await self._step(leg_id, Action.ADD, by=by, now=now, said=said)
        return leg

    async def urge(self, call_id: int, *, by: Actor, now: datetime) -> Leg:
        """Ask for haste; raises ``TooSoon`` while the last one cools down."""
        call = await self._held(call_id)
        step = "urge_cooldown_urgent" if call.urgency in URGENT else "urge_cooldown"
        if call.urged_at and now < (again := after_step(self.district, step, call.urged_at)):
            raise TooSoon(again_at=again)
        main = await self._main(call)
        leg, call = await self._step(main.id, Action.URGE, by=by, now=now)
        await self.work.calls.save(replace(call, urged_at=now))
        return leg
