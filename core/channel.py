"""The channel in which the public is told how it goes: which one it is, and how often.

Telegram alone says that the bot administers a channel; an administrator's word makes it the
district's. At most one is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Every(StrEnum):
    """How often the digest (公开简报) comes."""

    OFF = "off"
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel whose administrators include the bot; ``posts`` is whether it may write there.

    ``bound_at`` is None for one that is not the district's.
    """

    chat: int
    title: str
    posts: bool = True
    every: Every = Every.OFF
    bound_at: datetime | None = None


class Channels(Protocol):
    """Channels by their chat."""

    async def known(self) -> Sequence[Channel]:
        """All of them, by chat."""

    async def bound(self) -> Channel | None:
        """The district's, if it has one."""

    async def save(self, channel: Channel) -> None:
        """Keep or replace."""

    async def remove(self, chat: int) -> None:
        """Forget it; one nobody knows is forgotten already."""
