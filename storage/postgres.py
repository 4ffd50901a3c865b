"""The store in PostgreSQL: several processes, rows and lanes locked where they are worked on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

import orjson
from psycopg import Error
from sqlalchemy import URL, Connection, ExceptionContext, create_engine, event, inspect
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from core.ports import Work
from storage import revisions
from storage.engine import UNFINISHED, RestoreUnfinished, Store, to_json
from storage.neighbours import PostgresNeighbours
from storage.wire import RemoteWire, in_words_of_the_core
from storage.work import SqlWork

WRITERS = READERS = 8
TIMEOUTS = "-c statement_timeout=5000 -c idle_in_transaction_session_timeout=15000"
NAME = "-c application_name=huying"  # a restore asks the server whether any of us is at work
Answer = TypeVar("Answer")


class PostgresStore(Store):
    """Writers read what is committed and lock what they change; a reader sees one moment."""

    def __init__(self, address: URL) -> None:
        self.address = address
        self._writers = _engine(address, WRITERS)
        self._readers = _engine(address, READERS).execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )

    @property
    def neighbours(self) -> PostgresNeighbours:
        """The other processes on this database."""
        return PostgresNeighbours(self.address, self._writers)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Work]:
        """A transaction of its own, beside others."""
        with in_words_of_the_core():
            async with self._writers.begin() as connection:
                yield SqlWork(RemoteWire(connection, shared=True))

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Work]:
        """One moment of the database, for looking only."""
        async with self._readers.connect() as connection:
            yield SqlWork(RemoteWire(connection, shared=False))

    async def upgrade(self) -> None:
        """Bring the tables up to the newest revision, however long; ``RestoreUnfinished``."""
        await asyncio.to_thread(self._alone, _upgrade)

    async def current(self) -> str | None:
        """The revision the tables stand at; None when there are none."""
        return await asyncio.to_thread(self._alone, revisions.current)

    async def close(self) -> None:
        """Let go of every connection."""
        await self._readers.dispose()
        await self._writers.dispose()

    def _alone(self, ask: Callable[[Connection], Answer]) -> Answer:
        engine = create_engine(self.address, hide_parameters=True)
        try:
            with engine.begin() as connection:
                return ask(connection)
        finally:
            engine.dispose()


def _upgrade(connection: Connection) -> None:
    if inspect(connection).has_table(UNFINISHED):
        raise RestoreUnfinished
    revisions.upgrade(connection)


def _engine(address: URL, size: int) -> AsyncEngine:
    engine = create_async_engine(
        address,
        pool_size=size,
        pool_pre_ping=True,
        hide_parameters=True,
        json_serializer=to_json,
        json_deserializer=orjson.loads,
        connect_args={"options": f"{TIMEOUTS} {NAME}"},
        execution_options={"preserve_rowcount": True},
    )
    event.listen(engine.sync_engine, "handle_error", _hide_detail)
    return engine


def _hide_detail(context: ExceptionContext) -> None:
    """The server's DETAIL repeats the row, which is what somebody said: keep its first line."""
    original, wrapped = context.original_exception, context.sqlalchemy_exception
    if isinstance(original, Error) and wrapped is not None:
        told = original.diag.message_primary or type(original).__name__
        original.args = (told,)
        wrapped.args = (f"({type(original).__name__}) {told}",)
