"""Channels in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.channel import Channel
from storage.memory.tables import Tables


@dataclass
class MemoryChannels:
    tables: Tables

    async def known(self) -> Sequence[Channel]:
        return sorted(self.tables.channels.values(), key=lambda one: one.chat)

    async def bound(self) -> Channel | None:
        return next((one for one in await self.known() if one.bound_at is not None), None)

    async def save(self, channel: Channel) -> None:
        self.tables.channels[channel.chat] = channel

    async def remove(self, chat: int) -> None:
        self.tables.channels.pop(chat, None)
