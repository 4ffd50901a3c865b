"""How far something has come that must happen once for every moment, whoever does it."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Marks(Protocol):
    """Named moments that only go forward."""

    async def reach(self, name: str, at: datetime) -> bool:
        """Move the mark on to ``at``; False when it stands there, or further on, already."""
