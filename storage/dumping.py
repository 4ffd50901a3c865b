"""PostgreSQL's own programs for taking a backup and bringing it back."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import URL


class DumpFailed(Exception):
    """``pg_dump`` or ``pg_restore`` is not there, or does not suit the server."""


def dump(address: URL, target: Path) -> None:
    """A backup of one moment, in PostgreSQL's compressed format."""
    _run("pg_dump", address, "--format=custom", "--no-owner", "--no-privileges",
         f"--file={target}")  # fmt: skip


def bring_back(address: URL, source: Path) -> None:
    """All of a backup into an empty database, or nothing."""
    _run("pg_restore", address, "--no-owner", "--no-privileges", "--exit-on-error",
         "--single-transaction", f"--dbname={address.database}", str(source))  # fmt: skip


def _run(program: str, address: URL, *arguments: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise DumpFailed(program)
    done = subprocess.run(  # noqa: S603 - a program of PostgreSQL with our own arguments
        [found, *arguments], env=_environment(address), capture_output=True, check=False
    )
    if done.returncode:
        raise DumpFailed(program)


def _environment(address: URL) -> Mapping[str, str]:
    """Where to connect, with the password where no list of processes shows it."""
    given = {
        "PGHOST": address.host or address.query.get("host"),
        "PGPORT": address.port and str(address.port),
        "PGUSER": address.username,
        "PGPASSWORD": address.password,
        "PGDATABASE": address.database,
        "PGSSLMODE": address.query.get("sslmode"),
        "PGCONNECT_TIMEOUT": address.query.get("connect_timeout"),
    }
    return {**os.environ, **{name: str(value) for name, value in given.items() if value}}
