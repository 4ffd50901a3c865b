"""The date of a leg that called up follows the leg below (R3)."""

from __future__ import annotations

from datetime import datetime

from core.clockwork import after_step
from core.desk.strokes import Said, Strokes
from core.leg import Leg
from core.lifecycle import Action, rule_for
from core.people import SYSTEM


class Following(Strokes):
    """A promise that changes is told to whoever it was made to, up to the resident."""

    async def _date_moved(self, leg: Leg, due: datetime, now: datetime) -> None:
        """``due`` is when the leg answers now: whoever called it has one working day more."""
        if leg.parent_id is None or leg.co:
            return
        parent = await self.work.legs.get(leg.parent_id)
        promised = after_step(self.district, "parent_answer", due, by=parent.agency)
        if parent.status not in rule_for(Action.MOVE_DATE).while_in:
            return
        if parent.finish_due is None or promised <= parent.finish_due:
            return
        said = Said(facts={"agency": leg.agency, "finish": promised.isoformat()})
        moved, _ = await self._step(
            parent.id, Action.MOVE_DATE, by=SYSTEM, now=now, said=said, finish_due=promised
        )
        await self._date_moved(moved, promised, now)
