"""Connections to PostgreSQL, kept by psycopg's pool and lent to one transaction after another."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from select import POLLIN, poll
from typing import Any

from psycopg import AsyncConnection, AsyncRawCursor, IsolationLevel
from psycopg_pool import AsyncConnectionPool
from sqlalchemy import URL

from storage.adapting import ours
from storage.server_errors import in_words_of_the_core

PATIENCE = 5.0  # for a connection, in seconds: as long as for any statement
AGAIN = 4.0  # so long the pool tries to connect by itself; whoever asks next has it try anew
PREPARED = 1000  # of each connection; there are some three hundred statements
Link = AsyncConnection[Any]


class Links:
    """At most so many at a time, opened when they are wanted; whoever wants one more waits.

    ``looks`` says that their transactions only look, each at one moment.
    """

    def __init__(self, address: URL, most: int, *, options: str, looks: bool = False) -> None:
        _, where = address.get_dialect()().create_connect_args(address)
        self._pool = AsyncConnectionPool(
            kwargs={**where, **_HOW, "context": ours(), "options": options},
            configure=_to_look if looks else _to_write,
            open=False,
            min_size=0,
            max_size=most,
            timeout=PATIENCE,
            reconnect_timeout=AGAIN,
        )

    @asynccontextmanager
    async def lent(self) -> AsyncIterator[Link]:
        """A connection for as long as this lasts, in no transaction; ``StoreLost``."""
        with in_words_of_the_core("connect"):
            await self._pool.open()
            link = await self._one()
        try:
            yield link
        finally:
            await self._pool.putconn(link)

    async def close(self) -> None:
        """Let go of those that nobody has now, and of the others as they come back."""
        await self._pool.close()

    async def _one(self) -> Link:
        """One whose server is still there.

        The pool's own ``check`` would wait a second for the first that was let go of, two for the
        next, and so on.
        """
        while True:
            link = await self._pool.getconn()
            if _still_there(link):
                return link
            await link.close()
            await self._pool.putconn(link)


_HOW: dict[str, Any] = {
    "autocommit": True,  # transactions are begun by hand
    "cursor_factory": AsyncRawCursor,  # values are $1, $2: nothing is to be looked for
    "prepare_threshold": 0,
}


def _still_there(link: Link) -> bool:
    """Nothing is ever said on an idle connection but that it ends: no question is needed."""
    ear = poll()
    ear.register(link.fileno(), POLLIN)
    return not ear.poll(0)


async def _to_write(link: Link) -> None:
    link.prepared_max = PREPARED


async def _to_look(link: Link) -> None:
    link.prepared_max = PREPARED
    await link.set_isolation_level(IsolationLevel.REPEATABLE_READ)
    await link.set_read_only(True)
