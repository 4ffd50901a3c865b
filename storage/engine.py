"""Opens the store a URL names: a SQLite file for one process, or PostgreSQL for several."""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import URL, make_url

from core.load import Load
from core.neighbours import Neighbours
from core.ports import Work
from storage import revisions


def to_json(value: Any) -> str:
    """A column's value as text."""
    return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS).decode()


VANISHING = {
    "connect_timeout": "5",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",
}
"""libpq's words for: a server that is gone without a word is given up within 15 seconds.

Else one that takes no connection is waited for 130 seconds, one that goes while it is asked for
ever. Over a Unix socket they say nothing.
"""
UNFINISHED = "restore_unfinished"  # a table that is there while a server is being restored


class StoreInUse(Exception):
    """Another process has this database open: SQLite serves one at a time."""


class StoreNotWritable(Exception):
    """The disk of a SQLite file is full, or may only be read, or is not ours to write."""


class RestoreUnfinished(Exception):
    """A restore ended half way: what is owed there is not held, so nobody may send it."""


class Store(ABC):
    """The promises of ``core.ports.Units``, and the care of the database itself."""

    address: URL

    @abstractmethod
    def begin(self) -> AbstractAsyncContextManager[Work]:
        """Commits on leaving, rolls back when leaving by an exception."""

    @abstractmethod
    def read(self) -> AbstractAsyncContextManager[Work]:
        """One moment of the database, for looking only: never waits for writers."""

    @property
    def neighbours(self) -> Neighbours | None:
        """Who else works here; None where a store serves one process at a time."""
        return None

    async def load(self, now: datetime) -> Load:
        """How much is on the store's hands, ``now``."""
        async with self.read() as work:
            return await work.load(now)

    @abstractmethod
    async def upgrade(self) -> None:
        """Bring the tables up to the newest revision; nothing happens where they are."""

    @abstractmethod
    async def current(self) -> str | None:
        """The revision the tables stand at; None when there are none."""

    def head(self) -> str:
        """The newest revision there is; where ``current`` differs, ``upgrade`` is due."""
        return revisions.head()

    @abstractmethod
    async def close(self) -> None:
        """Let go of every connection and lock."""


def address_of(url: str) -> URL:
    """The URL as SQLAlchemy has it; a plain path means a SQLite file.

    What one of PostgreSQL leaves open of ``VANISHING`` is added. ``ValueError`` when it names
    neither a SQLite file nor PostgreSQL.
    """
    address = make_url(url if "://" in url else f"sqlite:///{Path(url).expanduser()}")
    backend = address.get_backend_name()
    if backend == "postgresql":
        query = {**VANISHING, **address.query}
        return address.set(drivername="postgresql+psycopg", query=query)
    if backend != "sqlite" or address.database in (None, "", ":memory:"):
        raise ValueError("storage.url names neither a SQLite file nor a PostgreSQL database")
    return address.set(drivername="sqlite+pysqlite")


def open_store(url: str) -> Store:
    """The store behind this URL; ``StoreInUse`` when another process has its file open.

    Nothing is created but the folders above a SQLite file: call ``upgrade`` for the tables.
    """
    address = address_of(url)
    if address.get_backend_name() == "sqlite":
        from storage.sqlite import SqliteStore

        return SqliteStore(address)
    from storage.postgres import PostgresStore

    return PostgresStore(address)
