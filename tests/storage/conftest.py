"""The three stores that keep the same promises, each migrated once and copied for every test."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, make_url

from core.ports import Units
from storage import revisions
from storage.engine import Store, open_store
from tests.conftest import Database
from tests.fakes import MemoryUnits

SQLITE = pytest.param("sqlite_store")
POSTGRESQL = pytest.param("postgresql_store", marks=pytest.mark.postgresql)


def _migrate(engine: Engine) -> None:
    with engine.begin() as connection:
        revisions.upgrade(connection)
    engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "huying.db"
    _migrate(create_engine(f"sqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def postgresql_template(postgresql_admin: Engine) -> Iterator[str]:
    database = Database(postgresql_admin)
    with database as url:
        _migrate(create_engine(make_url(url).set(drivername="postgresql+psycopg")))
        yield database.name


@pytest.fixture
async def sqlite_store(sqlite_template: Path, sqlite_file: Path) -> AsyncIterator[Store]:
    shutil.copy(sqlite_template, sqlite_file)
    store = open_store(str(sqlite_file))
    yield store
    await store.close()


@pytest.fixture
async def postgresql_store(
    postgresql_admin: Engine, postgresql_template: str
) -> AsyncIterator[Store]:
    with Database(postgresql_admin, postgresql_template) as url:
        store = open_store(url)
        yield store
        await store.close()


@pytest.fixture
def memory_units() -> MemoryUnits:
    return MemoryUnits()


@pytest.fixture(params=["memory_units", SQLITE, POSTGRESQL])
def units(request: pytest.FixtureRequest) -> Units:
    """Memory, SQLite and PostgreSQL."""
    store: Any = request.getfixturevalue(request.param)
    return store


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def store(request: pytest.FixtureRequest) -> Store:
    """SQLite and PostgreSQL."""
    kept: Store = request.getfixturevalue(request.param)
    return kept
