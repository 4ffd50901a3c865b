"""The sandbox as a companion: started when there is no token, ended with us."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TOKEN = "7000000001:AAH-huying-sandbox-made-up-token-00"  # noqa: S105 - opens only the sandbox
BANNER = "huying sandbox listening on "
START = 60.0
SEED = "sandbox.json"


class SandboxSilent(Exception):
    """The sandbox did not start."""


class Companion:
    """A sandbox being started: it gets ready while the service imports its own libraries."""

    def __init__(self, port: int, *, folder: Path) -> None:
        file = folder / SEED
        self.seed = file if file.is_file() else None
        self._process = self._spawned(port)

    async def address(self) -> str:
        """Where it listens, once it does; a taken port has become a free one."""
        try:
            async with asyncio.timeout(START):
                if url := await asyncio.to_thread(self._banner):
                    return url
                self.end()
                self._process = self._spawned(0)
                if url := await asyncio.to_thread(self._banner):
                    return url
        except TimeoutError:
            self.end()
        raise SandboxSilent

    def end(self) -> None:
        """Have it end, and wait until it has."""
        self._process.terminate()
        self._process.communicate()

    def _spawned(self, port: int) -> subprocess.Popen[str]:
        wishes = ["--port", str(port), "--token", TOKEN, "--with-parent"]
        command = [sys.executable, "-m", "sandbox", *wishes]
        if self.seed:
            command += ["--seed", str(self.seed)]
        return subprocess.Popen(  # noqa: S603 - our own sandbox, with our own arguments
            command,
            # Never written to: it closes when we are gone, and the sandbox ends.
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            # Ctrl+C is ours to hear: the sandbox ends after the service, not before.
            start_new_session=True,
        )

    def _banner(self) -> str:
        """The address in the first line, empty when the process ended without one."""
        line = self._process.stdout.readline() if self._process.stdout else ""
        return line.removeprefix(BANNER).strip() if line.startswith(BANNER) else ""


@contextmanager
def companion(port: int, *, folder: Path) -> Iterator[Companion]:
    """A sandbox at this port for as long as it is needed, peopled by the district's seed."""
    started = Companion(port, folder=folder)
    try:
        yield started
    finally:
        started.end()
