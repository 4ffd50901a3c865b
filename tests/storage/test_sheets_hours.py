"""The hours sheet: what agencies have of their own, and every mistake in it."""

from __future__ import annotations

import shutil
from datetime import date, time
from pathlib import Path

import pytest

from bot.screens.mistakes import mistake_line
from core.agency import AgencyKind
from core.hours import DayKind, Duty, OwnHours
from core.mistakes import MistakeCode, SheetMistakes
from storage.sheets import read_district

EXAMPLE = Path(__file__).parents[2] / "examples" / "liwan"
HEAD = "单位,星期,日期,上午,下午,值班\n"
MORNING, AFTERNOON = (time(9), time(12)), (time(13, 30), time(17, 30))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "district"))


def own(folder: Path, rows: str, code: str = "BM11") -> OwnHours:
    (folder / "hours.csv").write_text(HEAD + rows, encoding="utf-8")
    return read_district(folder).hours[code]


def test_a_district_may_do_without_hours_of_agencies(folder: Path):
    (folder / "hours.csv").unlink()

    assert read_district(folder).hours == {}


def test_the_example_has_a_short_lunch_a_saturday_and_duty_in_the_evening():
    district = read_district(EXAMPLE)

    assert district.calendar_of("BM11").hours == (MORNING, AFTERNOON)
    assert district.calendar_of("BM21").works_on(date(2026, 6, 13))
    assert len(district.calendar_of("QY02").own.duty) == 2


@pytest.mark.parametrize(
    ("row", "kept"),
    [
        ("民政局,,,09:00-12:00,13:30-17:30,", OwnHours((MORNING, AFTERNOON))),
        ("BM11,周六、周日,,09:00-12:00,,", OwnHours(week={5: (MORNING,), 6: (MORNING,)})),
        ("区民政局,周一至周三,,休,,", OwnHours(week={0: (), 1: (), 2: ()})),
        ("区民政局,休息日,,９：００—１２：００,,", OwnHours(week={5: (MORNING,), 6: (MORNING,)})),
        ("民政,,2026/6/15,休,休,", OwnHours(days={date(2026, 6, 15): ()})),
        ("民政,,,,,18:00-08:00", OwnHours(duty=(Duty(
            time(18), time(8), kinds=frozenset({DayKind.WORKING})),))),
        ("民政,每天,,,,全天", OwnHours(duty=(Duty(time(), time()),))),
        ("民政,周日,,,,18:00-24:00", OwnHours(duty=(Duty(time(18), time(), frozenset({6})),))),
    ],
)  # fmt: skip
def test_hours_are_read_as_they_are_written(folder: Path, row: str, kept: OwnHours):
    assert own(folder, row + "\n") == kept


def test_an_agency_s_own_row_wins_over_the_row_of_its_kind(folder: Path):
    rows = "区民政局,,,09:00-12:00,,\n部门,,,09:00-12:00,13:30-17:30,\n"
    (folder / "hours.csv").write_text(HEAD + rows, encoding="utf-8")

    district = read_district(folder)

    assert set(district.hours) == {a.code for a in district.tree.of_kind(AgencyKind.DEPARTMENT)}
    assert district.hours["BM11"].hours == (MORNING,)
    assert district.hours["BM12"].hours == (MORNING, AFTERNOON)


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("区民局,,,09:00-12:00,,", MistakeCode.UNKNOWN_AGENCY, "单位"),
        (",,,09:00-12:00,,", MistakeCode.CELL_EMPTY, "单位"),
        ("民政,礼拜六,,09:00-12:00,,", MistakeCode.UNKNOWN_WORD, "星期"),
        ("民政,,2026-13-01,休,,", MistakeCode.BAD_DATE, "日期"),
        ("民政,,,9点到12点,,", MistakeCode.BAD_HOURS, "上午"),
        ("民政,,,09:00-12:00,11:00-17:00,", MistakeCode.BAD_HOURS, "下午"),
        ("民政,周六,,,,", MistakeCode.CELL_EMPTY, "上午"),
        ("民政,,,,,晚上", MistakeCode.BAD_DUTY, "值班"),
        ("民政,,2026-06-15,,,18:00-20:00", MistakeCode.BAD_DUTY, "日期"),
        ("民政,每天,,休,,", MistakeCode.NEVER_OPEN, "星期"),
        ("民政,工作日,,休,,", MistakeCode.NEVER_OPEN, "上午"),
    ],
)
def test_every_mistake_is_named_with_its_place(folder: Path, row: str, code: str, column: str):
    with pytest.raises(SheetMistakes) as caught:
        own(folder, row + "\n")

    (mistake,) = caught.value.mistakes
    assert (mistake.file, mistake.row, mistake.code) == ("hours.csv", 2, code)
    assert mistake.column == column
    assert "hours.csv 第 2 行" in mistake_line(mistake)
