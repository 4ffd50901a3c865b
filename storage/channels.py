"""Channels in their table."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, select

from core.channel import Channel, Every
from storage.mapping import record_of, table, upsert, values_of
from storage.tables_office import ChannelRow
from storage.wire import Wire

_channels = table(ChannelRow)
_SAVE = upsert(_channels, "chat")
_KNOWN = select(_channels).order_by(_channels.c.chat)
_REMOVE = delete(_channels).where(_channels.c.chat == bindparam("which"))


class SqlChannels:
    """The promises of ``core.channel.Channels``."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def known(self) -> Sequence[Channel]:
        """All of them, by chat."""
        rows = await self._wire.rows(_KNOWN, {})
        return [Channel(**record_of(row, every=Every(row.every))) for row in rows]

    async def bound(self) -> Channel | None:
        """The district's, if it has one."""
        return next((one for one in await self.known() if one.bound_at is not None), None)

    async def save(self, channel: Channel) -> None:
        """Keep or replace."""
        await self._wire.run(_SAVE, values_of(channel, every=channel.every.value))

    async def remove(self, chat: int) -> None:
        """Forget it."""
        await self._wire.run(_REMOVE, {"which": chat})
