"""The sheets of a district: the example reads clean, and every mistake is named with its place."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import pytest

from bot.screens.mistakes import WORDS, mistake_line, mistake_lines
from core.agency import AgencyKind, Point
from core.catalogue import Urgency
from core.limits import Clock, Span, Unit
from core.mistakes import Mistake, MistakeCode, SheetMistakes
from storage.sheets import read_district, warnings

EXAMPLE = Path(__file__).parents[2] / "examples" / "liwan"
Change = Callable[[str, str, str], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "district"
    shutil.copytree(EXAMPLE, copy)
    return copy


@pytest.fixture
def change(folder: Path) -> Change:
    def replace(file: str, old: str, new: str) -> None:
        path = folder / file
        text = path.read_bytes().decode("utf-8-sig")
        assert old in text, f"{old} is not in {file}"
        path.write_bytes(text.replace(old, new, 1).encode())

    return replace


def mistakes_of(folder: Path) -> tuple[Mistake, ...]:
    with pytest.raises(SheetMistakes) as caught:
        read_district(folder)
    return caught.value.mistakes


def only_mistake(folder: Path) -> Mistake:
    (mistake,) = mistakes_of(folder)
    return mistake


def row_of(folder: Path, file: str, beginning: str) -> int:
    lines = (folder / file).read_bytes().decode("utf-8-sig").splitlines()
    return next(n for n, line in enumerate(lines, 1) if line.startswith(beginning))


def test_the_example_district_reads_without_a_mistake_and_is_complete():
    district = read_district(EXAMPLE)

    counts = {kind: len(district.tree.of_kind(kind)) for kind in AgencyKind}
    assert counts[AgencyKind.DISTRICT] == 1
    assert counts[AgencyKind.STREET] == 22
    assert counts[AgencyKind.COMMUNITY] == 201
    assert counts[AgencyKind.DEPARTMENT] >= 20
    assert counts[AgencyKind.ENTERPRISE] == 6
    assert len(district.catalogue.domains) == 4
    assert len({item.category for item in district.catalogue.items}) == 12
    assert len(district.catalogue.items) == 44


def test_the_items_of_the_example_say_everything_a_resident_and_an_agency_need():
    items = read_district(EXAMPLE).catalogue.items

    assert all(len(item.aliases) >= 8 for item in items)
    assert all(
        item.situation.endswith("。") and item.done_standard.endswith("。") for item in items
    )
    assert all(1 <= len(item.required_facts) <= 2 for item in items)
    assert {item.answers_first for item in items} >= {
        AgencyKind.COMMUNITY,
        AgencyKind.STREET,
        AgencyKind.DEPARTMENT,
        AgencyKind.ENTERPRISE,
    }


def test_the_rules_of_the_example_are_read_with_their_caps_and_clauses():
    district = read_district(EXAMPLE)

    finish = district.limits.clocks[Urgency.P2][Clock.FINISH]
    assert (finish.span, finish.cap) == (Span(5, Unit.WORKING_DAYS), Span(7, Unit.DAYS))
    assert district.limits.clock(Urgency.P2, Clock.ARRIVE) is None
    assert district.limits.step("bind_code") == Span(10, Unit.MINUTES)
    assert district.limits.clauses["dispatch"] == "《呼应事项清单（示例）》第{item}项"
    assert district.prefix == "LW"


def test_the_calendar_of_the_example_knows_the_holidays_of_2026():
    calendar = read_district(EXAMPLE).calendar

    assert (len(calendar.holidays), len(calendar.make_up_days)) == (33, 6)
    assert not calendar.works_on(date(2026, 2, 23))
    assert calendar.works_on(date(2026, 10, 10))
    assert calendar.hours == ((time(9), time(12)), (time(14), time(18)))


def test_names_of_levels_and_aliases_of_agencies_lead_an_item():
    items = read_district(EXAMPLE).catalogue

    assert items.get("6").lead == AgencyKind.STREET
    assert items.get("22").lead == AgencyKind.COMMUNITY
    assert items.get("1").lead == "BM01"


def test_a_sheet_with_a_wrong_code_in_row_17_is_named_with_file_row_and_remedy(
    folder: Path, change: Change
):
    rows = (folder / "agencies.csv").read_bytes().decode("utf-8-sig").splitlines()
    change("agencies.csv", rows[16], rows[16].replace(",440103,", ",440103999,"))

    assert mistake_line(only_mistake(folder)) == (
        "agencies.csv 第 17 行：上级“440103999”不在本表里，请改成已有的编码"
    )


def test_some_items_are_looked_at_and_some_are_asked_about_weeks_later():
    catalogue = read_district(EXAMPLE).catalogue

    looked_at = [item.code for item in catalogue.items if item.needs_verifying]
    asked_about = [item.code for item in catalogue.items if item.looks_back]
    assert looked_at == ["2", "19", "31"]
    assert asked_about == ["1", "2", "13", "28"]


def test_sheets_of_before_go_on_without_the_newer_columns_and_rows(folder: Path):
    catalogue, rules = folder / "catalogue.csv", folder / "rules.csv"
    rows = list(csv.reader(catalogue.read_text(encoding="utf-8-sig").splitlines()))
    kept = [n for n, name in enumerate(rows[0]) if name not in ("须核查", "回头看")]
    older = [[cell for n, cell in enumerate(row) if n in kept] for row in rows]
    with catalogue.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(older)
    lines = rules.read_text(encoding="utf-8-sig").splitlines()
    newer = ("督办同感人数", "每人每日呼叫", "保留", "响应率", "解决率", "满意率", "均值")
    rules.write_text("\n".join(one for one in lines if not one.startswith(newer)))

    district = read_district(folder)

    assert not any(item.needs_verifying or item.looks_back for item in district.catalogue.items)
    assert district.limits.counts == {}


def test_a_district_may_do_without_canned_answers(folder: Path):
    (folder / "replies.csv").unlink()

    assert read_district(folder).canned == ()


def test_all_mistakes_of_all_sheets_come_at_once(folder: Path, change: Change):
    change("calendar.csv", "2026-01-01,休", "2026-13-01,休")
    change("agencies.csv", "部门,440103", "部门,440104")
    change("rules.csv", "P0 签收,10,分钟", "P0 签收,十,分钟")
    (folder / "catalogue.csv").unlink()

    assert [(mistake.file, mistake.code) for mistake in mistakes_of(folder)] == [
        ("agencies.csv", MistakeCode.UNKNOWN_PARENT),
        ("catalogue.csv", MistakeCode.FILE_MISSING),
        ("calendar.csv", MistakeCode.BAD_DATE),
        ("rules.csv", MistakeCode.BAD_NUMBER),
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "column"),
    [
        ("calendar.csv", "安排,说明", "安排,备注", MistakeCode.COLUMN_UNKNOWN, "备注"),
        ("calendar.csv", "安排,说明", "安排,安排", MistakeCode.COLUMN_TWICE, "安排"),
        ("agencies.csv", "沙面街道,街道", ",街道", MistakeCode.CELL_EMPTY, "名称"),
        ("agencies.csv", "沙面街道,街道,440103", "沙面街道,街道,", MistakeCode.CELL_EMPTY, "上级"),
        ("agencies.csv", "BM02", "BM01", MistakeCode.DUPLICATE, "编码"),
        ("agencies.csv", "BM21", "4.40103E+11", MistakeCode.CODE_MANGLED, "编码"),
        ("agencies.csv", "区教育局,部门", "区教育局,区", MistakeCode.DISTRICT_TWICE, "类别"),
        ("agencies.csv", "区教育局,部门", "区教育局,科室", MistakeCode.UNKNOWN_WORD, "类别"),
        ("agencies.csv", "社区,440103001,", "社区,440103,", MistakeCode.WRONG_LEVEL, "上级"),
        ("agencies.csv", "23.1072", "一百", MistakeCode.BAD_COORDINATE, "纬度"),
        ("agencies.csv", "23.1072,113.2392", "23.1072,", MistakeCode.BAD_COORDINATE, "经度"),
        (
            "agencies.csv",
            "23.1072,113.2392",
            "113.2392,23.1072",
            MistakeCode.BAD_COORDINATE,
            "纬度",
        ),
        (
            "agencies.csv",
            "23.1072,113.2392,",
            "23.1,113.2,23 113；24 113",
            MistakeCode.BOUNDARY_SHORT,
            "边界",
        ),
        (
            "agencies.csv",
            "23.1072,113.2392,",
            "23.1,113.2,23；24 113；23 114",
            MistakeCode.BAD_COORDINATE,
            "边界",
        ),
        ("catalogue.csv", "区照明管理所", "区路灯局", MistakeCode.UNKNOWN_AGENCY, "主办"),
        ("catalogue.csv", "P2,社区", "P9,社区", MistakeCode.UNKNOWN_WORD, "等级"),
        ("catalogue.csv", "P2,社区", "P2,居委", MistakeCode.UNKNOWN_WORD, "首接"),
        ("catalogue.csv", "\n2,综合管理", "\n1,综合管理", MistakeCode.DUPLICATE, "编号"),
        ("calendar.csv", "2026-01-01,休", "2026-01-01,放假", MistakeCode.UNKNOWN_WORD, "安排"),
        ("calendar.csv", "2026-01-02", "2026/1/1", MistakeCode.DUPLICATE, "日期"),
        ("calendar.csv", "休,元旦", "休,元旦,还有", MistakeCode.CELL_BEYOND, ""),
        ("replies.csv", "\n14,办理中", "\n140,办理中", MistakeCode.UNKNOWN_ITEM, "事项"),
        ("replies.csv", "清运车", "清运车" * 200, MistakeCode.TOO_LONG, "内容"),
        ("replies.csv", "办结后", "办完后", MistakeCode.UNKNOWN_WORD, "时机"),
        ("rules.csv", "P0 签收,10,分钟", "P0 签收,10,刻钟", MistakeCode.UNKNOWN_WORD, "单位"),
        ("rules.csv", "P0 签收,10,分钟", "P0 签收,10,", MistakeCode.CELL_EMPTY, "单位"),
        ("rules.csv", "P0 签收,10,分钟", "P0 签收,0,分钟", MistakeCode.BAD_NUMBER, "数值"),
        ("rules.csv", "7,天", ",天", MistakeCode.CELL_EMPTY, "上限数值"),
        ("rules.csv", "09:00-12:00", "9点到12点", MistakeCode.BAD_HOURS, "数值"),
        ("rules.csv", "14:00-18:00", "11:00-18:00", MistakeCode.BAD_HOURS, "数值"),
        ("rules.csv", "14:00-18:00", "14:00-25:00", MistakeCode.BAD_HOURS, "数值"),
        ("rules.csv", "编号前缀,LW", "编号前缀,荔湾", MistakeCode.BAD_PREFIX, "数值"),
        ("rules.csv", "说明\r\n", "说明\r\n午休,1,小时,,,,\r\n", MistakeCode.ROW_UNKNOWN, "项目"),
    ],
)
def test_a_mistake_is_noted_once_with_its_column(
    folder: Path, change: Change, file: str, old: str, new: str, code: MistakeCode, column: str
):
    change(file, old, new)

    found = only_mistake(folder)
    assert (found.file, found.code, found.column) == (file, code, column)


def test_a_column_under_another_name_is_both_missed_and_unknown(folder: Path, change: Change):
    change("calendar.csv", "日期,安排", "日期,放假安排")

    assert mistake_lines(mistakes_of(folder)) == (
        "calendar.csv 第 1 行：缺少“安排”这一列，请在第一行补上这个列名",
        "calendar.csv 第 1 行：不认识“放假安排”这一列，请改正列名或删去这一列（是不是“安排”？）",
    )


def test_a_catalogue_without_items_is_not_a_catalogue(folder: Path):
    path = folder / "catalogue.csv"
    path.write_bytes(path.read_bytes().split(b"\r\n")[0])

    assert only_mistake(folder).code is MistakeCode.ROWS_MISSING


def test_the_row_of_a_mistake_is_the_one_excel_shows_even_below_empty_rows(
    folder: Path, change: Change
):
    change("calendar.csv", "说明\r\n", "说明\r\n\r\n,,\r\n")
    change("calendar.csv", "2026-01-01,休", "2026-01-01,？")

    assert only_mistake(folder).row == 4


def test_agencies_that_stand_above_each_other_are_named(folder: Path, change: Change):
    change("agencies.csv", "沙面街道,街道,440103,", "沙面街道,街道,440103001101,")

    codes = [mistake.code for mistake in mistakes_of(folder)]
    assert codes == [MistakeCode.CYCLE, MistakeCode.CYCLE]


def test_a_district_nobody_wrote_down_is_missed(folder: Path, change: Change):
    change("agencies.csv", "荔湾区,区,", "荔湾区,部门,440103")

    assert MistakeCode.DISTRICT_MISSING in {mistake.code for mistake in mistakes_of(folder)}


def test_a_limit_left_out_is_missed_by_name(folder: Path, change: Change):
    change("rules.csv", "P3 办结,", "P3 到场所,")

    unknown, missing = sorted(mistakes_of(folder), key=lambda mistake: -mistake.row)
    assert (unknown.code, unknown.facts["value"]) == (MistakeCode.ROW_UNKNOWN, "P3 到场所")
    assert (missing.code, missing.facts["value"]) == (MistakeCode.ROW_MISSING, "P3办结")


def test_without_an_agencies_sheet_the_items_are_not_blamed(folder: Path):
    (folder / "agencies.csv").unlink()

    assert only_mistake(folder).code is MistakeCode.FILE_MISSING


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 a workbook", b"\xff\xff\xff\xff", b"a\x00b"]
)
def test_a_file_that_is_no_sheet_is_named(folder: Path, content: bytes):
    (folder / "calendar.csv").write_bytes(content)

    assert MistakeCode.FILE_UNREADABLE in {mistake.code for mistake in mistakes_of(folder)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_sheet_reads_the_same_however_it_was_saved(folder: Path, encoding: str, line_end: str):
    for path in folder.glob("*.csv"):
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", line_end)
        path.write_bytes(text.encode(encoding))

    assert read_district(folder) == read_district(EXAMPLE)


@pytest.mark.parametrize("between", ["\t", ";"])
def test_tabs_and_semicolons_part_cells_too(folder: Path, between: str):
    path = folder / "calendar.csv"
    path.write_bytes(path.read_bytes().replace(b",", between.encode()))

    assert read_district(folder).calendar == read_district(EXAMPLE).calendar


def test_full_width_figures_and_spaces_around_words_are_understood(folder: Path, change: Change):
    change("rules.csv", "P0 签收,10,分钟", " Ｐ０ 签收 ,１０ , 分钟 ")
    change("rules.csv", "重开,15,天", '重开,"1,500",天')
    change("calendar.csv", "2026-01-01", "２０２６／１／１")
    change("agencies.csv", "23.1072,113.2392", "２３．１０７２, 113.2392 ")

    district = read_district(folder)

    assert district.limits.clock(Urgency.P0, Clock.SIGN) == Span(10, Unit.MINUTES)
    assert district.limits.step("reopen") == Span(1500, Unit.DAYS)
    assert date(2026, 1, 1) in district.calendar.holidays
    assert district.tree.get("440103001").centre == Point(23.1072, 113.2392)


def test_a_parent_may_be_named_by_its_name(folder: Path, change: Change):
    change("agencies.csv", "社区,440103001,", "社区,沙面街道,")

    assert read_district(folder).tree.get("440103001101").parent == "440103001"


def test_two_agencies_may_share_an_alias(folder: Path, change: Change):
    change("agencies.csv", "住建局、", "城管、")
    change("catalogue.csv", "区城市管理和综合执法局", "城管")

    assert read_district(folder).catalogue.get("1").lead == "BM01"


@pytest.mark.conformance
@pytest.mark.parametrize(
    ("today", "codes"),
    [
        (date(2026, 6, 1), []),
        (date(2026, 11, 1), []),
        (date(2026, 11, 2), [MistakeCode.CALENDAR_ENDS]),
        (date(2026, 12, 1), [MistakeCode.CALENDAR_ENDS]),
        (date(2027, 1, 1), [MistakeCode.CALENDAR_MISSING]),
    ],
)
def test_19_a_calendar_without_next_year_is_warned_about(today: date, codes: list[MistakeCode]):
    found = warnings(read_district(EXAMPLE), today)

    assert [warning.code for warning in found] == codes
    assert all("放假安排" in line for line in mistake_lines(found))


def test_every_mistake_has_its_words():
    assert set(WORDS) == set(MistakeCode)
