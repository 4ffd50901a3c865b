"""A phone call to the caller, written down: reached or not, and what was said (row 21)."""

from __future__ import annotations

from datetime import datetime

from core.call import Origin, Piece
from core.contact import spoken
from core.desk.answering import something
from core.desk.asking import Asking
from core.desk.strokes import Said, Tap
from core.leg import Leg
from core.lifecycle import Action, Status
from core.people import Actor


class Phoning(Asking):
    """Somebody who was reached was contacted; a phone that rang for nothing stops no clock."""

    async def log_phone(
        self,
        leg_id: int,
        *,
        reached: bool,
        pieces: tuple[Piece, ...] = (),
        by: Actor,
        now: datetime,
        version: int | None = None,
        chat: int | None = None,
        origin: Origin | None = None,
    ) -> Leg:
        """Keep it, and let the caller check it; ``NothingSaid`` where they spoke of nothing.

        Where the caller was asked something that no message reaches them with, what they said is
        the answer.
        """
        leg = await self.work.legs.get(leg_id)
        changes = spoken(leg, now) if reached else {}
        facts = {"reached": reached, "contact": "contacted_at" in changes}
        said = Said(facts, something(pieces) if reached else pieces, origin)
        if reached and leg.phone_from is not None and leg.status is Status.NEED_INFO:
            return await self._go_on(
                leg_id, Action.ANSWER_BY_PHONE, by, now, said, tap=Tap(version, chat)
            )
        moved, _ = await self._step(
            leg_id,
            Action.LOG_PHONE,
            by=by,
            now=now,
            tap=Tap(version, chat),
            said=said,
            **changes,
        )
        return moved
