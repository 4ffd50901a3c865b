"""One sheet as rows of cells: finds its encoding, its columns, and what is missing in them."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from core.mistakes import Mistake, MistakeCode
from storage.sheets_cells import Row
from storage.sheets_folder import Folder

ENCODINGS = ("utf-8-sig", "gb18030")
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
ZIP_MARK = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Shape:
    """What a sheet is called and which columns it has; True marks those that must be filled."""

    file: str
    columns: Mapping[str, bool]


@dataclass(slots=True)
class Table:
    """The rows of one sheet; ``readable`` is False where there was nothing to read rows from."""

    shape: Shape
    mistakes: list[Mistake]
    readable: bool = True
    rows: list[Row] = field(default_factory=list)

    def wrong(self, code: MistakeCode, column: str = "", row: int = 0, **facts: str) -> None:
        """Note a mistake about the sheet as a whole, or about its header (row 1)."""
        self.mistakes.append(Mistake(self.shape.file, row, column, code, facts))

    def unreadable(self, code: MistakeCode) -> Table:
        """The same sheet, given up."""
        self.wrong(code)
        self.readable = False
        return self


def read_table(folder: Folder, shape: Shape, mistakes: list[Mistake]) -> Table:
    """Read one sheet of the folder; everything wrong with it is appended to ``mistakes``.

    Takes UTF-8 with or without BOM, GB 18030 and UTF-16, as Excel saves them, with commas, tabs or
    semicolons between the cells.
    """
    table = Table(shape, mistakes)
    path = folder / shape.file
    if not path.is_file():
        return table.unreadable(MistakeCode.FILE_MISSING)
    records = _records(path.read_bytes())
    if records is None:
        return table.unreadable(MistakeCode.FILE_UNREADABLE)
    _fill(table, records)
    return table


def _records(raw: bytes) -> list[list[str]] | None:
    text = decoded(raw)
    return None if text is None else records_of(text)


def records_of(text: str) -> list[list[str]] | None:
    """The cells of a csv, whatever stands between them; None where there is nothing to read."""
    if not text.strip() or "\0" in text:
        return None
    first_line = text.lstrip().splitlines()[0]
    delimiter = max(",\t;", key=first_line.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return None


def decoded(raw: bytes) -> str | None:
    """The text of a sheet however Excel saved it; None for what is no text."""
    if raw.startswith(ZIP_MARK):
        return None
    encodings = ("utf-16",) if raw.startswith(UTF_16_MARKS) else ENCODINGS
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _fill(table: Table, records: list[list[str]]) -> None:
    header = [unicodedata.normalize("NFKC", name).strip() for name in records[0]]
    _check_header(table, header)
    if not table.readable:
        return
    for number, cells in enumerate(records[1:], 2):
        stripped = [cell.strip() for cell in cells]
        if any(stripped):
            table.rows.append(_row(table, number, header, stripped))


def _check_header(table: Table, header: list[str]) -> None:
    known = table.shape.columns
    for name, must in known.items():
        if must and name not in header:
            table.wrong(MistakeCode.COLUMN_MISSING, name, row=1)
            table.readable = False
    for name in dict.fromkeys(filter(None, header)):
        if name not in known:
            close = "、".join(get_close_matches(name, known, n=1, cutoff=0.3))
            table.wrong(MistakeCode.COLUMN_UNKNOWN, name, row=1, close=close)
        elif header.count(name) > 1:
            table.wrong(MistakeCode.COLUMN_TWICE, name, row=1)


def _row(table: Table, number: int, header: list[str], cells: list[str]) -> Row:
    pairs = [pair for pair in zip(header, cells, strict=False) if pair[0]]
    named = dict(reversed(pairs))  # of a column that is there twice, the first counts
    row = Row(table.shape.file, number, named, table.mistakes)
    for cell in filter(None, cells[len(header) :]):
        row.wrong("", MistakeCode.CELL_BEYOND, value=cell)
    for column, must in table.shape.columns.items():
        if must and not named.get(column):
            row.wrong(column, MistakeCode.CELL_EMPTY)
    return row
