"""Residents and officers in their tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, bindparam, delete, select

from core.people import Officer, Post, Resident
from core.records import made
from storage.known import Known
from storage.mapping import record_of, table, upsert, values_of
from storage.tables import OfficerRow, ResidentRow
from storage.wire import Wire

_residents, _officers = table(ResidentRow), table(OfficerRow)
_RESIDENT = select(_residents).where(_residents.c.account == bindparam("account"))
_SAVE_RESIDENT = upsert(_residents, "account")
OFFICERS = select(*(column for column in _officers.c if column.name != "id")).order_by(
    _officers.c.turn == 0, _officers.c.turn, _officers.c.id
)
_POSTS_OF = OFFICERS.where(_officers.c.account == bindparam("account"))
_OFFICERS_OF = OFFICERS.where(_officers.c.agency == bindparam("agency"))
_HOLDING = OFFICERS.where(_officers.c.post == bindparam("post"))
_SAVE_OFFICER = upsert(_officers, "account", "agency", fixed=("id",))
_REMOVE = delete(_officers).where(
    _officers.c.account == bindparam("account"), _officers.c.agency == bindparam("agency")
)


class SqlPeople:
    """The promises of ``core.ports.People``."""

    def __init__(self, wire: Wire, known: Known | None = None) -> None:
        self._wire, self._known = wire, known or Known()

    async def resident(self, account: int) -> Resident | None:
        """Who this is, if they ever spoke to the bot."""
        if account in self._known.residents:
            return self._known.residents[account]
        row = await self._wire.row(_RESIDENT, {"account": account})
        return None if row is None else resident_of(row)

    async def save_resident(self, resident: Resident) -> None:
        """Keep or replace."""
        self._known.residents.pop(resident.account, None)
        await self._wire.run(_SAVE_RESIDENT, values_of(resident))

    async def posts_of(self, account: int) -> Sequence[Officer]:
        """Every agency this person acts for."""
        if account in self._known.posts:
            return self._known.posts[account]
        return [officer_of(row) for row in await self._wire.rows(_POSTS_OF, {"account": account})]

    async def officers_of(self, agency: str) -> Sequence[Officer]:
        """Everybody who acts for this agency, in order of joining."""
        return [officer_of(row) for row in await self._wire.rows(_OFFICERS_OF, {"agency": agency})]

    async def holding(self, post: Post) -> Sequence[Officer]:
        """Everybody of this post, whatever the agency."""
        return [officer_of(row) for row in await self._wire.rows(_HOLDING, {"post": post.value})]

    async def save_officer(self, officer: Officer) -> None:
        """Keep or replace (account, agency); the order of joining stays."""
        self._known.posts.pop(officer.account, None)
        await self._wire.run(_SAVE_OFFICER, values_of(officer, post=officer.post.value))

    async def remove_officer(self, account: int, agency: str) -> None:
        """No longer acts for it."""
        self._known.posts.pop(account, None)
        await self._wire.run(_REMOVE, {"account": account, "agency": agency})


def resident_of(row: Row[Any]) -> Resident:
    """The resident a whole row holds."""
    return made(Resident, record_of(row))


def officer_of(row: Row[Any]) -> Officer:
    """The officer a row holds."""
    return Officer(**record_of(row, post=Post(row.post)))
