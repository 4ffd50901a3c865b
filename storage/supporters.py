"""Supporters in their table: one a call and person."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from core.supporter import Supporter
from storage.mapping import record_of, table, values_of
from storage.tables import SupporterRow
from storage.wire import Wire

_supporters = table(SupporterRow)
_ADD = insert(_supporters).on_conflict_do_nothing(index_elements=["call_id", "account"])
_REMOVE = delete(_supporters).where(
    _supporters.c.call_id == bindparam("call"), _supporters.c.account == bindparam("who")
)
_OF_CALL = (
    select(*(column for column in _supporters.c if column.name != "id"))
    .where(_supporters.c.call_id == bindparam("call"))
    .order_by(_supporters.c.id)
)
_OF_ACCOUNT = (
    select(_supporters.c.call_id)
    .where(_supporters.c.account == bindparam("who"))
    .order_by(_supporters.c.id.desc())
    .limit(bindparam("limit"))
)


class SqlSupporters:
    """The promises of ``core.supporter.Supporters``."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def add(self, supporter: Supporter) -> bool:
        """Keep it; False when this person stood by this call before, and nothing changes."""
        return await self._wire.run(_ADD, values_of(supporter)) == 1

    async def remove(self, call_id: int, account: int) -> None:
        """No longer stands by it."""
        await self._wire.run(_REMOVE, {"call": call_id, "who": account})

    async def of_call(self, call_id: int) -> Sequence[Supporter]:
        """Everybody who stands by a call, the first first."""
        rows = await self._wire.rows(_OF_CALL, {"call": call_id})
        return [Supporter(**record_of(row)) for row in rows]

    async def of_account(self, account: int, limit: int) -> Sequence[int]:
        """The calls somebody stands by, the newest first, by id."""
        rows = await self._wire.rows(_OF_ACCOUNT, {"who": account, "limit": limit})
        return [row[0] for row in rows]
