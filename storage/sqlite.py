"""The store in a SQLite file: one process, one writer, readers that never wait for it."""

from __future__ import annotations

import asyncio
import fcntl
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO, Any

import orjson
from sqlalchemy import URL, Engine, create_engine, event

from core.ports import Work
from storage import revisions
from storage.engine import Store, StoreInUse, StoreNotWritable, to_json
from storage.gate import gate_of
from storage.prepared import Ready
from storage.wal_reset import warn_once
from storage.wire import LocalWire
from storage.work import SqlWork
from storage.writer import Writer

READERS = 8
SETTINGS = ("busy_timeout = 5000", "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON")
LOOKS = ("query_only = ON",)
# What a savepoint may have to undo is little, and would go through a file each time; 16 MB of
# pages at hand are what a day's conversations and lanes lie on.
WRITES = ("query_only = OFF", "temp_store = MEMORY", "cache_size = -16000")


class SqliteStore(Store):
    """Statements run where they are asked (see ``storage.wire``); commits in a thread."""

    def __init__(self, address: URL) -> None:
        self.address = address
        file = Path(str(address.database))
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._lock = _locked(file.with_name(file.name + ".lock"))
            self._gate_of_commits = gate_of(file)
        except OSError as error:
            raise StoreNotWritable(str(file)) from error
        writers = _engine(address, size=1)
        self._ready = Ready(writers.dialect)
        self._writer = Writer(writers, self._ready, self._gate_of_commits)
        self._reader = _engine(address, size=READERS, readonly=True)
        self._gate = asyncio.Lock()
        self._holder: asyncio.Task[Any] | None = None
        self._committer = ThreadPoolExecutor(1, thread_name_prefix="commit")

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Work]:
        """The only writing transaction there is now; others wait their turn."""
        async with self._turn():
            try:
                yield SqlWork(self._writer.begin())
                await self._apart(self._writer.commit)
            except BaseException:
                self._writer.roll_back()
                raise

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Work]:
        """One moment of the database, for looking only."""
        with self._reader.connect() as connection:
            wire = LocalWire(connection, self._ready)
            connection.exec_driver_sql("BEGIN")
            yield SqlWork(wire)

    async def upgrade(self) -> None:
        """Bring the tables up to the newest revision."""
        warn_once()
        async with self._turn():
            await self._apart(self._upgrade)

    async def current(self) -> str | None:
        """The revision the tables stand at; None when there are none."""
        with self._reader.connect() as connection:
            return revisions.current(connection)

    async def close(self) -> None:
        """Wait for the transaction in hand, then let go of the file and its lock."""
        async with self._gate:
            self._reader.dispose()
            self._writer.close()
            self._committer.shutdown()
            self._gate_of_commits.close()
            self._lock.close()

    def _upgrade(self) -> None:
        self._writer.begin()
        try:
            self._writer.connection.begin()  # so that Alembic does not end it
            revisions.upgrade(self._writer.connection)
            self._writer.commit()
        except BaseException:
            self._writer.roll_back()
            raise

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        if self._holder is asyncio.current_task():
            raise RuntimeError("a transaction inside a transaction would wait for itself")
        async with self._gate:
            self._holder = asyncio.current_task()
            try:
                yield
            finally:
                self._holder = None

    async def _apart(self, act: Callable[[], None]) -> None:
        """Run it in the thread for waiting on the disk, to its end even when cancelled."""
        running = asyncio.get_running_loop().run_in_executor(self._committer, act)
        try:
            await asyncio.shield(running)
        except asyncio.CancelledError:
            while not running.done():
                await asyncio.wait([running])
            raise


def _locked(file: Path) -> IO[str]:
    lock = file.open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise StoreInUse(str(file)) from error
    return lock


def _engine(address: URL, *, size: int, readonly: bool = False) -> Engine:
    engine = create_engine(
        address,
        pool_size=size,
        max_overflow=0 if size == 1 else -1,
        hide_parameters=True,
        json_serializer=to_json,
        json_deserializer=orjson.loads,
        connect_args={"check_same_thread": False, "isolation_level": None},
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: Any) -> None:
        for setting in (*SETTINGS, *(LOOKS if readonly else WRITES)):
            connection.execute(f"PRAGMA {setting}")

    # Transactions are begun by hand. Not by an event of SQLAlchemy's: with one of its own, an
    # engine asks for listeners at every statement.
    engine.dialect.do_begin = lambda _: None  # type: ignore[method-assign, assignment]
    return engine
