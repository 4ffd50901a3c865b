"""It concerns me too: a resident who stands by somebody else's call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Supporter:
    """One resident of one call; hears of its public steps (row 5)."""

    call_id: int
    account: int
    name: str
    since: datetime


class Supporters(Protocol):
    """Who stands by which call."""

    async def add(self, supporter: Supporter) -> bool:
        """Keep it; False when this person stood by this call before, and nothing changes."""

    async def remove(self, call_id: int, account: int) -> None:
        """No longer stands by it."""

    async def of_call(self, call_id: int) -> Sequence[Supporter]:
        """Everybody who stands by a call, the first first."""

    async def of_account(self, account: int, limit: int) -> Sequence[int]:
        """The calls somebody stands by, the newest first, by id."""
