"""A process that tests and benchmarks start: end it, and see what it takes of the machine."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from tests.people import ROOT

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(eq=False)
class Process:
    """A Python program of ours, from the project's folder; ``cores`` pins it to processors.

    ``wishes`` go into its environment from the next start on.
    """

    cores: frozenset[int] = frozenset()
    wishes: dict[str, str] = field(default_factory=dict)
    process: asyncio.subprocess.Process | None = field(default=None, repr=False)

    async def spawn(
        self, *arguments: str, errors: IO[bytes] | None = None, quiet: bool = False
    ) -> None:
        """Start it; what it logs goes to ``errors``, else to our standard error unless quiet."""
        self.process = await asyncio.create_subprocess_exec(
            *as_command(arguments, self.cores),
            cwd=ROOT,
            env={**environment(), **self.wishes},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL if quiet else errors,
        )

    @property
    def running(self) -> bool:
        """Whether it is alive."""
        return self.process is not None and self.process.returncode is None

    @property
    def pid(self) -> int:
        """The number of the process, the last one's when it ended."""
        assert self.process is not None
        return self.process.pid

    async def kill(self) -> None:
        """kill -9: nothing is finished."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> int | None:
        """Ask it to finish, and wait; the exit code."""
        return await self._end(signal.SIGTERM)

    @property
    def rss(self) -> int:
        """Resident memory now, in bytes."""
        return self._memory("VmRSS")

    @property
    def peak(self) -> int:
        """The most resident memory it ever had, in bytes."""
        return self._memory("VmHWM")

    @property
    def cpu(self) -> float:
        """Seconds of processor time used so far, all threads."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def _memory(self, name: str) -> int:
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(name))

    async def _end(self, how: signal.Signals) -> int | None:
        if self.process is None:
            return None
        if self.process.returncode is None:
            self.process.send_signal(how)
        await self.process.communicate()
        return self.process.returncode


def as_command(arguments: Sequence[str], cores: frozenset[int]) -> list[str]:
    """Python with these arguments, pinned before it begins."""
    program = [sys.executable, *arguments]
    if not cores:
        return program
    return ["taskset", "--cpu-list", ",".join(map(str, sorted(cores))), *program]


def environment() -> dict[str, str]:
    """Ours without the settings of whoever runs the tests."""
    return {key: value for key, value in os.environ.items() if not key.startswith("HUYING_")}
