"""Files we write execute nothing, whatever people said (S16)."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.spreadsheets import Form, written

pytestmark = pytest.mark.security
EVIL = ("=1+1", "+86 138", "-5", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", "＝1+1", "＋1", "＠a")
LINKS = ('=HYPERLINK("http://x")', "http://example.org", "mailto:a@b.c", "=cmd|' /C calc'!A0")


def cells_of(content: bytes) -> list[list[object]]:
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return [list(row) for row in sheet.iter_rows()]


@pytest.mark.parametrize("text", [*EVIL, *LINKS])
def test_a_cell_of_a_workbook_is_a_string_whatever_it_looks_like(text: str):
    content = written([["说明"], [text]], Form.XLSX, "说明")

    (cell,) = cells_of(content)[1]
    assert cell.data_type == "s"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("text", [*EVIL, *LINKS])
def test_a_cell_of_a_csv_never_begins_like_a_formula(text: str):
    content = written([["说明"], [text]], Form.CSV, "说明").decode("utf-8-sig")

    _, (cell,) = csv.reader(io.StringIO(content, newline=""))
    assert cell[0] not in "=+-@\t\r\n\0＝＋－＠"


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=40))
def test_no_text_of_anybody_breaks_a_file(text: str):
    for form in Form:
        assert written([["说明"], [text]], form, "说明")


def test_what_is_longer_than_a_cell_holds_is_cut_and_says_so():
    (cell,) = cells_of(written([["说明"], ["长" * 40_000]], Form.XLSX, "说明"))[1]

    assert str(cell.value).endswith("…")
    assert len(str(cell.value)) == 32_767


def test_codes_stay_text():
    content = written([["编码"], ["001"]], Form.XLSX, "单位")

    (cell,) = cells_of(content)[1]
    assert (cell.value, cell.number_format) == ("001", "@")
