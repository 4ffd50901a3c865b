"""Dates as people type them: ``8月15日 完成招标``, ``2027-03-01 施工``, ``9/1``."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import NamedTuple

from core.worktime import WorkCalendar

YEAR = r"(?:(?P<year>\d{4})\s*[年\-/.]\s*)?"
TYPED = re.compile(
    rf"^\s*{YEAR}(?P<month>\d{{1,2}})\s*[月\-/.]\s*(?P<day>\d{{1,2}})\s*[日号號]?"
    r"\s*[前以]*\s*[：:，,、\-]?\s*(?P<rest>.*)$"
)


class Dated(NamedTuple):
    """The end of the office's day on that date, and what was written beside it."""

    at: datetime
    title: str


def dated(line: str, *, now: datetime, calendar: WorkCalendar) -> Dated | None:
    """What a line says; without a year the next such day is meant. None for no such date."""
    found = TYPED.match(line)
    if found is None:
        return None
    today = now.astimezone(calendar.zone).date()
    year = int(found["year"] or today.year)
    day = _day(year, found)
    if day is not None and found["year"] is None and day < today:
        day = _day(year + 1, found)
    if day is None:
        return None
    closes = calendar.hours[-1][1]
    return Dated(datetime.combine(day, closes, calendar.zone), found["rest"].strip())


def _day(year: int, found: re.Match[str]) -> date | None:
    try:
        return date(year, int(found["month"]), int(found["day"]))
    except ValueError:
        return None
