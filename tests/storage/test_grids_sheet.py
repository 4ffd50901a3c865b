"""The grids sheet: read with outlines and centres, and every mistake named by row and column."""

from __future__ import annotations

import pytest

from bot.screens.mistakes import mistake_line
from bot.screens.ruling import SHEETS
from core.agency import Point
from core.mistakes import Mistake, MistakeCode, SheetMistakes
from storage.sheets import Over, read_district
from storage.sheets_file import Grid as Cells
from storage.sheets_sent import sent
from tests.core.playing import COMMUNITY, EXAMPLE, STREET

HEAD = "编码,名称,社区,网格员,纬度,经度,边界"
SOUND = f"g1,1号,{COMMUNITY},关慧,23.1,113.2,"


def read(*rows: str):
    return Over(EXAMPLE)({"grids.csv": "\n".join((HEAD, *rows))})


def mistake(*rows: str) -> Mistake:
    with pytest.raises(SheetMistakes) as found:
        read(*rows)
    (one,) = found.value.mistakes
    return one


def test_the_example_has_grids_in_three_communities():
    grids = read_district(EXAMPLE).grids

    assert len({grid.community for grid in grids}) == 3
    assert len(grids) == 7


def test_a_district_without_the_sheet_has_no_grids(tmp_path):
    for sheet in EXAMPLE.glob("*.csv"):
        if sheet.name != "grids.csv":
            (tmp_path / sheet.name).write_bytes(sheet.read_bytes())

    assert read_district(tmp_path).grids == ()


def test_a_grid_is_read_with_its_worker_its_centre_and_its_outline():
    outlined = f"g2,2号,{COMMUNITY},,,,23.1 113.2；23.1 113.3；23.2 113.3"
    pinned, drawn = read(SOUND, outlined).grids

    assert (pinned.code, pinned.name, pinned.worker) == ("g1", "1号", "关慧")
    assert (pinned.community, pinned.centre) == (COMMUNITY, Point(23.1, 113.2))
    assert (drawn.worker, drawn.centre, len(drawn.boundary)) == ("", None, 3)


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (f",2号,{COMMUNITY},,23.1,113.2,", "编码", MistakeCode.CELL_EMPTY),
        (f"g1,2号,{COMMUNITY},,23.1,113.2,", "编码", MistakeCode.DUPLICATE),
        (f"4.40103E+11,2号,{COMMUNITY},,23.1,113.2,", "编码", MistakeCode.CODE_MANGLED),
        (f"g2,1号,{COMMUNITY},,23.1,113.2,", "名称", MistakeCode.DUPLICATE),
        (f"g2,{'长' * 21},{COMMUNITY},,23.1,113.2,", "名称", MistakeCode.TOO_LONG),
        ("g2,2号,,,23.1,113.2,", "社区", MistakeCode.CELL_EMPTY),
        ("g2,2号,999,,23.1,113.2,", "社区", MistakeCode.UNKNOWN_COMMUNITY),
        (f"g2,2号,{STREET},,23.1,113.2,", "社区", MistakeCode.UNKNOWN_COMMUNITY),
        (f"g2,2号,{COMMUNITY},{'名' * 21},23.1,113.2,", "网格员", MistakeCode.TOO_LONG),
        (f"g2,2号,{COMMUNITY},,北,113.2,", "纬度", MistakeCode.BAD_COORDINATE),
        (f"g2,2号,{COMMUNITY},,23.1,,", "经度", MistakeCode.BAD_COORDINATE),
        (f"g2,2号,{COMMUNITY},,,,23.1 113.2；23.2 113.2", "边界", MistakeCode.BOUNDARY_SHORT),
        (f"g2,2号,{COMMUNITY},,,,", "边界", MistakeCode.PLACE_MISSING),
    ],
)
def test_a_mistake_is_named_with_row_and_column(row: str, column: str, code: MistakeCode):
    found = mistake(SOUND, row)

    assert (found.file, found.row, found.column, found.code) == ("grids.csv", 3, column, code)
    assert mistake_line(found).startswith("grids.csv 第 3 行：")


def test_who_writes_the_name_of_a_community_is_told_its_code():
    assert mistake_line(mistake("g2,2号,逢源北社区,,23.1,113.2,")) == (
        "grids.csv 第 2 行：社区“逢源北社区”不是 agencies.csv 里社区的编码，"
        f"请改成社区的编码（是不是“{COMMUNITY}”？）"
    )


def test_a_sent_file_is_known_by_its_columns_and_by_its_word():
    cells = Cells("Sheet1", [HEAD.split(","), SOUND.split(",")], [])

    assert sent([cells], words=SHEETS, hints=[]).sheet == "grids.csv"
    assert sent([cells], words=SHEETS, hints=["网格.xlsx"]).sheet == "grids.csv"
