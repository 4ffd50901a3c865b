"""The two databases of the matrices: one of each for a whole module."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import ExitStack, asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, Select, create_engine, make_url

from storage.engine import Store, open_store
from tests.conftest import Database

BOTH = [
    pytest.param("sqlite", id="sqlite"),
    pytest.param("postgresql", id="postgresql", marks=pytest.mark.postgresql),
]


@asynccontextmanager
async def opened(
    request: pytest.FixtureRequest, folders: pytest.TempPathFactory
) -> AsyncIterator[tuple[Store, Engine]]:
    """An empty store, and an engine to look into it from beside."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            url = f"sqlite:///{folders.mktemp('matrix') / 'huying.db'}"
            beside = url
        else:
            url = stack.enter_context(Database(request.getfixturevalue("postgresql_admin")))
            beside = make_url(url).set(drivername="postgresql+psycopg")
        store, engine = open_store(url), create_engine(beside)
        try:
            await store.upgrade()
            yield store, engine
        finally:
            engine.dispose()
            await store.close()


def rows_of(engine: Engine, question: Select[Any]) -> Sequence[Any]:
    """What is committed."""
    with engine.connect() as look:
        return look.execute(question).all()
