"""Working time: office hours, holidays and make-up working days of one time zone."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache, cached_property, lru_cache
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from core.hours import OFFICE_HOURS, DayKind, Hours, OwnHours
from core.limits import Span, Unit
from core.timeline import Stretch, Timeline

NOTHING_OWN = OwnHours()
CHINA = ZoneInfo("Asia/Shanghai")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
REMEMBERED = 2048
NATIONAL_DAY = (10, 1)
NATURAL = {
    Unit.MINUTES: timedelta(minutes=1),
    Unit.HOURS: timedelta(hours=1),
    Unit.DAYS: DAY,
}


@dataclass(frozen=True)
class WorkCalendar:
    """Which days are worked, and when (limits.md, Calendar). Takes and gives aware instants.

    A day no sheet names is worked from Monday to Friday; ``covers`` says whether that is known or
    only supposed. ``hours`` are in order, do not overlap, and are never empty; ``own`` is where
    one agency differs from its district.
    """

    holidays: frozenset[date] = frozenset()
    make_up_days: frozenset[date] = frozenset()
    hours: Hours = OFFICE_HOURS
    zone: tzinfo = CHINA
    own: OwnHours = NOTHING_OWN

    def __getstate__(self) -> dict[str, Any]:
        """In another process it works everything out anew."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    def kept_by(self, own: OwnHours) -> WorkCalendar:
        """The same calendar as an agency keeps it, with hours of its own."""
        return replace(self, hours=own.hours or self.hours, own=own)

    def works_on(self, day: date) -> bool:
        """Whether the office is open that day: a make-up day wins over a holiday."""
        return bool(self.hours_on(day))

    def hours_on(self, day: date) -> Hours:
        """The office hours of that day, without duty shifts; none where it is closed."""
        if day in self.own.days:
            return self.own.days[day]
        if day in self.make_up_days:
            return self.hours
        if day in self.holidays:
            return ()
        return self.own.week.get(day.weekday(), self.hours if day.weekday() < 5 else ())

    def covers(self, day: date) -> bool:
        """Whether the sheet knows that year; otherwise Monday to Friday is supposed.

        A year is known once its National Day stands in it: a January alone makes no year.
        """
        return day.year in self._years

    @property
    def horizon(self) -> date | None:
        """The last day of the last year the sheet speaks of; None for an empty sheet."""
        return date(max(self._years), 12, 31) if self._years else None

    def add(self, start: datetime, span: Span) -> datetime:
        """The instant at which ``span`` is used up when it begins at ``start``, in UTC.

        Natural units are plain addition. Working hours pass only while the office is open or
        somebody is on duty: Friday 16:30 + 2 wh is 09:30 of the next working day, and an amount
        that ends with the office ends at closing time, not at the next opening. A whole working
        day lasts until the same office time of the next working day, or the nearest to it where
        that day is shorter; begun outside office hours (closing time is outside) it counts from
        the next opening. A fraction of a working day is that share of the office time it lasts,
        after the whole days. Nothing at all, begun outside, ends at the next opening, so no
        working limit ever ends while nobody is there.
        """
        return self._ends(start, span)

    def used(self, start: datetime, end: datetime) -> timedelta:
        """How much working time lies between two instants; zero when ``end`` is not later."""
        return self._uses(start, end)

    def share(self, start: datetime, end: datetime, share: float) -> datetime:
        """The instant at which a share of the working time between the two is used up, in UTC.

        To a millionth of an hour, as a span says it.
        """
        hours = self.used(start, end) / HOUR
        return self._staffed.after(start, round(hours * share, 6) * HOUR)

    @cached_property
    def _ends(self) -> Callable[[datetime, Span], datetime]:
        """Of one leg the same is asked by its reminders, by its pressing and by its next look."""
        return lru_cache(REMEMBERED)(self._end)

    @cached_property
    def _uses(self) -> Callable[[datetime, datetime], timedelta]:
        return lru_cache(REMEMBERED)(self._staffed.used)

    def _end(self, start: datetime, span: Span) -> datetime:
        if span.unit in NATURAL:
            return start.astimezone(UTC) + span.amount * NATURAL[span.unit]
        if span.unit is Unit.WORKING_HOURS:
            return self._staffed.after(start, span.amount * HOUR)
        days, share = divmod(span.amount, 1)
        begun = self._after_days(start, int(days))
        if not share:
            return begun
        lasts = self._office.used(begun, self._after_days(begun, 1))
        return self._office.after(begun, share * lasts)

    @cached_property
    def worked_out(self) -> dict[Hashable, Any]:
        """What others found by this calendar and will ask again; theirs to fill and to bound."""
        return {}

    @cached_property
    def day_length(self) -> timedelta:
        """The working hours of one usual working day."""
        return sum((_length(opens, closes) for opens, closes in self.hours), timedelta())

    @cached_property
    def _years(self) -> frozenset[int]:
        return frozenset(day.year for day in self.holidays if (day.month, day.day) == NATIONAL_DAY)

    def _after_days(self, start: datetime, days: int) -> datetime:
        local = self._office.after(start, timedelta()).astimezone(self.zone)
        day = self._day_after(local.date(), days) if days else local.date()
        return self._instant(day, self._nearest(day, local.time()))

    @cached_property
    def _day_after(self) -> Callable[[date, int], date]:
        """The working day so many working days after a day; every limit asks for the same few."""

        def found(day: date, days: int) -> date:
            return next(islice(self._working_days(day + DAY), days - 1, None))

        return cache(found)

    def _nearest(self, day: date, at: time) -> time:
        """The first office time of that day which is not earlier, or its end."""
        hours = self.hours_on(day)
        for opens, closes in hours:
            if at <= closes:
                return max(at, opens)
        return hours[-1][1]

    @cached_property
    def _office(self) -> Timeline:
        return Timeline(self._office_on)

    @cached_property
    def _staffed(self) -> Timeline:
        """The same with duty shifts among them."""
        return Timeline(self._staffed_on) if self.own.duty else self._office

    def _office_on(self, day: date) -> tuple[Stretch, ...]:
        """The sessions of a working day in UTC."""
        at = self._instant
        return tuple((at(day, opens), at(day, closes)) for opens, closes in self.hours_on(day))

    def _staffed_on(self, day: date) -> tuple[Stretch, ...]:
        shifts = [*self._office_on(day), *self._duty(day), *self._duty(day - DAY)]
        return self._cut(day, shifts)

    def _duty(self, day: date) -> Iterator[Stretch]:
        kind = DayKind.WORKING if self.works_on(day) else DayKind.FREE
        for duty in self.own.duty:
            if duty.on(day, kind):
                ends = day + DAY if duty.overnight else day
                yield self._instant(day, duty.opens), self._instant(ends, duty.closes)

    def _cut(self, day: date, shifts: Iterable[Stretch]) -> tuple[Stretch, ...]:
        """What of these falls on that day, in order, and no instant twice."""
        begins, ends = self._instant(day, time()), self._instant(day + DAY, time())
        cut: list[Stretch] = []
        for opens, closes in sorted(shifts):
            opens = max(opens, cut[-1][1] if cut else begins)
            if opens < min(closes, ends):
                cut.append((opens, min(closes, ends)))
        return tuple(cut)

    def _working_days(self, day: date) -> Iterator[date]:
        return filter(self.works_on, _days(day))

    def _instant(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.zone).astimezone(UTC)


def _days(day: date) -> Iterator[date]:
    while True:
        yield day
        day += DAY


def _length(opens: time, closes: time) -> timedelta:
    return datetime.combine(date.min, closes) - datetime.combine(date.min, opens)
