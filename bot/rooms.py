"""Folders in which people's data lies for a moment: gone with the process that made them (S21).

``kill -9`` leaves a folder behind. Whoever holds its lock is alive; a folder that nobody holds is
swept away when a service starts.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX, MAKING, HELD = "huying-room-", "making", "held"


@contextmanager
def room(within: Path | None = None) -> Iterator[Path]:
    """An empty folder only we may read, ``within`` or where the machine keeps such things.

    Its lock gets its name once it is held, and is let go when the folder is no more: whoever
    sweeps never finds one that is free.
    """
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=within))
    with (folder / MAKING).open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX)
            (folder / MAKING).rename(folder / HELD)
            inside = folder / "inside"
            inside.mkdir()
            yield inside
        finally:
            shutil.rmtree(folder)


def sweep(within: Path | None = None) -> int:
    """Remove what the dead left behind; how many folders.

    One without a lock is made or removed this very moment, or its maker died in it: it is empty.
    """
    place = within or Path(tempfile.gettempdir())
    left = [each for each in place.glob(f"{PREFIX}*") if _forsaken(each)]
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)
    return len(left)


def _forsaken(folder: Path) -> bool:
    """Nobody holds its lock, and it was not removed while we looked."""
    try:
        with (folder / HELD).open("r+") as held:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return os.fstat(held.fileno()).st_nlink > 0
    except OSError:
        return False
