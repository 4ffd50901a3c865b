"""Answers go before notices, notices before digests, and still nobody waits for ever.

Of whatever is sent, one in four goes to whoever has waited longest, once that is half a minute.
By age alone it would be everybody's after a bad morning, and no answer would come before it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

ONE_IN = 4
LONG = timedelta(seconds=30)


class Courtesy:
    """Counts claims, and says when to look at age before rank."""

    def __init__(self) -> None:
        self._claimed = 0

    def asks(self, now: datetime) -> datetime | None:
        """Whoever has been owed something since then may go first; None when it is ranks' turn."""
        return now - LONG if self._claimed >= ONE_IN - 1 else None

    def claimed(self, rows: int) -> None:
        """So many were claimed after that was asked."""
        self._claimed = 0 if self._claimed >= ONE_IN - 1 else self._claimed + rows
