"""The calendar sheet: holidays and make-up working days."""

from __future__ import annotations

from datetime import date, time

from core.mistakes import Mistake, MistakeCode
from core.worktime import WorkCalendar
from storage.sheets_cells import Row
from storage.sheets_folder import Folder
from storage.sheets_table import Shape, read_table

CALENDAR = Shape("calendar.csv", {"日期": True, "安排": True, "说明": False})
ARRANGEMENTS = {"休": False, "班": True}


def read_calendar(
    folder: Folder, hours: tuple[tuple[time, time], ...], mistakes: list[Mistake]
) -> WorkCalendar:
    """The working calendar of the sheet, with these office hours."""
    table = read_table(folder, CALENDAR, mistakes)
    seen: dict[date, tuple[Row, bool]] = {}
    for row in table.rows:
        day, works = row.day("日期"), row.choice("安排", ARRANGEMENTS)
        if day in seen:
            first = str(seen[day][0].number)
            row.wrong("日期", MistakeCode.DUPLICATE, value=day.isoformat(), first=first)
        elif day is not None and works is not None:
            seen[day] = row, works
    make_up_days = frozenset(day for day, (_, works) in seen.items() if works)
    return WorkCalendar(frozenset(seen) - make_up_days, make_up_days, hours)
