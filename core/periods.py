"""Stretches of the calendar that figures are asked for: today, a week, a month, two dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Any

from core.figures import Span

DAY = timedelta(days=1)
LONGEST = 366
"""Days: a year, and no more at once."""


class Stretch(StrEnum):
    """What a period is called; ``DATES`` are two dates somebody named."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    WEEK = "week"
    LAST_WEEK = "last_week"
    MONTH = "month"
    LAST_MONTH = "last_month"
    QUARTER = "quarter"
    LAST_QUARTER = "last_quarter"
    YEAR = "year"
    LAST_YEAR = "last_year"
    DATES = "dates"


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days of the district's calendar, the last one included."""

    stretch: Stretch
    first: date
    last: date

    def span(self, zone: tzinfo) -> Span:
        """From the midnight it begins at to the midnight it ends at."""
        begins = datetime.combine(self.first, time(), zone)
        return Span(begins, datetime.combine(self.last + DAY, time(), zone))

    def facts(self) -> dict[str, str]:
        """As an errand has it."""
        first, last = self.first.isoformat(), self.last.isoformat()
        return {"stretch": self.stretch.value, "first": first, "last": last}

    def until(self, today: date) -> Period:
        """The same without the days that have not come yet."""
        return Period(self.stretch, self.first, max(self.first, min(self.last, today)))


def period_in(facts: Mapping[str, Any]) -> Period:
    """Read back."""
    first, last = (date.fromisoformat(facts[name]) for name in ("first", "last"))
    return Period(Stretch(facts["stretch"]), first, last)


def period_of(stretch: Stretch, today: date) -> Period:
    """The period of this name on that day; a week begins on Monday."""
    if stretch in (Stretch.TODAY, Stretch.YESTERDAY):
        day = today if stretch is Stretch.TODAY else today - DAY
        return Period(stretch, day, day)
    begins = _BEGINS[stretch](today)
    if stretch in _BEFORE:
        last = begins - DAY
        return Period(stretch, _BEGINS[stretch](last), last)
    return Period(stretch, begins, today)


def before(period: Period) -> Period:
    """What a whole month, quarter, week or year is compared with: the one before it."""
    return period_of(period.stretch, period.first)


def _week(day: date) -> date:
    return day - day.weekday() * DAY


def _month(day: date) -> date:
    return day.replace(day=1)


def _quarter(day: date) -> date:
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def _year(day: date) -> date:
    return day.replace(month=1, day=1)


_BEFORE = frozenset(
    {Stretch.LAST_WEEK, Stretch.LAST_MONTH, Stretch.LAST_QUARTER, Stretch.LAST_YEAR}
)
_BEGINS = {
    Stretch.WEEK: _week,
    Stretch.LAST_WEEK: _week,
    Stretch.MONTH: _month,
    Stretch.LAST_MONTH: _month,
    Stretch.QUARTER: _quarter,
    Stretch.LAST_QUARTER: _quarter,
    Stretch.YEAR: _year,
    Stretch.LAST_YEAR: _year,
}


def days_of(span: Span, days: int) -> tuple[Span, ...]:
    """The same span in pieces of so many days at most."""
    pieces, since = [], span.since
    while since < span.until:
        until = min(since + days * DAY, span.until)
        pieces.append(Span(since, until))
        since = until
    return tuple(pieces)
