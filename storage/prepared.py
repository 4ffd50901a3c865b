"""Asks SQLite a question that never changes: compiled once, its values put in each time.

SQLAlchemy spends five times what SQLite does on a small look-up, and a guided step makes
seven of them (``python -m bench.storage``). Writing, and every question with a list in it, goes
through SQLAlchemy as usual.
"""

from __future__ import annotations

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select
from sqlalchemy.dialects.sqlite import pysqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeEngine

DIALECT = pysqlite.dialect()
Change = Callable[[Any], Any]


class Value(NamedTuple):
    """One value of the question: by name, what stands for it unasked, how SQLite wants it."""

    name: str
    default: Any
    change: Change | None


class Prepared:
    """A question and how its answer is read; columns are attributes of a row."""

    def __init__(self, question: Select[Any]) -> None:
        compiled = question.compile(dialect=DIALECT)
        types = {name: bind.type for name, bind in compiled.binds.items()}
        columns = question.selected_columns
        self._sql = str(compiled)
        self._values = [
            Value(name, compiled.params[name], _bound(types[name], DIALECT))
            for name in compiled.positiontup or ()
        ]
        self._row: Any = _row_type([column.key or f"_{n}" for n, column in enumerate(columns)])
        self._changes = [
            (n, change) for n, c in enumerate(columns) if (change := _read(c.type, DIALECT))
        ]

    def ask(self, raw: sqlite3.Connection, given: Mapping[str, Any]) -> Sequence[Any]:
        """All rows of the answer."""
        found = raw.execute(self._sql, [_put(value, given) for value in self._values]).fetchall()
        return [self._read(record) for record in found]

    def _read(self, record: Sequence[Any]) -> Any:
        values = list(record)
        for at, change in self._changes:
            values[at] = change(values[at])
        return self._row._make(values)


def prepared(question: Any, known: dict[Any, Prepared | None]) -> Prepared | None:
    """The question made ready, once; None where SQLAlchemy has to ask it."""
    if question not in known:
        fits = isinstance(question, Select) and not _lists(question)
        known[question] = Prepared(question) if fits else None
    return known[question]


def _lists(question: Select[Any]) -> bool:
    return bool(question.compile(dialect=DIALECT).post_compile_params)


def _put(value: Value, given: Mapping[str, Any]) -> Any:
    one = given.get(value.name, value.default)
    return value.change(one) if value.change else one


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
