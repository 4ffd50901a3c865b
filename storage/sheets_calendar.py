"""The calendar sheet: holidays and make-up working days."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

from core.mistakes import Mistake
from core.worktime import WorkCalendar
from storage.sheets_cells import first_of_its_kind
from storage.sheets_table import Shape, read_table

CALENDAR = Shape("calendar.csv", {"日期": True, "安排": True, "说明": False})
ARRANGEMENTS = {"休": False, "班": True}


def read_calendar(
    folder: Path, hours: tuple[tuple[time, time], ...], mistakes: list[Mistake]
) -> WorkCalendar:
    """The working calendar of the sheet, with these office hours."""
    table = read_table(folder, CALENDAR, mistakes)
    worked: dict[bool, set[date]] = {True: set(), False: set()}
    for row in first_of_its_kind(table.rows, "日期"):
        day, works = row.day("日期"), row.choice("安排", ARRANGEMENTS)
        if day is not None and works is not None:
            worked[works].add(day)
    return WorkCalendar(frozenset(worked[False]), frozenset(worked[True]), hours)
