"""Who else works on the same store."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Protocol


class Neighbours(Protocol):
    """Other processes at work on the same store; what is told may be missed."""

    async def tell(self, name: str) -> None:
        """Have every other process hear this name soon."""

    def heard(self) -> AsyncIterator[str | None]:
        """The names others tell; ``None`` first, once we listen: what was before was missed."""
