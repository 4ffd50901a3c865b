"""What the tests of the road share: a clock that stands still, a store in memory."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.fakes import MemoryUnits
from tests.people import ROOT, TOKEN, Sandbox

NOON = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)


class StandingClock:
    """Time that passes only when a test says so; ``seconds`` is the monotonic one."""

    def __init__(self) -> None:
        self.at = NOON
        self.ran = 1000.0

    def now(self) -> datetime:
        return self.at

    def seconds(self) -> float:
        return self.ran

    def pass_(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)
        self.ran += seconds


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def units() -> MemoryUnits:
    return MemoryUnits()


@pytest.fixture(scope="module")
def sandbox_url() -> Iterator[str]:
    """A sandbox for the tests of one module."""
    command = [sys.executable, "-m", "sandbox", "--port", "0", "--token", TOKEN]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().split()[-1]
        process.terminate()


@pytest.fixture
async def sandbox(sandbox_url: str) -> AsyncIterator[Sandbox]:
    """That sandbox, with nobody in it yet."""
    async with Sandbox.attached(sandbox_url) as sandbox:
        await sandbox.reset({})
        yield sandbox
        await sandbox.no_faults()
