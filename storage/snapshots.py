"""Copies of a SQLite database in use: whole, proved, and in one file."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path


class DamagedCopy(Exception):
    """SQLite's own check found the copy unsound: it is no backup."""


def copy(source: Path, target: Path) -> None:
    """By SQLite's backup interface: one moment of the database, writers are not held up.

    The copy needs no log beside it.
    """
    reading = sqlite3.connect(f"file:{source}?mode=ro", uri=True)
    with closing(reading) as database, closing(sqlite3.connect(target)) as taken:
        database.backup(taken)
        taken.execute("PRAGMA journal_mode = DELETE")


def settle(half: Path, file: Path) -> None:
    """On the disk first, under its name second: a half-written one never has the name."""
    with half.open("rb") as opened:
        os.fsync(opened.fileno())
    half.rename(file)


def require_sound(file: Path) -> None:
    """``DamagedCopy`` unless structure and references are whole."""
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
            found = database.execute("PRAGMA integrity_check").fetchall()
            loose = database.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError:
        raise DamagedCopy from None
    if found != [("ok",)] or loose:
        raise DamagedCopy
