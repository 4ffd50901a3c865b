"""Weeks of a district's time, by clocks that go wrong in every way the plan names (C6)."""

from __future__ import annotations

import asyncio
import random
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import core.watch
from core.failpoints import armed
from core.leg import Leg
from core.lifecycle import Action, Status
from core.nudging import LATE
from core.outgoing import Kind
from core.ports import Units
from core.watch import Watch
from tests.core.playing import LAMP, LIN, Stage

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ROUND = (-MINUTE, timedelta(), MINUTE)
Wrong = Callable[["Weeks", int], timedelta]


class Killed(BaseException):
    """A watch died: what it had not committed did not happen."""


def _third(off: timedelta) -> Wrong:
    """Off in the middle third, right again after it."""
    return lambda weeks, slot: off if slot * 3 // weeks.slots == 1 else timedelta()


def _jitter(weeks: Weeks, _: int) -> timedelta:
    return timedelta(seconds=weeks.lot.uniform(-1, 0))


def _right(*_: Any) -> timedelta:
    return timedelta()


WRONG: dict[str, Wrong] = {
    "an hour back": _third(-HOUR),
    "a second of jitter": _jitter,
    "six hours ahead": _third(6 * HOUR),
    "thirty days ahead": lambda weeks, slot: 30 * DAY if slot == weeks.slots // 3 else _right(),
    "frozen ten minutes": _right,
    "asleep two hours": _right,
    "a second a minute": lambda weeks, slot: timedelta(seconds=(weeks.at - weeks.began) / MINUTE),
}
FROZEN, ASLEEP = "frozen ten minutes", "asleep two hours"


@dataclass(eq=False)
class Weeks:
    """Calls nobody answers, watches that tick, and a clock that shows what it likes."""

    stage: Stage
    wrong: str
    watches: int
    kills: int
    slots: int
    lot: random.Random
    at: datetime = field(init=False)
    began: datetime = field(init=False)
    deaths: int = 0

    def __post_init__(self) -> None:
        self.at = self.began = self.stage.now

    async def pass_(self, calls: int) -> None:
        """Let so many calls be nudged in so many slots; half are withdrawn before the last."""
        raised = [await self.stage.raised(LAMP, f"draft-{n}") for n in range(calls)]
        last = self.slots * 3 // 4
        for slot in range(self.slots):
            if slot == last:
                for call in raised[::2]:
                    async with self.stage.desk() as desk:
                        await desk.withdraw(call.id, by=LIN, now=self._shown(slot))
            await self._reach(slot)

    async def _reach(self, slot: int) -> None:
        """Go to the next moment at which anything is due by the clock, and tick around it."""
        due = min(leg.next_due for leg in await self.legs() if leg.next_due)
        self.at = max(self.at + MINUTE, due - WRONG[self.wrong](self, slot))
        if self.wrong == ASLEEP and slot % 5 == 0:
            self.at += 2 * HOUR
        frozen = [timedelta()] * 10 if self.wrong == FROZEN else []
        for beside in (*ROUND, *frozen):
            await self._tick(slot, self._shown(slot) + beside)

    def _shown(self, slot: int) -> datetime:
        return self.at + WRONG[self.wrong](self, slot)

    async def _tick(self, slot: int, now: datetime) -> None:
        every = max(1, self.slots // self.kills) if self.kills else 0
        if every and slot % every == 0 and self.deaths < self.kills:
            await self._die(now)
        ticks = (self._watch().catch_up(now) for _ in range(self.watches))
        await asyncio.gather(*ticks)

    async def _die(self, now: datetime) -> None:
        """One more watch, which dies before its commit or right after it."""
        self.deaths += 1
        core.watch.failpoint = armed(self.lot.choice(["P11:1", "P12:1"]), _killed)
        try:
            await self._watch().catch_up(now)
        except Killed:
            pass
        finally:
            core.watch.failpoint = armed("", _killed)

    def _watch(self) -> Watch:
        return Watch(self.stage.units, self.stage.district)

    async def legs(self) -> list[Leg]:
        """Every leg as it is."""
        async with self.stage.units.read() as work:
            return list(await work.legs.due(datetime.max.replace(tzinfo=self.at.tzinfo), 10_000))


def _killed(_: int) -> None:
    raise Killed


@dataclass(eq=False)
class Nudges:
    """What was owed because of time, beside what the journal says."""

    units: Units
    stage: Stage
    by_leg: dict[int, list[Any]] = field(default_factory=lambda: defaultdict(list))
    rows: int = 0

    async def read(self) -> Nudges:
        """What is owed to the agencies' groups: nothing was delivered meanwhile.

        A digest tells of every leg that its tick reminded that group of.
        """
        owed = [row for row in await self.stage.owed() if row.lane < 0]
        noticed = {
            row.payload["entry"]
            for row in owed
            if row.kind is Kind.NOTICE and row.payload["to"] == "agency"
        }
        gathered = {(row.lane, row.created_at) for row in owed if row.kind is Kind.DIGEST}
        async with self.units.read() as work:
            for call in await work.calls.of_caller(LIN.account or 0, 10_000):
                (leg,) = await work.legs.of_call(call.id)
                home = await work.groups.of_agency(leg.agency)
                lane = home.chat if home else 0
                for entry in await work.journal.of_call(call.id):
                    told = entry.id in noticed or (lane, entry.at) in gathered
                    if entry.action is Action.NUDGE and told:
                        self.by_leg[leg.id].append(entry)
                        self.rows += 1
        return self

    def doubled(self) -> list[Any]:
        """Rungs of the ladder that were climbed more than once, moments that nudged twice."""
        found: list[Any] = []
        for leg, entries in self.by_leg.items():
            climbed = Counter(
                (entry.facts["clock"], entry.facts["stage"])
                for entry in entries
                if entry.facts["stage"] in LATE
            )
            found += [(leg, *rung) for rung, times in climbed.items() if times > 1]
            close = (late.at - early.at < 2 * MINUTE for early, late in pairwise(entries))
            found += [(leg, "at once")] * sum(close)
        return found

    def gaps(self, tick: timedelta, ahead: timedelta) -> list[Any]:
        """Longer silences, in working time, than from one working morning to the next.

        By the clock as it showed: where it was set ``ahead``, that much never was.
        """
        calendar = self.stage.district.calendar
        most = calendar.day_length + tick
        return [
            (leg, early.at, late.at)
            for leg, entries in self.by_leg.items()
            for early, late in pairwise(entries)
            if calendar.used(early.at + ahead, late.at) > most
        ]

    async def after_closing(self) -> list[Any]:
        """Nudges written down after the entry that closed their leg."""
        found = []
        async with self.units.read() as work:
            for leg, nudges in self.by_leg.items():
                entries = await work.journal.of_call(nudges[0].call_id)
                ends = [e.id for e in entries if e.leg_id == leg and e.after is Status.CLOSED]
                found += [(leg, nudge.at) for nudge in nudges if ends and nudge.id > ends[0]]
        return found
