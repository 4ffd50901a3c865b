"""The sheets of an Excel workbook, as people read them on the screen, in text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from core.mistakes import MistakeCode
from core.sent_sheets import NotASheet, Unfit
from storage.sheets_file import MOST_COLUMNS, MOST_ROWS, MOST_SIGNS, Grid, Slip

BLANK_ROWS = 1000
ZEROS = re.compile(r"0+")
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z]+\d+:[A-Z]+\d+)"')
MOST_SLIPS = 200


def grids(content: bytes) -> Iterator[Grid]:
    """Every sheet but the hidden ones; formulas are not computed, and none is believed."""
    try:
        book = load_workbook(
            io.BytesIO(content), read_only=True, data_only=False, keep_links=False
        )
    except (MemoryError, NotASheet):
        raise
    except Exception:  # openpyxl raises whatever its parsers do
        raise NotASheet(Unfit.NO_SHEET) from None
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            yield _grid(sheet, content)


def _grid(sheet: Any, content: bytes) -> Grid:
    grid = Grid(sheet.title)
    sheet.reset_dimensions()  # what a file says of its size is no promise
    signs = blank = 0
    try:
        for number, cells in enumerate(sheet.iter_rows(), 1):
            row = [_cell(cell, number, grid) for cell in cells[: MOST_COLUMNS + 1]]
            while row and not row[-1]:
                row.pop()
            blank = 0 if row else blank + 1
            if blank > BLANK_ROWS:
                break
            signs += sum(map(len, row))
            if number - blank > MOST_ROWS or len(row) > MOST_COLUMNS or signs > MOST_SIGNS:
                raise NotASheet(Unfit.TOO_LARGE)
            grid.rows.append(row)
    except (MemoryError, NotASheet):
        raise
    except Exception:
        raise NotASheet(Unfit.NO_SHEET) from None
    while grid.rows and not grid.rows[-1]:
        grid.rows.pop()
    _note_merged(sheet, content, grid)
    return grid


def _cell(cell: Any, row: int, grid: Grid) -> str:
    value, kind = cell.value, getattr(cell, "data_type", "n")
    if value is None:
        return ""
    if kind == "f":
        _slip(grid, row, cell.column, MistakeCode.CELL_FORMULA, str(getattr(value, "text", value)))
        return ""
    if kind == "e":
        _slip(grid, row, cell.column, MistakeCode.CELL_ERROR, str(value))
        return ""
    return _text(value, getattr(cell, "number_format", "General")).strip()


def _text(value: Any, shown_as: str) -> str:
    """As it stands on the screen: 1 shown as ``001`` is 001, a whole figure has no ``.0``."""
    match value:
        case bool():
            return "是" if value else "否"
        case datetime():
            plain = value.time() == time(0)
            return value.date().isoformat() if plain else f"{value:%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case time():
            return f"{value:%H:%M}"
        case timedelta():
            minutes = round(value / timedelta(minutes=1))
            return f"{minutes // 60:02}:{minutes % 60:02}"
        case int() | float():
            return _figure(value, shown_as)
    return str(value)


def _figure(value: float, shown_as: str) -> str:
    whole = isinstance(value, int) or value.is_integer()
    if whole and ZEROS.fullmatch(shown_as) and value >= 0:
        return f"{int(value):0{len(shown_as)}}"
    if shown_as.endswith("%"):
        return f"{value * 100:.10g}%"
    return str(int(value)) if whole and abs(value) < 10**15 else f"{value:.12g}"


def _slip(grid: Grid, row: int, column: int, code: MistakeCode, value: str) -> None:
    if len(grid.slips) < MOST_SLIPS:
        grid.slips.append(Slip(row, column, code, value[:60]))


def _note_merged(sheet: Any, content: bytes, grid: Grid) -> None:
    """openpyxl reads them only where it keeps the whole sheet, so they are read here."""
    path = str(getattr(sheet, "_worksheet_path", "")).lstrip("/")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if path not in archive.namelist():
            return
        text = archive.read(path)
    for found in MERGED.findall(text):
        left, top, _right, _bottom = range_boundaries(found.decode())
        if top and left and top <= len(grid.rows):
            _slip(grid, top, left, MistakeCode.CELL_MERGED, found.decode())
