"""Which sheet of the district a sent file is, and the same sheet as the csv it is kept in."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from core.mistakes import Mistake
from core.sent_sheets import NotASheet, Sent, Unfit, unguarded
from storage.sheets import SHAPES
from storage.sheets_child import grids_in, grids_now
from storage.sheets_file import Grid
from storage.sheets_table import Shape

OF_FILE = {shape.file: shape for shape in SHAPES}


async def opened(content: bytes, /, *, words: Mapping[str, str], hints: Sequence[str]) -> Sent:
    """``core.sent_sheets.Opens``: read in a child with limits."""
    return sent(await grids_in(content), words=words, hints=hints)


def opened_now(content: bytes, /, *, words: Mapping[str, str], hints: Sequence[str]) -> Sent:
    """The same for whoever may wait."""
    return sent(grids_now(content), words=words, hints=hints)


def sent(grids: Sequence[Grid], *, words: Mapping[str, str], hints: Sequence[str]) -> Sent:
    """The sheet these grids hold; ``NotASheet`` where nobody can tell which one is meant."""
    named = next(filter(None, (_named(hint, words) for hint in hints)), None)
    titled = [(grid, _named(grid.title, words)) for grid in grids]
    if named is None:
        grid, named = next(((g, name) for g, name in titled if name), (grids[0], None))
        named = named or _by_columns(grid)
    else:
        grid = next((g for g, name in titled if name == named), grids[0])
    if named is None:
        raise NotASheet(Unfit.UNNAMED)
    return Sent(named, _csv(grid), _slips(grid, named))


def _named(hint: str, words: Mapping[str, str]) -> str | None:
    """The longest of the words in a caption, a title or the name of a file."""
    plain = unicodedata.normalize("NFKC", hint).strip().lower()
    stem = PurePosixPath(plain.replace("\\", "/")).stem
    known = {**words, **{file.removesuffix(".csv"): file for file in OF_FILE}}
    found = [word for word in known if word in stem]
    return known[max(found, key=len)] if found else None


def _by_columns(grid: Grid) -> str | None:
    header = set(_header(grid))
    fitting = [shape for shape in SHAPES if _required(shape) <= header and _required(shape)]
    return max(fitting, key=lambda one: len(header & set(one.columns))).file if fitting else None


def _required(shape: Shape) -> set[str]:
    return {name for name, must in shape.columns.items() if must}


def _header(grid: Grid) -> list[str]:
    return [unicodedata.normalize("NFKC", name).strip() for name in grid.rows[0]]


def _slips(grid: Grid, sheet: str) -> tuple[Mistake, ...]:
    header = _header(grid)

    def column(number: int) -> str:
        return header[number - 1] if number <= len(header) else f"第 {number} 列"

    return tuple(
        Mistake(sheet, slip.row, column(slip.column), slip.code, {"value": slip.value})
        for slip in grid.slips
    )


def _csv(grid: Grid) -> str:
    """A row stays the row it was, so that a mistake is found where Excel shows it."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerows([unguarded(cell) for cell in row] for row in grid.rows)
    return sheet.getvalue()
