"""What a backup says of itself: when, which tables, how many rows, and the sum of its bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

FORMAT = 1
PIECE = 1 << 20


class NotABackup(Exception):
    """The file has no manifest beside it, or is not what its manifest says.

    A plain copy of a database in use has none: it may lack what was committed last (C9).
    """


@dataclass(frozen=True, slots=True)
class Manifest:
    """``taken_at`` is aware UTC: everything committed before it is in; the restore point.

    ``erasures`` is whom an older backup must forget when it is restored (``storage.replaying``).
    """

    taken_at: datetime
    database: str
    revision: str
    rows: Mapping[str, int]
    sha256: str
    erasures: tuple[Mapping[str, Any], ...] = ()

    def write(self, backup: Path) -> None:
        """Beside the backup, as its last act: a backup without one was not finished."""
        said = {**asdict(self), "taken_at": self.taken_at.isoformat(), "format": FORMAT}
        beside(backup).touch(mode=0o600)
        beside(backup).write_text(json.dumps(said, indent=2, ensure_ascii=False) + "\n")


def beside(backup: Path) -> Path:
    """Where the manifest of a backup lies."""
    return backup.with_name(backup.name + ".manifest.json")


def read(backup: Path) -> Manifest:
    """The manifest of a backup, its sum proved; else ``NotABackup``."""
    try:
        said = json.loads(beside(backup).read_text())
        found = Manifest(
            datetime.fromisoformat(said["taken_at"]),
            said["database"],
            said["revision"],
            said["rows"],
            said["sha256"],
            tuple(said.get("erasures", ())),
        )
        if said["format"] != FORMAT or sum_of(backup) != found.sha256:
            raise NotABackup
    except (OSError, ValueError, KeyError, TypeError):
        raise NotABackup from None
    return found


def erasures_in(file: Path) -> list[Mapping[str, Any]]:
    """The list of erasures in a manifest, whatever became of its backup."""
    told: list[Mapping[str, Any]] = json.loads(file.read_text()).get("erasures", [])
    return told


def sum_of(file: Path) -> str:
    """SHA-256 of a file, as hexadecimal digits."""
    found = hashlib.sha256()
    with file.open("rb") as opened:
        while piece := opened.read(PIECE):
            found.update(piece)
    return found.hexdigest()
