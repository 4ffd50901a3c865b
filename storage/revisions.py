"""Which revision a database stands at, which one it should, and the way there."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.leases import FORGET

_ALONE = Lock()  # Alembic has one context for all threads of a process


def script() -> Config:
    """The migrations that come with this package."""
    config = Config()
    folder = str(Path(__file__).parent / "migrations")
    config.set_main_option("script_location", folder.replace("%", "%%"))
    return config


def upgrade(connection: Connection) -> None:
    """Bring a database up to the newest revision, inside the transaction that is open.

    A SQLite file is brought up by the one process that may open it: whoever held a lease is gone.
    """
    config = script()
    config.attributes["connection"] = connection
    with _ALONE:
        command.upgrade(config, "head")
    if connection.dialect.name == "sqlite":
        connection.execute(FORGET)


def current(connection: Connection) -> str | None:
    """The revision a database stands at; None when it is empty."""
    return MigrationContext.configure(connection).get_current_revision()


@cache
def head() -> str:
    """The newest revision there is."""
    newest = ScriptDirectory.from_config(script()).get_current_head()
    assert newest is not None  # noqa: S101 - the first revision comes with the package
    return newest


def unknown(revision: str) -> bool:
    """Whether this revision is none of ours: of a newer program, or of another."""
    known = ScriptDirectory.from_config(script()).walk_revisions()
    return revision not in {one.revision for one in known}
