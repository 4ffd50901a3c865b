"""Working time: office hours, holidays and make-up working days of one time zone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cached_property
from zoneinfo import ZoneInfo

from core.limits import Span, Unit

CHINA = ZoneInfo("Asia/Shanghai")
OFFICE_HOURS = ((time(9), time(12)), (time(14), time(18)))
DAY = timedelta(days=1)
NATURAL = {
    Unit.MINUTES: timedelta(minutes=1),
    Unit.HOURS: timedelta(hours=1),
    Unit.DAYS: DAY,
}


@dataclass(frozen=True)
class WorkCalendar:
    """Which days are worked, and when (limits.md, Calendar). Takes and gives aware instants.

    A day no sheet names is worked from Monday to Friday; ``covers`` says whether that is known or
    only supposed. ``hours`` are in order, do not overlap, and are never empty.
    """

    holidays: frozenset[date] = frozenset()
    make_up_days: frozenset[date] = frozenset()
    hours: tuple[tuple[time, time], ...] = OFFICE_HOURS
    zone: tzinfo = CHINA

    def works_on(self, day: date) -> bool:
        """Whether the office is open that day: a make-up day wins over a holiday."""
        if day in self.make_up_days:
            return True
        return day.weekday() < 5 and day not in self.holidays

    def covers(self, day: date) -> bool:
        """Whether the sheet says anything about that year; otherwise Mon-Fri is supposed."""
        return day.year in self._years

    @property
    def horizon(self) -> date | None:
        """The last day of the last year the sheet speaks of; None for an empty sheet."""
        return date(max(self._years), 12, 31) if self._years else None

    def add(self, start: datetime, span: Span) -> datetime:
        """The instant at which ``span`` is used up when it begins at ``start``, in UTC.

        Natural units are plain addition. Working hours pass only inside the office hours of
        working days: Friday 16:30 + 2 wh is 09:30 of the next working day, and an amount that ends
        with the office ends at closing time, not at the next opening. A whole working day lasts
        until the same office time of the next working day; begun outside office hours (closing
        time is outside) it counts from the next opening. A fraction of a working day is that share
        of one day's working hours, after its whole days. Nothing at all, begun outside, ends at
        the next opening, so no working limit ever ends outside office hours.
        """
        if span.unit in NATURAL:
            return start.astimezone(UTC) + span.amount * NATURAL[span.unit]
        if span.unit is Unit.WORKING_HOURS:
            return self._after_work(start, span.amount * timedelta(hours=1))
        days, share = divmod(span.amount, 1)
        begun = self._after_days(start, int(days))
        return self._after_work(begun, share * self.day_length) if share else begun

    def used(self, start: datetime, end: datetime) -> timedelta:
        """How much working time lies between two instants; zero when ``end`` is not later."""
        total = timedelta()
        for opens, closes in self._sessions(start):
            if opens >= end:
                break
            total += min(closes, end) - opens
        return total

    @cached_property
    def day_length(self) -> timedelta:
        """The working hours of one full working day."""
        return sum((_length(opens, closes) for opens, closes in self.hours), timedelta())

    @cached_property
    def _years(self) -> frozenset[int]:
        return frozenset(day.year for day in self.holidays | self.make_up_days)

    def _after_work(self, start: datetime, work: timedelta) -> datetime:
        for opens, closes in self._sessions(start):
            if work <= closes - opens:
                return opens + work
            work -= closes - opens
        raise AssertionError("sessions never end")

    def _after_days(self, start: datetime, days: int) -> datetime:
        local = next(self._sessions(start))[0].astimezone(self.zone)
        day = local.date()
        for _ in range(days):
            day = next(self._working_days(day + DAY))
        return self._instant(day, local.time())

    def _sessions(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Office sessions from ``start`` on, without end; the first one cut to what is left."""
        begins = start.astimezone(UTC)
        for day in self._working_days(start.astimezone(self.zone).date()):
            for opens, closes in self._hours_on(day):
                if closes > begins:
                    yield max(opens, begins), closes

    def _hours_on(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """The sessions of a working day in UTC: worked out once, and asked for by every clock."""
        known = self._known_hours.get(day)
        if known is None:
            at = self._instant
            known = tuple((at(day, opens), at(day, closes)) for opens, closes in self.hours)
            self._known_hours[day] = known
        return known

    @cached_property
    def _known_hours(self) -> dict[date, tuple[tuple[datetime, datetime], ...]]:
        return {}

    def _working_days(self, day: date) -> Iterator[date]:
        while True:
            if self.works_on(day):
                yield day
            day += DAY

    def _instant(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.zone).astimezone(UTC)


def _length(opens: time, closes: time) -> timedelta:
    return datetime.combine(date.min, closes) - datetime.combine(date.min, opens)
