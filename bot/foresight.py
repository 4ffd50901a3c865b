"""A year without its holidays is not passed over in silence: who can mend it hears it in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.screens import year_ahead
from bot.screens.easel import Easel
from bot.screens.saying import in_topic, message_row
from core.foresight import time_to_warn, unknown_year
from core.ports import Units, Work

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Foresight:
    """Idempotent: however many tick, each warning is given once."""

    units: Units
    easel: Easel
    administrators: frozenset[int]

    async def tick(self, now: datetime) -> bool:
        """Warn the administrators and the district's group where it is time; whether it was."""
        calendar = self.easel.calendar
        unknown = unknown_year(calendar, now.astimezone(calendar.zone).date())
        at = time_to_warn(unknown, now, calendar) if unknown else None
        if unknown is None or at is None:
            return False
        async with self.units.begin() as work:
            if not await work.marks.reach(f"year:{unknown.year}", at):
                return False
            log.error("calendar_missing", year=unknown.year, begun=unknown.begun)
            words = year_ahead.missing(unknown)
            rows = [
                message_row(chat, {"text": words} | topic) for chat, topic in await self._who(work)
            ]
            if rows:
                await work.outbox.put(*rows, now=now)
        return True

    async def _who(self, work: Work) -> list[tuple[int, dict[str, object]]]:
        """The administrators, and the group of the district where it has one."""
        told: list[tuple[int, dict[str, object]]] = [(one, {}) for one in self.administrators]
        binding = await work.groups.of_agency(self.easel.district.tree.district.code)
        if binding and not binding.suspended:
            told.append((binding.chat, in_topic(binding)))
        return sorted(told, key=lambda one: one[0])
