"""Quarters of the hour: until when what is not urgent waits for what comes due beside it."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

QUARTER = timedelta(minutes=15)


def quarter_end(at: datetime, zone: tzinfo) -> datetime:
    """The end of the quarter this falls into by the clock on the wall; itself where one ends."""
    local = at.astimezone(zone)
    past = timedelta(
        minutes=local.minute % 15, seconds=local.second, microseconds=local.microsecond
    )
    return at + QUARTER - past if past else at
