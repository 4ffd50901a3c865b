"""Time speaks up: of a plan to the agency; of a rating, of how it goes, and sorry to a caller."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core.call import Call
from core.desk.climbing import Climbing
from core.desk.strokes import Said
from core.leg import Leg
from core.lifecycle import Action
from core.people import SYSTEM
from core.pressing import press_due
from core.records import replace
from core.ringing import FIRST


class Reminding(Climbing):
    """Steps nobody takes but the clock (rows 22, 35 and 38)."""

    async def nudge(self, leg: Leg, *, facts: Mapping[str, Any], now: datetime) -> Leg:
        """Remind the agency of a step of its plan; ``facts`` say which clock and which stage."""
        known = replace(leg.nudged or FIRST, at=now)
        return await self._nudge(leg, facts, now, nudged=known)

    async def remind(self, leg_id: int, *, now: datetime) -> Leg:
        """Ask the caller for a rating, the second and last time."""
        leg, _ = await self._step(leg_id, Action.REMIND, by=SYSTEM, now=now)
        return leg

    async def remind_verifier(self, leg_id: int, *, now: datetime) -> Leg:
        """Remind whoever was asked to look; then nobody looked (row 31)."""
        leg, _ = await self._step(leg_id, Action.REMIND_VERIFIER, by=SYSTEM, now=now)
        return leg

    async def keep_warm(self, leg_id: int, *, now: datetime) -> Leg:
        """Tell the caller that it is still being handled, and what comes next."""
        leg, _ = await self._step(leg_id, Action.HEARTBEAT, by=SYSTEM, now=now)
        return leg

    async def apologise(self, leg: Leg, call: Call, *, now: datetime) -> Leg:
        """Tell the caller that a promise was not kept, and until when at the latest it will be.

        The new date is the one on which the district takes it over, unless it has already.
        """
        latest = press_due(leg, call.urgency, self.district)
        promised = latest if latest and latest > now else None
        facts = {
            "due": leg.finish_due.isoformat() if leg.finish_due else "",
            "late": bool(leg.finish_due and leg.finish_due <= now),
            "promised": promised.isoformat() if promised else "",
        }
        said = Said(facts=facts)
        moved, _ = await self._step(
            leg.id, Action.APOLOGISE, by=SYSTEM, now=now, said=said, sorry_due=None
        )
        return moved
