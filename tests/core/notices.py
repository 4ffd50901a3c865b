"""What the State Council announced for three years: holidays, and the weekends worked for them.

国办发明电〔2023〕7号 and 〔2024〕12号; 2026 is the sheet of the example district.
"""

from __future__ import annotations

from datetime import date, timedelta

FREE = {
    2024: (
        ("01-01", "01-01"),
        ("02-10", "02-17"),
        ("04-04", "04-06"),
        ("05-01", "05-05"),
        ("06-10", "06-10"),
        ("09-15", "09-17"),
        ("10-01", "10-07"),
    ),
    2025: (
        ("01-01", "01-01"),
        ("01-28", "02-04"),
        ("04-04", "04-06"),
        ("05-01", "05-05"),
        ("05-31", "06-02"),
        ("10-01", "10-08"),
    ),
}
WORKED = {
    2024: ("02-04", "02-18", "04-07", "04-28", "05-11", "09-14", "09-29", "10-12"),
    2025: ("01-26", "02-08", "04-27", "09-28", "10-11"),
}


def day(year: int, month_and_day: str) -> date:
    """A day of that year."""
    return date.fromisoformat(f"{year}-{month_and_day}")


def sheet(year: int) -> str:
    """The notice of a year as a calendar sheet, made as a district would."""
    rows = ["日期,安排,说明"]
    for first, last in FREE[year]:
        begins, ends = day(year, first), day(year, last)
        many = (ends - begins).days + 1
        rows += [f"{begins + timedelta(days=n)},休," for n in range(many)]
    rows += [f"{day(year, one)},班," for one in WORKED[year]]
    return "\n".join(rows) + "\n"
