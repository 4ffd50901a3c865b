"""What is wrong around the service: its line to Telegram, the clock and the disk, as findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.health import Finding, Ill

SKEW = timedelta(seconds=30)
LEAST_FREE = 1 << 30
MANY_WAITING = 200
RECENT = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Outside:
    """What Telegram and the machine said; None where nobody could ask.

    ``hook`` is the host that gets updates pushed, empty for none; ``wanted`` the settings' one.
    ``skew`` is how far our clock is ahead of Telegram's; ``free`` are bytes.
    """

    reached: bool = True
    known: bool = True
    joins: bool = True
    hook: str | None = None
    wanted: str = ""
    pending: int = 0
    error: str = ""
    failed_at: datetime | None = None
    skew: timedelta | None = None
    free: int | None = None


def around(seen: Outside, now: datetime) -> tuple[Finding, ...]:
    """Everything found, what is grave first."""
    found = [*_line(seen, now), *_machine(seen)]
    return tuple(sorted(found, key=lambda one: not one.grave))


def _line(seen: Outside, now: datetime) -> Iterator[Finding]:
    if not seen.known:
        yield Finding(Ill.TOKEN_REFUSED)
    elif not seen.reached:
        yield Finding(Ill.OUT_OF_REACH)
    if not seen.joins:
        yield Finding(Ill.JOINS_NOTHING)
    if seen.hook and not seen.wanted:
        yield Finding(Ill.HOOK_IN_THE_WAY)
    elif seen.hook is not None and seen.hook != seen.wanted:
        yield Finding(Ill.HOOK_MISSING)
    elif seen.error and seen.failed_at and now - seen.failed_at < RECENT:
        yield Finding(Ill.HOOK_FAILING, since=seen.failed_at)
    if seen.pending > MANY_WAITING:
        yield Finding(Ill.PILED_UP, count=seen.pending)


def _machine(seen: Outside) -> Iterator[Finding]:
    if seen.skew is not None and abs(seen.skew) > SKEW:
        yield Finding(Ill.CLOCK_WRONG, count=round(abs(seen.skew).total_seconds()))
    if seen.free is not None and seen.free < LEAST_FREE:
        yield Finding(Ill.DISK_FULL, count=seen.free >> 20)
