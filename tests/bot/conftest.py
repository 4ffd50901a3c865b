"""What the tests of the road share: a clock that stands still, a store in memory."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.fakes import MemoryUnits

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
