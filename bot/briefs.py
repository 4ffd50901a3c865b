"""Tells the district's group and the streets' groups how it went, once on a working morning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.screens import told_long_briefs, told_stats
from bot.screens.easel import Easel
from bot.screens.saying import in_topic, message_row, worded
from core.briefs import brief_hour, brief_period, briefed, long_periods
from core.errands import Errand, ErrandKind, over
from core.outgoing import DIGEST, Outgoing, Policy
from core.people import Binding
from core.periods import before, period_in
from core.ports import Units, Work
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
        owed = await self._owe(found, hour, easel, now)
        self.told = hour
        return owed

    async def _owe(self, found: Tallied, hour: datetime, easel: Easel, now: datetime) -> int:
        """The mark and the rows in one step: what is refused is not told, and is tried anew."""
        async with self.units.begin() as work:
            if not await work.marks.reach(MARK, hour):
                return 0
            rooms = await rooms_of(work)
            rows = _rows(found, rooms, hour, easel)
            if rows:
                await work.outbox.put(*rows, now=now)
            await self._begin_long_ones(work, rooms, easel, now)
        return len(rows)

    async def _begin_long_ones(
        self, work: Work, rooms: Mapping[str, Binding], easel: Easel, now: datetime
    ) -> None:
        """The month or year that is over, to be counted aside; a failure is told the office."""
        office = rooms.get(easel.district.tree.district.code)
        for period in long_periods(now.astimezone(easel.zone).date()):
            ended = period.span(easel.zone).until
            if await work.marks.reach(f"{MARK}:{period.stretch}", ended):
                chat = office.chat if office else 0
                errand = Errand(ErrandKind.BRIEF, 0, chat, 0, now, facts=period.facts())
                await work.errands.add(errand)


@dataclass(frozen=True)
class Briefer:
    """Counts a month or a year and owes every group its brief: one row a chat and period."""

    units: Units
    easel: Easel

    async def tell(self, errand: Errand, now: datetime) -> None:
        """Begun again, it owes nothing twice: the rows and the end of the errand are one step."""
        district, period = self.easel.district, period_in(errand.facts)
        found = await tallied(self.units, district, period, now=now, by_item=True)
        earlier = await tallied(self.units, district, before(period), now=now)
        async with self.units.begin() as work:
            rooms = await rooms_of(work)
            rows = [
                brief_row(
                    rooms[code],
                    self._words(found, earlier, code),
                    f"{period.stretch}:{period.first}",
                )
                for code in briefed(district)
                if code in rooms and report(found, district, code).calls
            ]
            if rows:
                await work.outbox.put(*rows, now=now)
            await work.errands.save(over(errand))

    def _words(self, found: Tallied, earlier: Tallied, code: str) -> dict[str, Any]:
        district = self.easel.district
        told, compared = report(found, district, code), report(earlier, district, code)
        return worded(told_long_briefs.told(told, compared, self.easel))


def _rows(
    found: Tallied, rooms: Mapping[str, Binding], hour: datetime, easel: Easel
) -> list[Outgoing]:
    """Nothing for a group in whose area nothing was and nothing is."""
    rows = []
    for code in briefed(easel.district):
        told = report(found, easel.district, code)
        if code in rooms and (told.calls or told.open):
            words = worded(told_stats.brief(told, easel))
            rows.append(brief_row(rooms[code], words, hour.isoformat()))
    return rows


async def rooms_of(work: Work) -> dict[str, Binding]:
    """The groups that can be told anything now, by agency."""
    return {binding.agency: binding for binding, _ in await work.groups.in_force()}


def brief_row(binding: Binding, words: Mapping[str, Any], of: str) -> Outgoing:
    """What a group is told ``of`` a morning or a period, once."""
    return message_row(
        binding.chat,
        {**words, **in_topic(binding)},
        policy=Policy.AT_MOST_ONCE,
        rank=DIGEST,
        dedupe=f"brief:{binding.agency}:{of}",
    )
