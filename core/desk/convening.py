"""Nobody says it is theirs: the district names who answers, and that binds (row 20)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.call import Call
from core.clockwork import after_step
from core.desk.dispatching import Dispatching
from core.desk.strokes import Said
from core.leg import Leg
from core.lifecycle import Action
from core.nudging import URGENT
from core.people import SYSTEM

DENIALS = 2


@dataclass(frozen=True, slots=True)
class Dispute:
    """Who decides and until when, once so many agencies have returned a call."""

    returns: int
    adjudicator: str
    due: datetime

    @property
    def changes(self) -> dict[str, Any]:
        """What it means for the leg in question."""
        return {"adjudicator": self.adjudicator, "review_due": self.due}


class Convening(Dispatching):
    """The second return of a call is no matter between two agencies any more."""

    async def _dispute(self, leg: Leg, call: Call, now: datetime) -> Dispute | None:
        """The dispute that this leg's return makes of it; None the first time."""
        legs = await self.work.legs.of_call(call.id)
        returns = 1 + sum(other.returns for other in legs if other.id != leg.id)
        if returns < DENIALS:
            return None
        step = "dispute_urgent" if call.urgency in URGENT else "dispute"
        district = await self._reachable(self.district.tree.district.code)
        return Dispute(returns, district, after_step(self.district, step, now, by=district))

    async def _convene(self, leg: Leg, dispute: Dispute, said: Said, now: datetime) -> Leg:
        facts = {**(said.facts or {}), "returns": dispute.returns}
        moved, _ = await self._step(
            leg.id, Action.CONVENE, by=SYSTEM, now=now, said=Said(facts, said.pieces)
        )
        return moved
