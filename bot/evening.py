"""What is done once a day: the day's rows are sealed, and the seal posted where it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from bot.screens import auditing
from bot.screens.easel import Easel
from bot.screens.saying import in_topic, message_row, worded
from core.ports import Units, Work

AT = time(18)
MARK = "sealed"


@dataclass(frozen=True)
class Evening:
    """Idempotent: a second tick, or a second process, finds the day sealed."""

    units: Units
    easel: Easel
    administrators: frozenset[int]

    async def tick(self, now: datetime) -> bool:
        """Seal everything written so far, once a day from six on; whether that was now."""
        local = now.astimezone(self.easel.zone)
        if local.time() < AT:
            return False
        hour = datetime.combine(local.date(), AT, self.easel.zone).astimezone(now.tzinfo)
        async with self.units.begin() as work:
            if not await work.marks.reach(MARK, hour):
                return False
            words = auditing.sealed(await work.acts.seal(now), self.easel)
            rows = [
                message_row(chat, worded(words) | topic) for chat, topic in await self._where(work)
            ]
            if rows:
                await work.outbox.put(*rows, now=now)
        return True

    async def _where(self, work: Work) -> list[tuple[int, dict[str, object]]]:
        """The district's group, which many read; the administrators where it has none."""
        binding = await work.groups.of_agency(self.easel.district.tree.district.code)
        if binding and not binding.suspended:
            return [(binding.chat, in_topic(binding))]
        return [(account, {}) for account in sorted(self.administrators)]
