"""A file somebody sent, as grids of text: csv however it was saved, or the sheets of a workbook.

Nothing in it is believed: what it calls itself, how large it says it is, what it would have
computed. A formula, an error of Excel's and a merged cell are noted by row, never guessed at.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field

from core.mistakes import MistakeCode
from core.sent_sheets import NotASheet, Unfit
from storage.sheets_table import ZIP_MARK, decoded, records_of

OLD_EXCEL = b"\xd0\xcf\x11\xe0"
MOST_UNPACKED = 64 << 20
MOST_PARTS = 500
MOST_ROWS = 20_000
MOST_COLUMNS = 100
MOST_SIGNS = 4_000_000


@dataclass(frozen=True, slots=True)
class Slip:
    """A cell that says nothing by itself; row and column count from 1, as Excel does."""

    row: int
    column: int
    code: MistakeCode
    value: str


@dataclass(slots=True)
class Grid:
    """One sheet: its title (empty in csv), its rows from the first line on, its slips."""

    title: str
    rows: list[list[str]] = field(default_factory=list)
    slips: list[Slip] = field(default_factory=list)


def grids_of(content: bytes) -> list[Grid]:
    """All sheets that hold anything; raises ``NotASheet``.

    May take long and much memory: call it where both are limited (``storage.sheets_child``).
    """
    if content.startswith(OLD_EXCEL):
        raise NotASheet(Unfit.OLD_EXCEL)
    if content.startswith(ZIP_MARK):
        return _workbook(content)
    grid = Grid("", _bounded(_csv(content)))
    if not grid.rows:
        raise NotASheet(Unfit.EMPTY)
    return [grid]


def _csv(content: bytes) -> list[list[str]]:
    text = decoded(content)
    if text is not None and not text.strip():
        raise NotASheet(Unfit.EMPTY)
    if text is not None and len(text) > MOST_SIGNS:
        raise NotASheet(Unfit.TOO_LARGE)
    records = records_of(text) if text is not None and _is_words(text) else None
    if records is None:
        raise NotASheet(Unfit.NO_SHEET)
    return records


def _is_words(text: str) -> bool:
    """Pictures and programs decode as GB 18030 now and then, but they are full of controls."""
    odd = sum(1 for sign in text[:4096] if sign < " " and sign not in "\t\r\n")
    return odd == 0 and not text.lstrip().startswith(("%PDF", "<"))


def _workbook(content: bytes) -> list[Grid]:
    _require_modest(content)
    from storage.sheets_workbook import grids

    found = [grid for grid in grids(content) if grid.rows]
    if not found:
        raise NotASheet(Unfit.EMPTY)
    return found


def _require_modest(content: bytes) -> None:
    """Counts what really comes out, part by part: a header may say less than is true."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if "xl/workbook.xml" not in archive.namelist():
                raise NotASheet(Unfit.NO_SHEET)
            if len(parts) > MOST_PARTS:
                raise NotASheet(Unfit.BOMB)
            _count(archive, parts)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError):
        raise NotASheet(Unfit.NO_SHEET) from None


def _count(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    room = MOST_UNPACKED
    for part in parts:
        with archive.open(part) as opened:
            first = opened.read(1 << 16)
            if b"<!DOCTYPE" in first or b"<!ENTITY" in first:
                raise NotASheet(Unfit.BOMB)
            room -= len(first)
            while block := opened.read(1 << 16):
                room -= len(block)
                if room < 0:
                    raise NotASheet(Unfit.BOMB)


def _bounded(rows: list[list[str]]) -> list[list[str]]:
    """Without empty cells and rows at the end; ``NotASheet`` where too much is left."""
    kept = [_without_tail(row) for row in rows]
    while kept and not kept[-1]:
        kept.pop()
    if len(kept) > MOST_ROWS or any(len(row) > MOST_COLUMNS for row in kept):
        raise NotASheet(Unfit.TOO_LARGE)
    return kept


def _without_tail(row: list[str]) -> list[str]:
    cells = [cell.strip() for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells
