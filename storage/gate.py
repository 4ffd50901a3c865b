"""Who may commit to a SQLite file now, where more than one process may write to it.

A commit may be followed by a checkpoint, which moves the log into the file. In SQLite before
3.44.6, 3.50.7 and 3.51.3 a checkpoint and another connection's write at the same instant can
damage the file (the WAL-reset bug). Whoever commits holds the gate, so the two never meet.
Always the database's own write lock first and the gate second: nobody waits in a circle.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


def gate_of(file: Path) -> IO[str]:
    """The gate of a database, to be kept open and passed as often as is needed."""
    return file.with_name(file.name + ".commit").open("a")


@contextmanager
def passing(gate: IO[str]) -> Iterator[None]:
    """Nobody else commits meanwhile; two system calls when nobody wants to."""
    fcntl.flock(gate, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(gate, fcntl.LOCK_UN)
