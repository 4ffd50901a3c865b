"""Says to SQLite what never changes: compiled once, its values put in each time.

SQLAlchemy spends five times what SQLite does on a small statement, and a guided step makes a dozen
of them (``python -m bench.storage``). What has a list in it, gives rows back from writing, or
fills in defaults goes through SQLAlchemy as usual.
"""

from __future__ import annotations

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Delete, Dialect, Insert, Select, Update
from sqlalchemy.types import TypeEngine

Change = Callable[[Any], Any]
Given = Mapping[str, Any]


class Value(NamedTuple):
    """One value of a statement: by name, what stands for it unasked, how SQLite wants it."""

    name: str
    default: Any
    change: Change | None


class Prepared:
    """A statement and how its answer is read; columns are attributes of a row."""

    def __init__(self, statement: Any, compiled: Any, dialect: Dialect) -> None:
        self._sql = str(compiled)
        types = {name: bind.type for name, bind in compiled.binds.items()}
        self._values = [
            Value(name, compiled.params[name], _bound(types[name], dialect))
            for name in compiled.positiontup or ()
        ]
        columns = statement.selected_columns if isinstance(statement, Select) else ()
        self._row: Any = _row_type([column.key or f"_{n}" for n, column in enumerate(columns)])
        self._changes = [
            (n, change) for n, c in enumerate(columns) if (change := _read(c.type, dialect))
        ]

    def ask(self, raw: sqlite3.Connection, given: Given) -> Sequence[Any]:
        """All rows of the answer."""
        return [self._read(record) for record in raw.execute(self._sql, self._put(given))]

    def tell(self, raw: sqlite3.Connection, given: Given | Sequence[Given]) -> int:
        """How many rows were touched."""
        if isinstance(given, Mapping):
            return raw.execute(self._sql, self._put(given)).rowcount
        return raw.executemany(self._sql, [self._put(one) for one in given]).rowcount

    def _put(self, given: Given) -> list[Any]:
        asked = ((change, given.get(name, default)) for name, default, change in self._values)
        return [change(one) if change else one for change, one in asked]

    def _read(self, record: Sequence[Any]) -> Any:
        values = list(record)
        for at, change in self._changes:
            values[at] = change(values[at])
        return self._row._make(values)


class Ready:
    """Statements made ready for one dialect, each once for the names it is given."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._known: dict[Any, Prepared | None] = {}

    def made(self, statement: Any, given: Given | Sequence[Given] | None) -> Prepared | None:
        """The statement made ready; None where SQLAlchemy has to say it."""
        one = given[0] if isinstance(given, Sequence) else given
        key = (statement, tuple(one or ()))
        if key not in self._known:
            self._known[key] = self._make(statement, list(one or ()))
        return self._known[key]

    def _make(self, statement: Any, names: list[str]) -> Prepared | None:
        if not isinstance(statement, Select | Insert | Update | Delete):
            return None
        if isinstance(statement, Insert | Update | Delete) and statement._returning:
            return None
        said = statement.inline() if isinstance(statement, Insert | Update) else statement
        compiled: Any = said.compile(dialect=self._dialect, column_keys=names or None)
        fills_in = compiled.insert_prefetch or compiled.update_prefetch
        return None if fills_in or compiled.post_compile_params else self._prepared(said, compiled)

    def _prepared(self, statement: Any, compiled: Any) -> Prepared:
        return Prepared(statement, compiled, self._dialect)


def _bound(kind: TypeEngine[Any], dialect: Dialect) -> Change | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _read(kind: TypeEngine[Any], dialect: Dialect) -> Change | None:
    return kind.dialect_impl(dialect).result_processor(dialect, None)


def _row_type(names: Sequence[str]) -> Any:
    plain = namedtuple("plain", names, rename=True)  # type: ignore[misc]

    class Found(plain):
        __slots__ = ()

        @property
        def _mapping(self) -> dict[str, Any]:
            return dict(zip(self._fields, self, strict=True))

    return Found
