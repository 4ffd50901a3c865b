"""Other processes on the same PostgreSQL server, told and heard by NOTIFY and LISTEN."""

from __future__ import annotations

from collections.abc import AsyncIterator
from secrets import token_hex

from psycopg import AsyncConnection, OperationalError
from sqlalchemy import URL

from core.errors import StoreLost
from storage.links import Links
from storage.server_errors import in_words_of_the_core

CHANNEL = NAME = "huying"  # a restore asks the server whether any of that name is at work
TELL = "SELECT pg_notify($1, $2)"


class PostgresNeighbours:
    """The promises of ``core.neighbours.Neighbours``.

    Listening has a connection of its own, which no pool takes back; telling commits at once and
    by itself, as a NOTIFY inside a transaction makes all commits of a server wait in a row.
    """

    def __init__(self, address: URL, links: Links) -> None:
        self._address = address
        self._links = links
        self._me = token_hex(8)

    async def tell(self, name: str) -> None:
        """Have every other process hear this name soon."""
        async with self._links.lent() as link:
            with in_words_of_the_core("tell"):
                await link.execute(TELL, (CHANNEL, f"{self._me} {name}"))

    async def heard(self) -> AsyncIterator[str | None]:
        """The names others tell; ``None`` first, once we listen: what was before was missed."""
        plain = self._address.set(drivername="postgresql").render_as_string(hide_password=False)
        try:
            async with await AsyncConnection.connect(
                plain, autocommit=True, application_name=NAME
            ) as connection:
                await connection.execute(f"LISTEN {CHANNEL}")
                yield None
                async for each in connection.notifies():
                    who, _, name = each.payload.partition(" ")
                    if who != self._me:
                        yield name
        except OperationalError as error:
            raise StoreLost from error
