"""Files people send as sheets: read as they look, harmless whatever they hold (S14)."""

from __future__ import annotations

import io
import sys
import zipfile
from datetime import date, time

import pytest

from core.mistakes import MistakeCode
from core.sent_sheets import NotASheet, Unfit, guarded, unguarded
from storage import sheets_child
from storage.sheets_child import grids_in
from storage.sheets_file import grids_of
from storage.sheets_sent import sent
from tests.bot.group.errands import a_workbook

pytestmark = pytest.mark.security
WORDS = {"日历": "calendar.csv", "时限": "rules.csv"}


def unfit(content: bytes) -> Unfit:
    with pytest.raises(NotASheet) as found:
        grids_of(content)
    return found.value.why


def an_archive(**parts: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return written.getvalue()


def test_a_workbook_is_read_as_it_looks():
    rows = ([1, 1.0, 0.5, "001"], [date(2031, 1, 1), time(9, 0), True, 440103001001.0])
    (grid,) = grids_of(a_workbook(*rows, B1="000", C1="0%"))

    assert grid.rows == [["1", "001", "50%", "001"], ["2031-01-01", "09:00", "是", "440103001001"]]


def test_blank_rows_and_columns_at_the_end_are_nobodys():
    (grid,) = grids_of(a_workbook(["日期", None, None], [], ["2031-01-01"], [None], ["  "]))

    assert grid.rows == [["日期"], [], ["2031-01-01"]]


def test_formulas_errors_and_merged_cells_are_named_by_place():
    book = a_workbook(["日期"], ["=1+1"], ["#N/A"], ["x"], ["y"])
    (grid,) = grids_of(book)

    told = [(slip.row, slip.column, slip.code) for slip in grid.slips]
    assert told == [(2, 1, MistakeCode.CELL_FORMULA), (3, 1, MistakeCode.CELL_ERROR)]
    assert grid.rows[1:3] == [[], []]


def test_merged_cells_are_named():
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(a_workbook(["日期"], ["2031-01-01"], [None])))
    book.active.merge_cells("A2:A3")
    written = io.BytesIO()
    book.save(written)
    (grid,) = grids_of(written.getvalue())

    assert [(s.row, s.column, s.value) for s in grid.slips] == [(2, 1, "A2:A3")]


def test_a_bomb_is_not_unpacked():
    assert unfit(an_archive(xl__workbook=b"x", xl__big=b"0" * (65 << 20))) is Unfit.BOMB


def test_a_workbook_with_entities_is_not_opened():
    evil = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook/>'
    assert unfit(an_archive(xl__workbook=evil)) is Unfit.BOMB


def test_other_archives_are_no_sheets():
    assert unfit(an_archive(word__document=b"<x/>")) is Unfit.NO_SHEET


@pytest.mark.parametrize("content", [b"\x7fELF\x01\x02", b"GIF89a\x01\x00", b"<html><table>"])
def test_what_only_calls_itself_a_sheet_is_none(content: bytes):
    assert unfit(content) is Unfit.NO_SHEET


def test_more_rows_than_a_district_has_are_too_many():
    assert unfit(b"a\n" * 20_001) is Unfit.TOO_LARGE


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_read_however_it_was_saved(encoding: str):
    (grid,) = grids_of("日期,安排\n2031-01-01,休\n".encode(encoding))

    assert grid.rows == [["日期", "安排"], ["2031-01-01", "休"]]


async def test_a_file_is_read_in_a_child():
    (grid,) = await grids_in(a_workbook(["日期"], ["001"]))

    assert grid.rows == [["日期"], ["001"]]


async def test_a_row_of_cells_without_end_is_too_much():
    cells = b'<c t="inlineStr"><is><t>x</t></is></c>' * 60_000
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    sheet = head + b'<sheetData><row r="1">' + cells + b"</row></sheetData></worksheet>"
    whole, written = io.BytesIO(a_workbook(["日期"])), io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(written, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, sheet if name.endswith("sheet1.xml") else old.read(name))
    with pytest.raises(NotASheet) as found:
        await grids_in(written.getvalue())

    assert found.value.why is Unfit.TOO_LARGE


async def test_a_child_that_its_limits_ended_is_a_bomb_and_nothing_else(monkeypatch):
    greedy = "import storage.sheets_child as c; c._confined(); print(len(bytearray(1 << 30)))"
    monkeypatch.setattr(sheets_child, "COMMAND", (sys.executable, "-c", greedy))
    with pytest.raises(NotASheet) as found:
        await grids_in(b"a,b\n")

    assert found.value.why is Unfit.BOMB


def test_the_caption_decides_then_the_title_then_the_columns():
    calendar = a_workbook(["日期", "安排"], ["2031-01-01", "休"], title="日历")
    untitled = a_workbook(["日期", "安排"], ["2031-01-01", "休"], title="Sheet1")

    def told(content: bytes, *hints: str) -> str:
        return sent(grids_of(content), words=WORDS, hints=hints).sheet

    assert told(calendar, "时限") == "rules.csv"
    assert told(calendar) == told(untitled) == "calendar.csv"
    assert told(untitled, "荔湾 2031 时限.xlsx") == "rules.csv"


@pytest.mark.parametrize("text", ["=1+1", "-5", "@x", "\tx", "＝1", "+86", "plain", "'quoted"])
def test_what_is_guarded_on_its_way_out_comes_back_as_it_was(text: str):
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "＝"))
    assert unguarded(guarded(text)) == text
