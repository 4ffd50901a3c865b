"""Writes rows as a csv or an Excel file that executes nothing, in memory that does not grow (S16).

Every cell is text. In csv what a spreadsheet program would compute is guarded by ``'``, which our
own reader takes away again; in a workbook a cell is written as a string whatever it looks like.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from contextlib import closing
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

import xlsxwriter

from bot.rooms import room
from core.sent_sheets import guarded, visible

LONGEST = 32_767
WIDTHS = (8, 48)
CUT = "…"


class Form(StrEnum):
    """How a file is written."""

    XLSX = "xlsx"
    CSV = "csv"


class Writer(Protocol):
    """Takes rows one by one; the first is the header. Closing it makes the file whole."""

    def row(self, cells: Sequence[str]) -> None:
        """One more."""

    def close(self) -> None:
        """Make it whole; a workbook is packed now, which takes a while."""


class CsvWriter:
    """UTF-8 with the mark by which Excel knows it."""

    def __init__(self, file: Path) -> None:
        self._file = file.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file)

    def row(self, cells: Sequence[str]) -> None:
        """One more."""
        self._writer.writerow([guarded(visible(cell)) for cell in cells])

    def close(self) -> None:
        """Make it whole."""
        self._file.close()


class XlsxWriter:
    """One sheet, its columns marked as text, so that 001 stays 001 when somebody edits it."""

    def __init__(self, file: Path, title: str, header: Sequence[str]) -> None:
        options = {"constant_memory": True, "tmpdir": str(file.parent)}
        self._book = xlsxwriter.Workbook(str(file), options)
        self._plain = self._book.add_format({"num_format": "@", "text_wrap": False})
        self._bold = self._book.add_format({"num_format": "@", "bold": True})
        self._sheet: Any = self._book.add_worksheet(title[:31] or None)
        for column, name in enumerate(header):
            width = min(max(len(name) * 2 + 2, WIDTHS[0]), WIDTHS[1])
            self._sheet.set_column(column, column, width, self._plain)
        self._sheet.freeze_panes(1, 0)
        self._next = 0

    def row(self, cells: Sequence[str]) -> None:
        """One more."""
        shown_as = self._plain if self._next else self._bold
        for column, cell in enumerate(cells):
            if cell:
                self._sheet.write_string(self._next, column, _fitting(cell), shown_as)
        self._next += 1

    def close(self) -> None:
        """Make it whole."""
        self._book.close()


def writer(file: Path, form: Form, title: str, header: Sequence[str]) -> Writer:
    """A writer that has the header already."""
    made: Writer = CsvWriter(file) if form is Form.CSV else XlsxWriter(file, title, header)
    made.row(header)
    return made


def written(rows: Iterable[Sequence[str]], form: Form, title: str) -> bytes:
    """A short file, whole; the first row is its header."""
    header, *others = rows
    with room() as folder:
        file = folder / "sheet"
        with closing(writer(file, form, title, header)) as made:
            for row in others:
                made.row(row)
        return file.read_bytes()


def _fitting(cell: str) -> str:
    text = visible(cell)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + CUT
