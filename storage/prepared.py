"""Says to a database what never changes: compiled once, its values put in each time.

SQLAlchemy spends five times what SQLite does on a small statement, and a guided step makes a dozen
of them (``python -m bench.storage``). What fills in defaults is not for here.
"""

from __future__ import annotations

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import CompoundSelect, Delete, Dialect, Insert, Select, TextClause, Update
from sqlalchemy.types import TypeEngine

Change = Callable[[Any], Any]
Given = Mapping[str, Any]
NOTHING: Given = {}
MANY = (list, tuple)  # what is asked of the abstract classes takes ten times as long
SAID = (Select, CompoundSelect, Insert, Update, Delete, TextClause)
FLOAT8 = 701  # what PostgreSQL calls the only kind of number that SQLAlchemy asks about


class Value(NamedTuple):
    """One value of a statement: by name, what stands for it unasked, how its database wants it.

    ``at`` is its place in the list that has that name.
    """

    name: str
    default: Any
    change: Change | None
    at: int | None


class Form(NamedTuple):
    """What is said, and the values it takes; one for every length of its lists."""

    sql: str
    values: tuple[Value, ...] = ()

    def put(self, given: Given) -> list[Any]:
        """The values in their order."""
        said = given.get
        return [
            (said(name, default) if at is None else _item(said(name, default), at))
            if change is None
            else change(said(name, default) if at is None else _item(said(name, default), at))
            for name, default, change, at in self.values
        ]


class Prepared:
    """A statement and how its answer is read; columns are attributes of a row."""

    def __init__(self, statement: Any, compiled: Any, dialect: Dialect) -> None:
        self._compiled = compiled
        binds: Mapping[str, Any] = compiled.binds
        self._changes_of = {name: _bound(bind.type, dialect) for name, bind in binds.items()}
        self._lists = tuple(n for n, bind in binds.items() if bind.expanding and bind.required)
        self._forms: dict[tuple[int, ...], Form] = {}
        columns = tuple(statement.exported_columns) if _answers(statement) else ()
        self._row: Any = _row_type([column.key or f"_{n}" for n, column in enumerate(columns)])
        self._changes = [
            (n, change) for n, c in enumerate(columns) if (change := _read(c.type, dialect))
        ]

    def ask(self, raw: sqlite3.Connection, given: Any) -> Sequence[Any]:
        """All rows of the answer."""
        form = self.form(given)
        return self.read(raw.execute(form.sql, form.put(given)))

    def tell(self, raw: sqlite3.Connection, given: Any) -> int:
        """How many rows were touched; ``given`` as for a wire, one or many."""
        if isinstance(given, MANY):
            form = self.form(given[0])
            return raw.executemany(form.sql, [form.put(one) for one in given]).rowcount
        form = self.form(given)
        return raw.execute(form.sql, form.put(given)).rowcount

    def read(self, found: Iterable[Sequence[Any]]) -> Sequence[Any]:
        """The rows of an answer, as the database gave them."""
        if self._changes:
            found = map(self._changed, found)
        return [*map(self._row._make, found)]

    def form(self, given: Given) -> Form:
        """What is said where this is given."""
        lists = self._lists
        sizes = tuple([_padded(len(given[name])) for name in lists]) if lists else ()
        form = self._forms.get(sizes)
        if form is None:
            form = self._forms[sizes] = self._made(sizes)
        return form

    def _made(self, sizes: Sequence[int]) -> Form:
        compiled, lists = self._compiled, dict(zip(self._lists, sizes, strict=True))
        unasked: dict[str, Any] = {**dict.fromkeys(compiled.binds), **_defaults(compiled)}
        state = compiled.construct_expanded_state(
            unasked | {name: [None] * size for name, size in lists.items()}
        )
        items = {
            item: (name, at)
            for name, found in state.parameter_expansion.items()
            for at, item in enumerate(found)
        }
        places = [items.get(name, (name, None)) for name in state.positiontup or ()]
        return Form(
            state.statement,
            tuple(Value(n, unasked[n], self._changes_of[n], at) for n, at in places),
        )

    def _changed(self, record: Sequence[Any]) -> Sequence[Any]:
        values = list(record)
        for at, change in self._changes:
            if values[at] is not None:
                values[at] = change(values[at])
        return values


class Ready:
    """Statements made ready for one dialect, each once for the names it is given."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._known: dict[Any, Prepared | None] = {}

    def made(self, statement: Any, given: Any) -> Prepared | None:
        """The statement made ready; None where SQLAlchemy has to say it."""
        one = given[0] if isinstance(given, MANY) else given
        key = (statement, *one) if one else statement
        try:
            return self._known[key]
        except KeyError:
            made = self._known[key] = self._make(statement, list(one or ()))
            return made

    def _make(self, statement: Any, names: list[str]) -> Prepared | None:
        if not isinstance(statement, SAID):
            return None
        said = statement.inline() if isinstance(statement, Insert | Update) else statement
        compiled: Any = said.compile(dialect=self._dialect, column_keys=names or None)
        fills_in = compiled.insert_prefetch or compiled.update_prefetch
        if fills_in or any(_in_words(bind) for bind in compiled.binds.values()):
            return None
        return Prepared(said, compiled, self._dialect)


def _answers(statement: Any) -> bool:
    if isinstance(statement, Select | CompoundSelect):
        return True
    return isinstance(statement, Insert | Update | Delete) and bool(statement._returning)


def _defaults(compiled: Any) -> Given:
    return {name: bind.value for name, bind in compiled.binds.items() if not bind.required}


def _in_words(bind: Any) -> bool:
    """A value to come that would be part of the words."""
    return bool(bind.required and bind.literal_execute)


def _padded(length: int) -> int:
    """Few lengths have to be made ready: a list is said up to the next power of two."""
    return 1 << (length - 1).bit_length() if length else 0


def _item(given: Sequence[Any], at: int) -> Any:
    """One of a list; its last one stands for what it lacks."""
    return given[min(at, len(given) - 1)]


def _bound(kind: TypeEngine[Any], dialect: Dialect) -> Change | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _read(kind: TypeEngine[Any], dialect: Dialect) -> Change | None:
    return kind.dialect_impl(dialect).result_processor(dialect, FLOAT8)


def _row_type(names: Sequence[str]) -> Any:
    plain = namedtuple("plain", names, rename=True)  # type: ignore[misc]

    class Found(plain):
        __slots__ = ()

        @property
        def _mapping(self) -> dict[str, Any]:
            return dict(zip(self._fields, self, strict=True))

    return Found
