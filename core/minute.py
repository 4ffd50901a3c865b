"""One minute: the rules that are in force by now, and the watch over everything under them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.gathering import Gathering
from core.in_force import InForce, keep_in_step
from core.ports import Units
from core.watch import BATCH, Watch


@dataclass
class Minute:
    """Every tick is one step: it stands on one district from its start to its end.

    After an outage many legs are due at once. They are looked at in many short ticks instead of
    one: between two of them what is owed is sent, whoever leads may have changed, and a service
    that is told to stop does. What these remind of in one chat is counted over all of them.
    """

    units: Units
    rules: InForce
    _going_on: Gathering | None = None

    async def tick(self, now: datetime) -> bool:
        """Let time pass until ``now``; whether more is due, so that another tick is to follow."""
        await keep_in_step(self.rules, self.units, now)
        watch = Watch(self.units, self.rules.district)
        gathering, self._going_on = self._going_on or watch.gathering(now), None
        if await watch.tick(now, gathering) < BATCH:
            return False
        self._going_on = gathering
        return True
