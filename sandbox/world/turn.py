"""Whose turn it is to poll for updates, as Telegram keeps two pollers apart."""

from __future__ import annotations

import time
from dataclasses import dataclass

AGAIN_WITHIN = 0.5
CONFLICT_PAUSE = 3.0


@dataclass(slots=True)
class Turn:
    """Whose turn it is to poll: a later poller takes it from an earlier one."""

    number: int = 0
    last_offset: int = 0
    last_start: float = -1.0
    next_conflict: float = 0.0

    def take(self) -> int:
        """Become the one poller."""
        self.number += 1
        return self.number

    def forget(self) -> None:
        """The next offset is the first."""
        self.last_start = -1.0

    def again(self, offset: int) -> bool:
        """Whether the same offset came again within half a second (one update at a time then)."""
        now = time.monotonic()
        repeated = offset == self.last_offset and now < self.last_start + AGAIN_WITHIN
        self.last_offset, self.last_start = offset, now
        return repeated

    def conflict_in(self) -> float:
        """Seconds to hold a conflict back, so that two pollers do not spin."""
        now = time.monotonic()
        due = max(self.next_conflict, now)
        self.next_conflict = due + CONFLICT_PAUSE
        return due - now
