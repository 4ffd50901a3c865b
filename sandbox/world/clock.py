"""The sandbox's clock: the machine's, moved by as many seconds as somebody asked for."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from sandbox.world.bell import Bell


def iso(moment: float) -> str:
    """A moment (seconds since 1970) as ISO 8601 in UTC."""
    return datetime.fromtimestamp(moment, UTC).isoformat()


class Clock:
    """The only reader of the machine's clock; message dates, expiry and limits ask it."""

    def __init__(self) -> None:
        self.offset = 0.0
        self.moved = Bell()  # wakes those who wait for a moment, to look again

    def now(self) -> float:
        """Seconds since 1970, as the sandbox has it."""
        return time.time() + self.offset

    def date(self) -> int:
        """Now in whole seconds, as Telegram dates things."""
        return int(self.now())

    def forward(self, seconds: float) -> None:
        """Move the clock; a negative number moves it back."""
        self.offset += seconds
        self.moved.ring()

    def set_to(self, moment: float) -> None:
        """Make it that moment now."""
        self.forward(moment - self.now())

    def reset(self) -> None:
        """Follow the machine's clock again."""
        self.offset = 0.0
        self.moved.ring()
