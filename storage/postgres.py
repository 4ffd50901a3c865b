"""The store in PostgreSQL: several processes, rows and lanes locked where they are worked on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import orjson
from sqlalchemy import URL, Connection, Dialect, create_engine, inspect

from core.ports import Work
from storage import revisions
from storage.engine import UNFINISHED, RestoreUnfinished, Store, to_json
from storage.links import Links
from storage.neighbours import PostgresNeighbours
from storage.prepared import Ready
from storage.remote import transaction
from storage.work import SqlWork

WRITERS = READERS = 8
TIMEOUTS = "-c statement_timeout=5000 -c idle_in_transaction_session_timeout=15000"
NAME = "-c application_name=huying"  # a restore asks the server whether any of us is at work
OPTIONS = f"{TIMEOUTS} {NAME}"
Answer = TypeVar("Answer")


class PostgresStore(Store):
    """Writers read what is committed and lock what they change; a reader sees one moment."""

    def __init__(self, address: URL) -> None:
        self.address = address
        self._writers = Links(address, WRITERS, options=OPTIONS)
        self._readers = Links(address, READERS, options=OPTIONS, looks=True)
        self._ready = Ready(_dialect(address))

    @property
    def neighbours(self) -> PostgresNeighbours:
        """The other processes on this database."""
        return PostgresNeighbours(self.address, self._writers)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Work]:
        """A transaction of its own, beside others."""
        async with (
            self._writers.lent() as link,
            transaction(link, self._ready, shared=True) as wire,
        ):
            yield SqlWork(wire)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Work]:
        """One moment of the database, for looking only."""
        async with (
            self._readers.lent() as link,
            transaction(link, self._ready, shared=False) as wire,
        ):
            yield SqlWork(wire)

    async def upgrade(self) -> None:
        """Bring the tables up to the newest revision, however long; ``RestoreUnfinished``."""
        await asyncio.to_thread(self._alone, _upgrade)

    async def current(self) -> str | None:
        """The revision the tables stand at; None when there are none."""
        return await asyncio.to_thread(self._alone, revisions.current)

    async def close(self) -> None:
        """Let go of every connection."""
        await self._readers.close()
        await self._writers.close()

    def _alone(self, ask: Callable[[Connection], Answer]) -> Answer:
        engine = create_engine(self.address, hide_parameters=True)
        try:
            with engine.begin() as connection:
                return ask(connection)
        finally:
            engine.dispose()


def _dialect(address: URL) -> Dialect:
    """How statements are spelled: psycopg's own way of naming values has to be read each time."""
    kind: Any = address.get_dialect()
    dialect: Dialect = kind(
        paramstyle="numeric_dollar", json_serializer=to_json, json_deserializer=orjson.loads
    )
    return dialect


def _upgrade(connection: Connection) -> None:
    if inspect(connection).has_table(UNFINISHED):
        raise RestoreUnfinished
    revisions.upgrade(connection)
