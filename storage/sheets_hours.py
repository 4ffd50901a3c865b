"""The hours sheet: which agencies keep hours of their own, and who is on duty outside them.

A district may do without it. A row for all agencies of a kind gives way to an agency's own row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time

from core.agency import AgencyTree
from core.hours import EVERY_DAY, DayKind, Duty, Hours, OwnHours, in_order
from core.mistakes import Mistake, MistakeCode
from storage.sheets_agencies import KINDS
from storage.sheets_cells import Row, nearest, plain, split
from storage.sheets_folder import Folder
from storage.sheets_table import Shape, read_table
from storage.sheets_times import session

HOURS = Shape(
    "hours.csv",
    {
        "单位": True,
        "星期": False,
        "日期": False,
        "上午": False,
        "下午": False,
        "值班": False,
        "说明": False,
    },
)
WORKDAYS = "工作日"
CLOSED, ALL_DAY = "休", "全天"
WEEKDAYS = {f"周{word}": number for number, word in enumerate("一二三四五六日")}
WEEKEND = frozenset({5, 6})
DAYS = {
    WORKDAYS: (EVERY_DAY, frozenset({DayKind.WORKING})),
    "休息日": (EVERY_DAY, frozenset({DayKind.FREE})),
    "每天": (EVERY_DAY, frozenset(DayKind)),
}
OPEN_ON = {"休息日": WEEKEND, "每天": EVERY_DAY}
RANGE = re.compile(r"(周.)[-~–—至到](周.)")
MIDNIGHT = time()


@dataclass(slots=True)
class _Own:
    """What the rows of one agency have said so far."""

    hours: Hours = ()
    week: dict[int, Hours] = field(default_factory=dict)
    days: dict[date, Hours] = field(default_factory=dict)
    duty: list[Duty] = field(default_factory=list)

    def kept(self) -> OwnHours:
        return OwnHours(self.hours, self.week, self.days, tuple(self.duty))


def read_hours(
    folder: Folder, tree: AgencyTree | None, mistakes: list[Mistake]
) -> dict[str, OwnHours]:
    """By code, the agencies with hours of their own; nothing where there is no sheet."""
    if not (folder / HOURS.file).is_file() or tree is None:
        return {}
    own: dict[str, _Own] = {}
    rows = read_table(folder, HOURS, mistakes).rows
    for row in sorted(rows, key=lambda row: plain(row.text("单位")) not in KINDS):
        codes = _agencies(row, tree)
        _take(row, [own.setdefault(code, _Own()) for code in codes])
        if not all(own[code].kept().ever_open for code in codes):
            row.wrong("星期", MistakeCode.NEVER_OPEN)
    return {code: said.kept() for code, said in own.items()}


def _agencies(row: Row, tree: AgencyTree) -> list[str]:
    word = plain(row.text("单位"))
    if word in KINDS:
        return [agency.code for agency in tree.of_kind(KINDS[word])]
    named = {name: agency.code for agency in tree.agencies for name in (agency.code, agency.name)}
    for agency in tree.agencies:
        for alias in (agency.short_name, *agency.aliases):
            named.setdefault(alias, agency.code)
    if word and word not in named:
        close = nearest(word, named)
        row.wrong("单位", MistakeCode.UNKNOWN_AGENCY, value=word, close=close)
    return [named[word]] if word in named else []


def _take(row: Row, own: list[_Own]) -> None:
    day, shifts = row.day("日期"), [*_shifts(row)]
    weekdays, kinds = _days(row)
    office = _office(row)
    if not any(row.text(column) for column in ("上午", "下午", "值班")):
        row.wrong("上午", MistakeCode.CELL_EMPTY)
    if day and shifts:
        row.wrong("日期", MistakeCode.BAD_DUTY, value=row.text("日期"))
    for one in own:
        one.duty += [Duty(*shift, weekdays, kinds) for shift in shifts]
        if office is None:
            continue
        if day:
            one.days[day] = office
        elif plain(row.text("星期")) in ("", WORKDAYS):
            one.hours = office or one.hours
        else:
            open_on = OPEN_ON.get(plain(row.text("星期")), weekdays)
            one.week |= dict.fromkeys(open_on, office)


def _days(row: Row) -> tuple[frozenset[int], frozenset[DayKind]]:
    """Which days a row is about; without a word in it, the working days."""
    said = plain(row.text("星期")) or WORKDAYS
    if said in DAYS:
        return DAYS[said]
    weekdays: set[int] = set()
    for word in split(said):
        span = RANGE.fullmatch(word)
        ends = span.groups() if span else (word, word)
        if any(end not in WEEKDAYS for end in ends):
            allowed = "、".join((*DAYS, *WEEKDAYS, "周一至周五"))
            row.wrong("星期", MistakeCode.UNKNOWN_WORD, value=word, allowed=allowed)
            continue
        first, last = (WEEKDAYS[end] for end in ends)
        weekdays |= set(range(first, last + 1))
    return frozenset(weekdays), frozenset(DayKind)


def _office(row: Row) -> Hours | None:
    """The hours of both halves of the day; nothing where closed, None where none are told."""
    told = {column: said for column in ("上午", "下午") if (said := plain(row.text(column)))}
    if not told:
        return None
    hours = []
    for column, said in told.items():
        found = None if said == CLOSED else session(said)
        if found:
            hours.append(found)
        if said != CLOSED and (found is None or not in_order(tuple(hours))):
            row.wrong(column, MistakeCode.BAD_HOURS, value=said)
            return None
    if not hours and plain(row.text("星期")) in ("", WORKDAYS) and not row.text("日期"):
        row.wrong("上午", MistakeCode.NEVER_OPEN)
    return tuple(hours)


def _shifts(row: Row) -> Iterator[tuple[time, time]]:
    for word in split(row.text("值班")):
        said = plain(word)
        found = (MIDNIGHT, MIDNIGHT) if said == ALL_DAY else session(said)
        if found is None:
            row.wrong("值班", MistakeCode.BAD_DUTY, value=word)
        else:
            yield found
