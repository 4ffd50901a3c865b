"""Folders in which people's data lies for a moment: gone with the process that made them (S21).

``kill -9`` leaves a folder behind. Whoever holds its lock is alive; a folder that nobody holds is
swept away when a service starts.
"""

from __future__ import annotations

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX, HELD = "huying-room-", "held"


@contextmanager
def room(within: Path | None = None) -> Iterator[Path]:
    """An empty folder only we may read, ``within`` or where the machine keeps such things."""
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=within) as made:
        folder = Path(made)
        with (folder / HELD).open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            inside = folder / "inside"
            inside.mkdir()
            yield inside


def sweep(within: Path | None = None) -> int:
    """Remove what the dead left behind; how many folders.

    One without a lock was made this very moment, or its maker died in it: it is empty.
    """
    place = within or Path(tempfile.gettempdir())
    left = [each for each in place.glob(f"{PREFIX}*") if _forsaken(each)]
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)
    return len(left)


def _forsaken(folder: Path) -> bool:
    try:
        with (folder / HELD).open("r+") as held:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
