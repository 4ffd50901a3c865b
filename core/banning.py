"""A resident who misuses the service may raise nothing for some days, and may appeal (S13)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Ban:
    """Who, by whom, until when and why; it ends by itself, or when somebody lifts it."""

    account: int
    by: int
    by_name: str
    at: datetime
    until: datetime
    reason: str
    lifted_at: datetime | None = None
    appeal: str = ""
    id: int = 0

    def holds(self, now: datetime) -> bool:
        """Whether it is in force."""
        return self.lifted_at is None and now < self.until


class Bans(Protocol):
    """Every ban there was."""

    async def add(self, ban: Ban) -> Ban:
        """Keep it; gives it back with its id."""

    async def save(self, ban: Ban) -> None:
        """Keep that it was lifted, or what was said against it."""

    async def get(self, ban_id: int) -> Ban:
        """The ban, or ``NotFound``."""

    async def of(self, account: int) -> Sequence[Ban]:
        """Somebody's bans, the newest first."""
