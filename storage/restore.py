"""Brings a backup back; what it owed is held until a person lets it go (D8, I17)."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Container, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import chain, count
from pathlib import Path

from sqlalchemy import URL, Connection, create_engine, inspect, text

from core.erasing import Erasure
from core.failpoints import failpoint
from storage import dumping, held_back, manifest, revisions, snapshots
from storage.aside import time_of
from storage.engine import UNFINISHED, StoreInUse, address_of
from storage.manifest import Manifest
from storage.replaying import known_here, replay

STAMP = "%Y%m%dT%H%M%SZ"
LOOKS = 20
Erasures = tuple[Erasure, ...]
AT_WORK = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()" \
    " AND pid <> pg_backend_pid() AND application_name LIKE 'huying%'"  # fmt: skip


class TargetNotEmpty(Exception):
    """There is a database already, and nobody said that it may be put aside."""


class BackupFromElsewhere(Exception):
    """The backup is of the other kind of database, or of a newer program."""


def restore(url: str, backup: Path, *, replace: bool) -> tuple[Manifest, int]:
    """The database as it was at the backup, what it owed held; how many messages are held.

    What was there is kept beside it under another name. ``NotABackup``, ``StoreInUse``,
    ``TargetNotEmpty`` without ``replace``, ``BackupFromElsewhere``, ``DumpFailed``.
    """
    said, address = manifest.read(backup), address_of(url)
    if said.database != address.get_backend_name():
        raise BackupFromElsewhere
    bring = _into_file if said.database == "sqlite" else _into_server
    erased = known_here(url, backup)
    return said, bring(address, backup, said, replace, erased)


def _into_file(address: URL, backup: Path, said: Manifest, replace: bool, erased: Erasures) -> int:
    file = Path(str(address.database))
    file.parent.mkdir(parents=True, exist_ok=True)
    with _nobody_at_work(file):
        if file.exists() and not replace:
            raise TargetNotEmpty
        half = file.with_name(file.name + ".part")
        shutil.copyfile(backup, half)
        half.chmod(0o600)
        snapshots.require_sound(half)
        held, now = _held(address.set(database=str(half)), said, erased)
        _put_aside(file, now)
        failpoint("P20")
        snapshots.settle(half, file)
    return held


@contextmanager
def _nobody_at_work(file: Path) -> Iterator[None]:
    with file.with_name(file.name + ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StoreInUse from error
        yield


def _put_aside(file: Path, now: datetime) -> None:
    """With its log: what was committed last may be there only.

    The file gets a second name and keeps its own until the backup takes it: where a restore dies
    in between, a service must not find nothing there and begin anew.
    """
    stamped = f"{file.name}.before-{now.strftime(STAMP)}"
    name = _unused(stamped, {each.name for each in file.parent.glob(f"{stamped}*")})
    for suffix in ("", "-wal", "-shm"):
        old, aside = file.with_name(file.name + suffix), file.with_name(name + suffix)
        if old.exists() and suffix:
            old.rename(aside)
        elif old.exists():
            aside.hardlink_to(old)


def _unused(name: str, taken: Container[str]) -> str:
    """The name, or with the first number that makes it a new one: restores may follow closely."""
    later = (f"{name}_{number}" for number in count(2))
    return next(each for each in chain((name,), later) if each not in taken)


def _into_server(
    address: URL, backup: Path, said: Manifest, replace: bool, erased: Erasures
) -> int:
    engine = create_engine(address, hide_parameters=True)
    try:
        with engine.begin() as connection:
            _make_room(connection, replace)
            _open_work(connection)
    finally:
        engine.dispose()
    dumping.bring_back(address, backup)
    failpoint("P20")
    return _held(address, said, erased)[0]


def _at_work(connection: Connection) -> bool:
    """Whether somebody works there; who has just left is listed for a moment longer."""
    for _ in range(LOOKS):
        if not connection.execute(text(AT_WORK)).scalar_one():
            return False
        connection.execute(text("SELECT pg_sleep(0.1), pg_stat_clear_snapshot()"))
    return True


def _make_room(connection: Connection, replace: bool) -> None:
    if _at_work(connection):
        raise StoreInUse
    if not inspect(connection).get_table_names():
        return
    if not replace:
        raise TargetNotEmpty
    stamped = f"before_{time_of(connection).strftime(STAMP).lower()}"
    aside = _unused(stamped, inspect(connection).get_schema_names())
    connection.execute(text(f"ALTER SCHEMA public RENAME TO {aside}"))
    connection.execute(text("CREATE SCHEMA public"))


def _open_work(connection: Connection) -> None:
    """From here to the hold no service starts on it: what was owed is not held yet."""
    connection.execute(text(f"CREATE TABLE IF NOT EXISTS {UNFINISHED} ()"))


def _held(address: URL, said: Manifest, erased: Erasures) -> tuple[int, datetime]:
    """Bring the tables up to date, forget whoever asked since, hold what is owed."""
    engine = create_engine(address, hide_parameters=True)
    try:
        with engine.begin() as connection:
            if revisions.unknown(said.revision):
                raise BackupFromElsewhere
            revisions.upgrade(connection)
            connection.execute(text(f"DROP TABLE IF EXISTS {UNFINISHED}"))
            replay(connection, erased)
            now = time_of(connection)
            return held_back.hold(connection, said.taken_at, now), now
    finally:
        engine.dispose()
