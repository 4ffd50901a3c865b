"""Tells the district's group and the streets' groups how it went, once on a working morning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.screens import told_stats
from bot.screens.easel import Easel
from bot.screens.saying import in_topic, message_row, worded
from core.briefs import brief_hour, brief_period, briefed
from core.outgoing import DIGEST, Outgoing, Policy
from core.people import Binding
from core.ports import Units
from core.stats import Tallied, report, tallied

MARK = "briefs"


@dataclass
class Briefs:
    """Idempotent: a second tick, or a second process, finds the morning told.

    Counting a week takes longer than a step may, so it is done before the mark is reached; whoever
    was slower has counted for nothing.
    """

    units: Units
    told: datetime | None = None

    async def tick(self, now: datetime, easel: Easel) -> int:
        """Owe every group its brief where it is time; how many were owed."""
        hour = brief_hour(now, easel.district)
        if hour is None or self.told == hour:
            return 0
        period = brief_period(hour.astimezone(easel.zone).date(), easel.calendar)
        found = await tallied(self.units, easel.district, period, now=now)
        self.told = hour
        async with self.units.begin() as work:
            if not await work.marks.reach(MARK, hour):
                return 0
            rooms = {binding.agency: binding for binding, _ in await work.groups.in_force()}
            rows = _rows(found, rooms, hour, easel)
            if rows:
                await work.outbox.put(*rows, now=now)
        return len(rows)


def _rows(
    found: Tallied, rooms: Mapping[str, Binding], hour: datetime, easel: Easel
) -> list[Outgoing]:
    """Nothing for a group in whose area nothing was and nothing is."""
    rows = []
    for code in briefed(easel.district):
        told = report(found, easel.district, code)
        if code in rooms and (told.calls or told.open):
            rows.append(_row(rooms[code], worded(told_stats.brief(told, easel)), hour))
    return rows


def _row(binding: Binding, words: dict[str, object], hour: datetime) -> Outgoing:
    return message_row(
        binding.chat,
        {**words, **in_topic(binding)},
        policy=Policy.AT_MOST_ONCE,
        rank=DIGEST,
        dedupe=f"brief:{binding.agency}:{hour.isoformat()}",
    )
