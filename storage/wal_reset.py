"""Whether this SQLite has the WAL-reset bug: writer and checkpointer may damage the file (D6)."""

from __future__ import annotations

import sqlite3
from functools import cache

import structlog

MENDED = ((3, 44, 6), (3, 50, 7), (3, 51, 3))
log = structlog.get_logger(__name__)


def mended(version: tuple[int, ...]) -> bool:
    """Whether it was mended by then: at the end of two old branches, and from 3.51.3 on."""
    old = any(version[:2] == fix[:2] and version >= fix for fix in MENDED)
    return old or version >= MENDED[-1]


@cache
def warn_once() -> None:
    """Tell the operator; one writing connection, and the gate of commits, keep the file safe."""
    if not mended(sqlite3.sqlite_version_info):
        log.warning("sqlite_has_the_wal_reset_bug", version=sqlite3.sqlite_version)
