"""One row of a sheet put, and two sheets compared: sheets as the csv they are kept in."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.errors import NoSuchRule

Row = dict[str, str]
CODE = re.compile(r"[0-9A-Za-z]+")
SPOKEN = ("名称", "事项")


@dataclass(frozen=True, slots=True)
class Difference:
    """What one sheet says and the other does not, rows by the cell in their key column."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[tuple[str, str, str, str], ...]
    """Row, column, before, after."""

    @property
    def nothing(self) -> bool:
        """Whether both say the same."""
        return not (self.added or self.removed or self.changed)


def records_of(text: str) -> list[list[str]]:
    """The cells of a sheet as they stand, its header first; empty rows are left out."""
    return [row for row in csv.reader(io.StringIO(text.lstrip("\ufeff"))) if any(row)]


def rows_of(text: str) -> tuple[list[str], list[Row]]:
    """The header and the rows of a sheet; short rows are filled up with nothing."""
    records = records_of(text)
    header = [name.strip() for name in records[0]] if records else []
    cells = ([cell.strip() for cell in row] for row in records[1:])
    return header, [dict(zip(header, [*row, *[""] * len(header)], strict=False)) for row in cells]


def with_row(
    text: str, key: str, name: str, cells: Mapping[str, str], *, new: bool = False
) -> str:
    """The sheet with these cells in the row of this name; ``NoSuchRule`` unless it may be new."""
    header, rows = rows_of(text)
    row = next((row for row in rows if _same(row.get(key, ""), name)), None)
    if row is None and not new:
        raise NoSuchRule(rule=name)
    if row is None:
        rows.append({key: name, **cells})
    else:
        row.update(cells)
    return _written(header, rows)


def with_alias(text: str, item: str, words: Iterable[str]) -> str:
    """The catalogue with these words among the aliases of an item, named by number or name.

    ``NoSuchRule`` for an item that it has not.
    """
    _header, rows = rows_of(text)
    found = (row for row in rows if _same(row["编号"], item) or _same(row["事项"], item))
    row = next(found, None)
    if row is None:
        raise NoSuchRule(rule=item)
    aliases = dict.fromkeys([*filter(None, row["别名"].split("、")), *words])
    return with_row(text, "编号", row["编号"], {"别名": "、".join(aliases)})


def differences(before: str, after: str) -> Difference:
    """What changes from one to the other; rows are told apart by as few columns as do it.

    A row known by a code alone is called by its name as well.
    """
    (then, old_rows), (now, new_rows) = rows_of(before), rows_of(after)
    names = (now or then)[: _width(now or then, old_rows, new_rows)]
    old, new = _by_name(names, old_rows), _by_name(names, new_rows)
    columns = dict.fromkeys([*now, *then])
    changed = tuple(
        (_called(name, old[name]), column, old[name].get(column, ""), row.get(column, ""))
        for name, row in new.items()
        if name in old
        for column in columns
        if old[name].get(column, "") != row.get(column, "")
    )
    gone = tuple(_called(name, row) for name, row in old.items() if name not in new)
    added = tuple(_whole(name, row, names) for name, row in new.items() if name not in old)
    return Difference(added, gone, changed)


def _called(name: str, row: Row) -> str:
    spoken = next(filter(None, (row.get(column) for column in SPOKEN)), "")
    return f"{name} {spoken}" if CODE.fullmatch(name) and spoken else name


def _whole(name: str, row: Row, names: list[str]) -> str:
    """A new row as it would be confirmed: everything it says."""
    called = _called(name, row)
    rest = [said for column, said in row.items() if said and column not in names]
    return " ".join([called, *(said for said in rest if said not in called.split())])


def _width(header: list[str], *sheets: list[Row]) -> int:
    """How many columns from the left name a row in all of these sheets; all where none do."""
    for width in range(1, len(header)):
        names = ([_name(row, header[:width]) for row in rows] for rows in sheets)
        if all(all(each) and len(set(each)) == len(each) for each in names):
            return width
    return len(header)


def _name(row: Row, columns: list[str]) -> str:
    return " ".join(filter(None, (row.get(column, "") for column in columns)))


def _by_name(columns: list[str], rows: list[Row]) -> Mapping[str, Row]:
    named: dict[str, Row] = {}
    for number, row in enumerate(rows, 2):
        name = _name(row, columns) or f"#{number}"
        named[name if name not in named else f"{name} #{number}"] = row
    return named


def _same(one: str, other: str) -> bool:
    return "".join(one.split()).lower() == "".join(other.split()).lower()


def _written(header: list[str], rows: list[Row]) -> str:
    sheet = io.StringIO()
    writer = csv.DictWriter(sheet, header, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return sheet.getvalue()
