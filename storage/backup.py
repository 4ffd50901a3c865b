"""Takes a backup while the service runs, and proves it before calling it one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, Connection, func, inspect, select, table

from core.failpoints import failpoint
from storage import dumping, revisions, snapshots
from storage.aside import looking, time_of
from storage.engine import address_of
from storage.manifest import Manifest, beside, sum_of
from storage.replaying import known_to, plain

STAMP = "%Y%m%dT%H%M%SZ"
SUFFIXES = {"sqlite": ".db", "postgresql": ".dump"}


def take(url: str, target: Path, *, keep: int = 0) -> tuple[Path, Manifest]:
    """A backup in this file, or in this folder under a name of its own, and its manifest.

    ``keep`` leaves so many of a folder's backups, the newest; 0 leaves all. ``NothingThere``,
    ``OtherSchema``, ``DumpFailed``, ``DamagedCopy``; a file that is there is never overwritten.
    """
    address = address_of(url)
    kind = address.get_backend_name()
    with looking(url) as connection:
        taken_at = time_of(connection)
        rows = _counts(connection) if kind == "postgresql" else {}
        erased = tuple(plain(one) for one in known_to(connection))
    file = _named(target, kind, taken_at)
    half = file.with_name(file.name + ".part")
    half.unlink(missing_ok=True)
    _copy(address, half)
    failpoint("P17")
    if kind == "sqlite":
        rows = _proved(half)
    manifest = Manifest(taken_at, kind, revisions.head(), rows, sum_of(half), erased)
    snapshots.settle(half, file)
    failpoint("P19")
    manifest.write(file)
    if keep and target.is_dir():
        _forget(target, SUFFIXES[kind], keep)
    return file, manifest


def _copy(address: URL, half: Path) -> None:
    if address.get_backend_name() == "sqlite":
        snapshots.copy(Path(str(address.database)), half)
    else:
        dumping.dump(address, half)
    half.chmod(0o600)


def _proved(half: Path) -> Mapping[str, int]:
    snapshots.require_sound(half)
    with looking(str(half)) as connection:
        return _counts(connection)


def _counts(connection: Connection) -> Mapping[str, int]:
    names = sorted(inspect(connection).get_table_names())
    asked = {name: select(func.count()).select_from(table(name)) for name in names}
    return {name: connection.execute(each).scalar_one() for name, each in asked.items()}


def _named(target: Path, kind: str, taken_at: datetime) -> Path:
    if target.is_dir():
        return target / f"huying-{taken_at.strftime(STAMP)}{SUFFIXES[kind]}"
    if target.exists():
        raise FileExistsError(target)
    return target


def _forget(folder: Path, suffix: str, keep: int) -> None:
    taken = sorted(file for file in folder.glob(f"huying-*{suffix}") if beside(file).exists())
    for old in taken[:-keep]:
        beside(old).unlink()
        old.unlink()
