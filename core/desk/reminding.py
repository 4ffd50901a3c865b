"""Time speaks up: a nudge to the agency, a reminder to the caller."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core.desk.strokes import Said, Strokes
from core.leg import Leg
from core.lifecycle import Action
from core.people import SYSTEM


class Reminding(Strokes):
    """Steps nobody takes but the clock (rows 35 and 38)."""

    async def nudge(
        self, leg_id: int, *, facts: Mapping[str, Any], times: int, now: datetime
    ) -> Leg:
        """Remind the agency; ``facts`` say which clock and which stage of the ladder."""
        said = Said(facts=facts)
        leg, _ = await self._step(
            leg_id, Action.NUDGE, by=SYSTEM, now=now, said=said, nudges=times
        )
        return leg

    async def remind(self, leg_id: int, *, now: datetime) -> Leg:
        """Ask the caller for a rating, the second and last time."""
        leg, _ = await self._step(leg_id, Action.REMIND, by=SYSTEM, now=now)
        return leg

    async def remind_verifier(self, leg_id: int, *, now: datetime) -> Leg:
        """Remind whoever was asked to look; then nobody looked (row 31)."""
        leg, _ = await self._step(leg_id, Action.REMIND_VERIFIER, by=SYSTEM, now=now)
        return leg
