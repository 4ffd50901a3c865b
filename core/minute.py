"""One minute: the rules that are in force by now, and the watch over everything under them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.in_force import InForce, keep_in_step
from core.ports import Units
from core.watch import Watch


@dataclass(frozen=True)
class Minute:
    """Every tick is one step: it stands on one district from its start to its end."""

    units: Units
    rules: InForce

    async def tick(self, now: datetime) -> int:
        """Let time pass until ``now``; how many legs were looked at."""
        await keep_in_step(self.rules, self.units, now)
        return await Watch(self.units, self.rules.district).tick(now)
