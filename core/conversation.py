"""Where somebody is in a guided conversation: kept with everything else, so a restart resumes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Conversation:
    """``token`` grows with every screen shown: a button carries the token it was drawn with.

    ``draft`` holds plain JSON values; ``draft_id`` is made at the start and names the one act
    at the end.
    """

    account: int
    flow: str
    step: str
    draft_id: str
    token: int
    touched_at: datetime
    draft: Mapping[str, Any] = field(default_factory=dict)
    trail: tuple[str, ...] = ()


class Conversations(Protocol):
    """One conversation a person at most."""

    async def get(self, account: int) -> Conversation | None:
        """The conversation somebody is in, if any."""

    async def save(self, conversation: Conversation) -> None:
        """Keep it, in place of whatever was there."""

    async def clear(self, account: int) -> None:
        """Forget it; nothing happens where there is none."""

    async def forget_before(self, before: datetime) -> int:
        """Forget those untouched since ``before``; how many."""
