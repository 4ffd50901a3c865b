"""Rows of a sheet found by what people call them, changed cell by cell, added and taken out."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.errors import NoSuchRow
from core.sheet_edits import Row, rows_of


@dataclass(frozen=True, slots=True)
class Rows:
    """A sheet as header and rows; every change gives the whole sheet as csv."""

    header: Sequence[str]
    rows: Sequence[Row]

    @classmethod
    def of(cls, text: str) -> Rows:
        """The rows of a sheet as it is kept."""
        return cls(*rows_of(text))

    def find(self, name: str, *columns: str) -> int:
        """The one row with this name in one of these columns, else the one that contains it.

        Raises ``NoSuchRow`` for none, and with ``close`` where there are several.
        """
        cells = [[row.get(column, "") for column in columns] for row in self.rows]
        exact = [n for n, row in enumerate(cells) if any(name in c.split("、") for c in row)]
        part = [n for n, row in enumerate(cells) if any(name in cell for cell in row)]
        found = exact or part
        if not name or len(found) != 1:
            close = tuple(self.rows[n][columns[-1]] for n in found[:8])
            raise NoSuchRow(row=name, close=close)
        return found[0]

    def with_cells(self, place: int, cells: Mapping[str, str]) -> str:
        """These cells of the row at this place changed."""
        changed = [{**row, **cells} if n == place else row for n, row in enumerate(self.rows)]
        return self._written(changed)

    def with_new(self, row: Mapping[str, str]) -> str:
        """One more row, the last one."""
        return self._written([*self.rows, dict(row)])

    def without(self, place: int) -> str:
        """The row at this place taken out."""
        return self._written([row for n, row in enumerate(self.rows) if n != place])

    def _written(self, rows: Sequence[Row]) -> str:
        sheet = io.StringIO()
        ways = {"lineterminator": "\n", "extrasaction": "ignore"}
        writer = csv.DictWriter(sheet, list(self.header), **ways)  # type: ignore[arg-type]
        writer.writeheader()
        writer.writerows(rows)
        return sheet.getvalue()
