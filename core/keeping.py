"""What a store must do to forget by age: count, and take away some rows at a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

Before = Mapping[str, datetime]


class Retiring(Protocol):
    """Rows that are older than they may be; ``before`` names kinds and instants."""

    async def due(self, before: Before) -> Mapping[str, int]:
        """How many of each kind would go."""

    async def remove(self, before: Before, most: int) -> Mapping[str, int]:
        """Take so many of each kind but calls away; how many went."""

    async def calls(self, before: datetime, most: int) -> tuple[int, ...]:
        """Closed calls that still hold words, the oldest first."""
