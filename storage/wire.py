"""One open connection, the same to every repository whichever the database is.

SQLite answers a prepared statement in some twenty microseconds, a hop to another thread and back
takes five hundred: so its statements run where they are asked, and only the commit, which waits
for the disk, runs elsewhere.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

from sqlalchemy import Connection, CursorResult, Executable, Row

from storage.prepared import MANY, NOTHING, Ready

Parameters = Mapping[str, Any] | Sequence[Mapping[str, Any]] | None


class Wire(Protocol):
    """``shared`` says whether other writers may be at work now, so that rows must be locked."""

    shared: bool

    async def rows(
        self, statement: Executable, parameters: Parameters = None
    ) -> Sequence[Row[Any]]:
        """All rows of the answer."""

    async def row(self, statement: Executable, parameters: Parameters = None) -> Row[Any] | None:
        """The first row of the answer."""

    async def run(self, statement: Executable, parameters: Parameters = None) -> int:
        """How many rows were touched."""

    def savepoint(self) -> AbstractAsyncContextManager[None]:
        """Undo what happens inside if it raises."""


class LocalWire:
    """A connection to a SQLite file: alone with its writer's lock."""

    shared = False

    def __init__(self, connection: Connection, ready: Ready) -> None:
        self._connection = connection
        self._raw: Any = connection.connection.driver_connection
        self._ready = ready

    async def rows(
        self, statement: Executable, parameters: Parameters = None
    ) -> Sequence[Row[Any]]:
        """All rows of the answer."""
        made = self._ready.made(statement, parameters)
        try:
            if made and not isinstance(parameters, MANY):
                return made.ask(self._raw, parameters or NOTHING)
        except sqlite3.Error:
            pass  # said again below, so that the error hides what was said
        return self._execute(statement, parameters).all()

    async def row(self, statement: Executable, parameters: Parameters = None) -> Row[Any] | None:
        """The first row of the answer."""
        found = await self.rows(statement, parameters)
        return found[0] if found else None

    async def run(self, statement: Executable, parameters: Parameters = None) -> int:
        """How many rows were touched."""
        made = self._ready.made(statement, parameters)
        try:
            if made:
                return made.tell(self._raw, parameters or NOTHING)
        except sqlite3.Error:
            pass  # said again below, so that the error hides what was said
        return self._execute(statement, parameters).rowcount

    def savepoint(self) -> AbstractAsyncContextManager[None]:
        """Undo what happens inside if it raises."""
        return _Savepoint(self._raw)

    def _execute(self, statement: Executable, parameters: Parameters) -> CursorResult[Any]:
        return self._connection.execute(statement, parameters)


class _Savepoint(AbstractAsyncContextManager[None]):
    """Past SQLAlchemy, which would spend five times what SQLite needs."""

    __slots__ = ("_raw",)

    def __init__(self, raw: sqlite3.Connection) -> None:
        self._raw = raw

    async def __aenter__(self) -> None:
        self._raw.execute("SAVEPOINT inside")

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self._raw.execute("ROLLBACK TO inside")
        self._raw.execute("RELEASE inside")
