"""A second way into the database, beside the service that runs: to look, and for short acts.

Why no lock file is needed. The lock keeps a second *service* out: one that would handle the same
updates and send the same messages. Whoever comes in here takes nothing in hand: it looks at one
moment, or changes rows that are at rest (dead, unknown, held) in one short transaction, which the
database orders among the service's own. On SQLite such a write additionally waits for the file
that the service holds while it commits and checkpoints, and never checkpoints itself: so the race
of writer and checkpointer in older SQLite (the WAL-reset bug) has no second party.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, literal_column, select

from storage import revisions
from storage.engine import address_of, to_json
from storage.gate import gate_of, passing

PATIENCE_MS = 5000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class NothingThere(Exception):
    """There is no database at this address yet."""


class OtherSchema(Exception):
    """The tables are not those this program knows: older, newer, or somebody else's."""


@contextmanager
def looking(url: str) -> Iterator[Connection]:
    """One moment of the database, for looking only; waits for nobody.

    ``NothingThere`` and ``OtherSchema`` where there is nothing to look at.
    """
    with _opened(url, "BEGIN", readonly=True) as engine, engine.connect() as connection:
        _require_our_schema(connection)
        yield connection


@contextmanager
def acting(url: str) -> Iterator[Connection]:
    """A short writing transaction beside the service's own; committed on leaving.

    Nothing may be waited for inside: the service waits meanwhile, at most five seconds.
    """
    address = address_of(url)
    with _opened(url, "BEGIN IMMEDIATE") as engine, engine.connect() as connection:
        _require_our_schema(connection)
        if address.get_backend_name() != "sqlite":
            yield connection
            connection.commit()
            return
        with gate_of(file_of(address)) as gate, passing(gate):
            yield connection
            connection.commit()


def time_of(connection: Connection) -> datetime:
    """The time by the clock of the database, aware UTC, to the second."""
    own_file = connection.dialect.name == "sqlite"
    asked = "strftime('%s', 'now')" if own_file else "extract(epoch from clock_timestamp())"
    seconds: Any = connection.execute(select(literal_column(asked))).scalar_one()
    return EPOCH + timedelta(seconds=int(seconds))


def file_of(address: URL) -> Path:
    """The file of a SQLite database."""
    return Path(str(address.database))


@contextmanager
def _opened(url: str, opening: str, *, readonly: bool = False) -> Iterator[Engine]:
    address = address_of(url)
    own_file = address.get_backend_name() == "sqlite"
    if own_file and not file_of(address).exists():
        raise NothingThere
    engine = _sqlite(address, opening, readonly) if own_file else _postgresql(address)
    try:
        yield engine
    finally:
        engine.dispose()


def _sqlite(address: URL, opening: str, readonly: bool) -> Engine:
    engine = create_engine(
        address,
        hide_parameters=True,
        json_serializer=to_json,
        connect_args={"isolation_level": None},
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: Any) -> None:
        connection.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA query_only = {'ON' if readonly else 'OFF'}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(opening)

    return engine


def _postgresql(address: URL) -> Engine:
    options = f"-c statement_timeout={PATIENCE_MS} -c application_name=huying-aside"
    return create_engine(
        address,
        hide_parameters=True,
        json_serializer=to_json,
        connect_args={"options": options},
    )


def _require_our_schema(connection: Connection) -> None:
    found = revisions.current(connection)
    if found is None:
        raise NothingThere
    if found != revisions.head():
        raise OtherSchema
