"""Tells the public how it goes, in the district's channel: once a period, on a working morning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.screens import public_digest as screens
from bot.screens.easel import Easel
from bot.screens.saying import keyboard, message_row, worded
from core.board import Board
from core.briefs import brief_hour, since_last_work
from core.channel import Channel, Every
from core.errands import Errand, ErrandKind, over
from core.outgoing import DIGEST, Outgoing, Policy
from core.overseeing import page
from core.periods import DAY, Period, Stretch, period_in, period_of
from core.ports import Units
from core.registers import HOLDS
from core.stats import report, tallied
from core.worktime import WorkCalendar

MARK = "digest"


def digest_period(channel: Channel, today: date, calendar: WorkCalendar) -> Period | None:
    """Of what a digest tells: the week that is over, or the days since the last working day.

    None of what was over the day before the channel was bound: it was not asked for.
    """
    if channel.every is Every.OFF or channel.bound_at is None:
        return None
    weekly = channel.every is Every.WEEKLY
    period = period_of(Stretch.LAST_WEEK, today) if weekly else since_last_work(today, calendar)
    begun = channel.bound_at.astimezone(calendar.zone).date()
    return period if begun <= period.last + DAY else None


@dataclass
class Digests:
    """Idempotent: a second tick, or a second process, finds the period begun.

    It is counted aside, as an errand; after an outage only the period that is over now is told.
    """

    units: Units
    told: datetime | None = None

    async def tick(self, now: datetime, easel: Easel) -> bool:
        """Have the digest counted where it is time; whether it was."""
        hour = brief_hour(now, easel.district)
        if hour is None or self.told == hour:
            return False
        begun = await self._begins(now, easel)
        self.told = hour
        return begun

    async def _begins(self, now: datetime, easel: Easel) -> bool:
        async with self.units.begin() as work:
            channel = await work.channels.bound()
            today = now.astimezone(easel.zone).date()
            period = channel and digest_period(channel, today, easel.calendar)
            if not channel or not period or not channel.posts:
                return False
            ended = period.span(easel.zone).until
            if not await work.marks.reach(f"{MARK}:{channel.every}", ended):
                return False
            office = await work.groups.of_agency(easel.district.tree.district.code)
            chat = office.chat if office and not office.suspended else 0
            errand = Errand(ErrandKind.DIGEST, 0, chat, 0, now, facts=period.facts())
            await work.errands.add(errand)
        return True


@dataclass(frozen=True)
class Digester:
    """Counts the period and owes the channel its digest: one row a channel and period."""

    units: Units
    easel: Easel

    async def tell(self, errand: Errand, now: datetime) -> None:
        """Nothing where nothing was raised, or where the channel is the district's no more."""
        district, period = self.easel.district, period_in(errand.facts)
        found = await tallied(self.units, district, period, now=now)
        told = report(found, district, district.tree.district.code)
        async with self.units.begin() as work:
            channel = await work.channels.bound()
            if channel and channel.posts and told.calls:
                board, code = Board(work, district), district.tree.district.code
                holds = await page(board, HOLDS, code, before=None, now=now, size=screens.READ)
                screen = screens.digest(told, holds, self.easel)
                params = {**worded(screen.text), **keyboard(screen.buttons)}
                await work.outbox.put(_row(channel, params, period), now=now)
            await work.errands.save(over(errand))


def _row(channel: Channel, params: dict[str, object], period: Period) -> Outgoing:
    return message_row(
        *(channel.chat, params),
        policy=Policy.AT_MOST_ONCE,
        rank=DIGEST,
        dedupe=f"digest:{channel.chat}:{period.stretch}:{period.first}",
    )
