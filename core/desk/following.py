"""The date of a leg that called up follows the leg below (R3)."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from core.clockwork import after_step
from core.desk.strokes import Said, Strokes
from core.leg import Leg
from core.lifecycle import Action, rule_for
from core.people import SYSTEM


class Called(NamedTuple):
    """Which agency called which other one up."""

    agency: str
    called: str


class Following(Strokes):
    """A promise that changes is told to whoever it was made to, up to the resident."""

    async def _date_moved(
        self, leg: Leg, due: datetime, now: datetime, *, called: Called | None = None
    ) -> None:
        """``due`` is when the leg answers now: whoever called it has one working day more.

        Where somebody further up was ``called`` for it, those below hear so even if their own
        date stays.
        """
        if leg.parent_id is None or leg.co:
            return
        parent = await self.work.legs.get(leg.parent_id)
        if parent.status not in rule_for(Action.MOVE_DATE).while_in or parent.finish_due is None:
            return
        promised = after_step(self.district, "parent_answer", due, by=parent.agency)
        if promised <= parent.finish_due and called is None:
            return
        promised = max(promised, parent.finish_due)
        who = {"agency": leg.agency} if called is None else called._asdict()
        said = Said(facts={**who, "finish": promised.isoformat()})
        moved, _ = await self._step(
            parent.id, Action.MOVE_DATE, by=SYSTEM, now=now, said=said, finish_due=promised
        )
        await self._date_moved(moved, promised, now, called=called)
