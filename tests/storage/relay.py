"""Stands between us and a server, and lets nothing through while it is ``silent``."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from sqlalchemy import URL, make_url


@dataclass
class Relay:
    """Whoever connects while it is silent is taken, and never hears a word."""

    behind: URL
    silent: bool = False
    url: str = ""
    left: list[asyncio.StreamWriter] = field(default_factory=list)

    async def takes(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass everything on in both directions, until either side ends it."""
        self.left.append(writer)
        if self.silent:
            return
        there, back = await self._beyond()
        async with asyncio.TaskGroup() as both:
            both.create_task(_passed(reader, back))
            both.create_task(_passed(there, writer))

    async def _beyond(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        host = self.behind.host or str(self.behind.query["host"])
        port = self.behind.port or 5432
        if host.startswith("/"):
            return await asyncio.open_unix_connection(f"{host}/.s.PGSQL.{port}")
        return await asyncio.open_connection(host, port)


@asynccontextmanager
async def relayed(url: str) -> AsyncIterator[Relay]:
    """A relay on loopback before the server of this URL."""
    relay = Relay(make_url(url))
    server = await asyncio.start_server(relay.takes, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    near = relay.behind.difference_update_query(["host", "port"]).set(host=host, port=port)
    relay.url = near.render_as_string(hide_password=False)
    try:
        yield relay
    finally:
        server.close()
        for writer in relay.left:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()


async def _passed(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while some := await source.read(65_536):
            target.write(some)
    target.close()
