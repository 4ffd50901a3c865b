"""Stretches of working time, added up once: every sum and every date after is found by halving.

The clocks of a thousand legs ask for the same weeks. Microseconds since 1970 are exact and quick
to compare.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

Stretch = tuple[datetime, datetime]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY, MICROSECOND = timedelta(days=1), timedelta(microseconds=1)
AT_ONCE = timedelta(days=120)


@dataclass
class Timeline:
    """What ``on`` says of each day, which is never asked twice; days are those of UTC.

    ``on`` gives the stretches of a day in order; those of neighbouring days may reach a day into
    each other's, as days of another zone do.
    """

    on: Callable[[date], tuple[Stretch, ...]]
    first: date = date.min
    last: date = date.min
    opens: list[int] = field(default_factory=list)
    closes: list[int] = field(default_factory=list)
    sums: list[int] = field(default_factory=list)
    begins: int = 0
    ends: int = 0

    def used(self, start: datetime, end: datetime) -> timedelta:
        """How much of it lies between two instants; nothing when ``end`` is not later."""
        since, until = _ticks(start), _ticks(end)
        if until <= since:
            return timedelta()
        self._reach(since, until)
        return (self._sum(until) - self._sum(since)) * MICROSECOND

    def after(self, start: datetime, work: timedelta) -> datetime:
        """The instant at which so much has passed; for nothing, the first that is worked."""
        since, much = _ticks(start), work // MICROSECOND
        self._reach(since, since)
        much += self._sum(since)
        while True:
            found = bisect_left(self.sums, much) if work else bisect_right(self.closes, since)
            if found < len(self.sums):
                break
            self._extend(self.last + AT_ONCE)
        if not work:
            return _instant(max(self.opens[found], since))
        return _instant(self.closes[found] - (self.sums[found] - much))

    def _sum(self, at: int) -> int:
        """What was worked from the first day on until then."""
        found = bisect_right(self.opens, at) - 1
        if found < 0:
            return 0
        return self.sums[found] - max(0, self.closes[found] - at)

    def _reach(self, since: int, until: int) -> None:
        """Know everything from a day before the one until a day after the other."""
        if self.begins <= since and until < self.ends:
            return
        first, last = _instant(since).date() - DAY, _instant(until).date() + DAY
        if first < self.first or not self.opens:
            last = max(self.last, last)
            self.opens, self.closes, self.sums = [], [], []
            self.first = self.last = first - AT_ONCE
        self._extend(last + AT_ONCE)
        self.begins, self.ends = _midnight(self.first + DAY), _midnight(self.last - DAY)

    def _extend(self, until: date) -> None:
        while self.last < until:
            for opens, closes in self.on(self.last):
                self.opens.append(_ticks(opens))
                self.closes.append(_ticks(closes))
                worked = self.closes[-1] - self.opens[-1]
                self.sums.append(worked + (self.sums[-1] if self.sums else 0))
            self.last += DAY


def _ticks(at: datetime) -> int:
    return (at - EPOCH) // MICROSECOND


def _instant(ticks: int) -> datetime:
    return EPOCH + ticks * MICROSECOND


def _midnight(day: date) -> int:
    return _ticks(datetime(day.year, day.month, day.day, tzinfo=UTC))
