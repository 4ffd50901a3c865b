"""Times of day in a cell: 09:00-12:00."""

from __future__ import annotations

import re
from datetime import time

SESSION = re.compile(r"(\d{1,2}:\d\d)[-~–—至到](\d{1,2}:\d\d)")


def session(said: str) -> tuple[time, time] | None:
    """From when until when, in either order (24:00 is 0:00); None where it is no such thing."""
    found = SESSION.fullmatch(said)
    times = [_time(part) for part in found.groups()] if found else [None]
    if None in times:
        return None
    opens, closes = (one or time() for one in times)
    return opens, closes


def _time(said: str) -> time | None:
    hour, minute = map(int, said.split(":"))
    if (hour, minute) == (24, 0):
        return time()
    return time(hour, minute) if hour < 24 and minute < 60 else None
