"""The one connection that writes to a SQLite file: opened once, kept between transactions."""

from __future__ import annotations

from typing import IO, Any

from sqlalchemy import Connection, Engine

from storage.gate import passing
from storage.prepared import Ready
from storage.wire import LocalWire


class Writer:
    """Begins and ends transactions past SQLAlchemy, whose own of each take longer than a step.

    ``engine`` must not begin by itself: SQLAlchemy joins what was begun here.
    """

    def __init__(self, engine: Engine, ready: Ready, gate: IO[str]) -> None:
        self._engine = engine
        self._ready = ready
        self._gate = gate
        self._connection: Connection | None = None

    @property
    def connection(self) -> Connection:
        """The connection, opened where it is not."""
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection

    def begin(self) -> LocalWire:
        """Take the write lock; what is said on the wire is in this transaction."""
        wire = LocalWire(self.connection, self._ready)
        self._raw.execute("BEGIN IMMEDIATE")
        return wire

    def commit(self) -> None:
        """Make it durable: waits for the disk."""
        with passing(self._gate):
            self._raw.commit()
        self._forget()

    def roll_back(self) -> None:
        """Undo it, also after a commit that failed; nothing happens where nothing was begun."""
        if self._connection is not None:
            self._raw.rollback()
            self._forget()

    def close(self) -> None:
        """Let go of the file; another ``begin`` opens it again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._engine.dispose()

    def _forget(self) -> None:
        """SQLAlchemy's own idea of the transaction, where it had to say something in it."""
        if self.connection.in_transaction():
            self.connection.rollback()

    @property
    def _raw(self) -> Any:
        return self.connection.connection.driver_connection
