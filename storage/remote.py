"""An open transaction of PostgreSQL, the same to every repository as one of SQLite."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from psycopg.pq import TransactionStatus
from sqlalchemy import Executable, Row

from core.errors import StoreLost
from storage.links import Link
from storage.prepared import MANY, NOTHING, Prepared, Ready
from storage.server_errors import in_words_of_the_core
from storage.wire import Parameters


@asynccontextmanager
async def transaction(link: Link, ready: Ready, *, shared: bool) -> AsyncIterator[RemoteWire]:
    """Commits on leaving, rolls back when leaving by an exception."""
    with in_words_of_the_core("transaction"):
        async with link.transaction():
            yield RemoteWire(link, ready, shared=shared)
            if shared:
                _look_whole(link.info.transaction_status)


def _look_whole(status: TransactionStatus) -> None:
    """Where a failure was passed over the server takes COMMIT as well, but keeps nothing."""
    if status == TransactionStatus.UNKNOWN:
        raise StoreLost
    if status != TransactionStatus.INTRANS:
        raise RuntimeError("a failure of the database was passed over: nothing is kept")


class RemoteWire:
    """A connection to a PostgreSQL server that others write to as well."""

    def __init__(self, link: Link, ready: Ready, *, shared: bool) -> None:
        self._link, self._ready, self.shared = link, ready, shared
        self._cursor = link.cursor(binary=True)

    async def rows(
        self, statement: Executable, parameters: Parameters = None
    ) -> Sequence[Row[Any]]:
        """All rows of the answer."""
        made = await self._said(statement, parameters)
        return made.read(await self._cursor.fetchall())

    async def row(self, statement: Executable, parameters: Parameters = None) -> Row[Any] | None:
        """The first row of the answer."""
        found = await self.rows(statement, parameters)
        return found[0] if found else None

    async def run(self, statement: Executable, parameters: Parameters = None) -> int:
        """How many rows were touched."""
        await self._said(statement, parameters)
        return self._cursor.rowcount

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """Undo what happens inside if it raises."""
        with in_words_of_the_core("savepoint"):
            async with self._link.transaction():
                yield
                _look_whole(self._link.info.transaction_status)

    async def _said(self, statement: Executable, parameters: Parameters) -> Prepared:
        made = self._ready.made(statement, parameters)
        if made is None:
            raise TypeError(f"{type(statement).__name__} has values that SQLAlchemy fills in")
        many = parameters if isinstance(parameters, MANY) else (parameters or NOTHING,)
        form = made.form(many[0])
        with in_words_of_the_core(form.sql):
            if len(many) == 1:
                await self._cursor.execute(form.sql.encode(), form.put(many[0]))
            else:
                await self._cursor.executemany(form.sql.encode(), [*map(form.put, many)])
        return made
