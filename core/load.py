"""How much the store has on its hands: for whoever watches, never naming anybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Load:
    """Counts by state of what is not finished; finished rows are not counted, they are many.

    ``oldest_owed`` is when the oldest undelivered message was written, None when all are out.
    """

    inbox: Mapping[str, int] = field(default_factory=dict)
    outbox: Mapping[str, int] = field(default_factory=dict)
    oldest_owed: datetime | None = None
    oldest_waiting: datetime | None = None
    paused_lanes: int = 0
    open_legs: int = 0
