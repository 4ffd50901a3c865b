"""Asks the nursery for service processes, which then look like any other process of ours."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, ClassVar

from tests.journeys.process import environment
from tests.journeys.running import Service
from tests.people import ROOT, TOKEN

SHORT = ("3", "6")
ENTRY = ("-m", "bot.cli")


class Child(asyncio.Protocol):
    """A process of the nursery, with the interface of asyncio's own."""

    def __init__(self, pid: int, handle: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self.stdout: asyncio.StreamReader | None = None
        self._handle = handle
        self._told = b""
        self._ended = asyncio.Event()

    def data_received(self, data: bytes) -> None:
        """Its exit code comes when it has ended."""
        self._told += data

    def connection_lost(self, error: Exception | None) -> None:
        """It is over, or the nursery is, which kills its children."""
        self.returncode = int(self._told or -signal.SIGKILL)
        os.close(self._handle)
        self._ended.set()

    def send_signal(self, number: int) -> None:
        """To this very process, never to a later one of the same number."""
        if self.returncode is None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, number)

    async def wait(self) -> int:
        """Its exit code, negative for a signal."""
        await self._ended.wait()
        assert self.returncode is not None
        return self.returncode

    async def communicate(self) -> tuple[bytes, None]:
        """Read to the end, and wait for it."""
        assert self.stdout is not None
        told = await self.stdout.read()
        await self.wait()
        return told, None


@dataclass(frozen=True, slots=True)
class Nursery:
    """A running nursery, behind its door; and a sandbox for one world after the other."""

    door: str
    sandbox: str

    async def bear(
        self, arguments: Sequence[str], wishes: dict[str, str], errors: IO[bytes]
    ) -> Child:
        """``huying`` with these arguments, as a process of its own."""
        wish = {"arguments": list(arguments), "environment": {**environment(), **wishes}}
        asking, (ours, theirs) = socket.socket(socket.AF_UNIX), os.pipe()
        asking.connect(self.door)
        socket.send_fds(asking, [json.dumps(wish).encode()], [theirs, errors.fileno()])
        os.close(theirs)
        told, (handle,), _, _ = socket.recv_fds(asking, 64, 1)
        child = Child(int(told), handle)
        child.stdout = await _stream(ours)
        await asyncio.get_running_loop().create_unix_connection(lambda: child, sock=asking)
        return child


@contextmanager
def nursery_opened() -> Iterator[Nursery]:
    """One that has imported everything; its children end with it.

    Leases are short (3 s for the leader, 6 s for a courier, instead of 15 and 30), so that a kill
    is soon followed by work on a database that several processes may share.
    """
    with tempfile.TemporaryDirectory(prefix="huying-nursery-") as folder:
        door = str(Path(folder) / "door")
        program = subprocess.Popen(
            [sys.executable, "-m", "tests.storms.nursery", door, *SHORT],
            cwd=ROOT,
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        with program, _sandbox() as sandbox:
            assert program.stdout is not None
            assert program.stdout.readline() == b"ready\n"
            yield Nursery(door, sandbox)
            program.communicate()


@contextmanager
def _sandbox() -> Iterator[str]:
    command = [sys.executable, "-m", "sandbox", "--port", "0", "--token", TOKEN, "--with-parent"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().split()[-1]
        process.communicate()


async def _stream(file: int) -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    protocol = asyncio.StreamReaderProtocol(reader)
    await loop.connect_read_pipe(lambda: protocol, os.fdopen(file, "rb"))
    return reader


@dataclass(eq=False, kw_only=True)
class Born(Service):
    """A service of the nursery; a ``genuine`` one is started as everybody starts it."""

    nursery: ClassVar[Nursery | None] = None
    genuine: bool = False

    async def spawn(
        self, *arguments: str, errors: IO[bytes] | None = None, quiet: bool = False
    ) -> None:
        """Forked, unless it has to be a start like any other."""
        if self.genuine or errors is None or self.nursery is None:
            await super().spawn(*arguments, errors=errors, quiet=quiet)
            return
        assert arguments[:2] == ENTRY
        child: Any = await self.nursery.bear(arguments[2:], self.wishes, errors)
        self.process = child


def born_in(found: Nursery | None) -> type[Service]:
    """Services of this nursery; ordinary ones without."""

    return type("Born", (Born,), {"nursery": found}) if found else Service
