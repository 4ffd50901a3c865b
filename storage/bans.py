"""Bans in their table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from core.banning import Ban
from core.errors import NotFound
from storage.mapping import record_of, table, values_of
from storage.tables_office import BanRow
from storage.wire import Wire

_bans = table(BanRow)
_ADD = insert(_bans).returning(_bans.c.id)
_GET = select(_bans).where(_bans.c.id == bindparam("id"))
_OF = select(_bans).where(_bans.c.account == bindparam("who")).order_by(_bans.c.id.desc())
_SAVE = (
    update(_bans)
    .where(_bans.c.id == bindparam("which"))
    .values(lifted_at=bindparam("lifted_at"), appeal=bindparam("appeal"))
)


class SqlBans:
    """The promises of ``core.banning.Bans``."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def add(self, ban: Ban) -> Ban:
        """Keep it; gives it back with its id."""
        values = {name: value for name, value in values_of(ban).items() if name != "id"}
        row = await self._wire.row(_ADD, values)
        assert row is not None  # noqa: S101 - an insert always returns its row
        return replace(ban, id=row.id)

    async def save(self, ban: Ban) -> None:
        """Keep that it was lifted, or what was said against it."""
        said: dict[str, Any] = {"lifted_at": ban.lifted_at, "appeal": ban.appeal}
        await self._wire.run(_SAVE, {"which": ban.id, **said})

    async def get(self, ban_id: int) -> Ban:
        """The ban, or ``NotFound``."""
        row = await self._wire.row(_GET, {"id": ban_id})
        if row is None:
            raise NotFound(ban=ban_id)
        return Ban(**record_of(row))

    async def of(self, account: int) -> Sequence[Ban]:
        """Somebody's bans, the newest first."""
        return [Ban(**record_of(row)) for row in await self._wire.rows(_OF, {"who": account})]
