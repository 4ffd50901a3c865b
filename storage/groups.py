"""Bindings of groups and one-time codes in their tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, select

from core.errors import AlreadyBound
from core.people import Binding, CodePurpose, Footing, OneTimeCode, Post
from storage.known import Known
from storage.mapping import record_of, table, upsert, values_of
from storage.moving import move_group
from storage.tables import CodeRow, FootingRow, GroupRow
from storage.wire import Wire

_groups, _codes, _footings = table(GroupRow), table(CodeRow), table(FootingRow)
_OF_AGENCY = select(_groups).where(_groups.c.agency == bindparam("agency"))
_AT_CHAT = select(_groups).where(_groups.c.chat == bindparam("chat"))
_APART = "\x1f"  # a district has hundreds of groups: one row of all costs a fiftieth of a row each
_BOUND = select(func.aggregate_strings(_groups.c.agency, _APART).label("agencies")).where(
    _groups.c.suspended.is_(False)
)
_SAVE = upsert(_groups, "agency")
_REMOVE = delete(_groups).where(_groups.c.agency == bindparam("agency"))
_FOOTING = select(_footings).where(_footings.c.chat == bindparam("chat"))
_SAVE_FOOTING = upsert(_footings, "chat")
_FOOTINGS = select(_footings)
_IN_FORCE = select(_groups).where(_groups.c.suspended.is_(False)).order_by(_groups.c.agency)
_CODE = select(_codes).where(_codes.c.code == bindparam("code"))
_SAVE_CODE = upsert(_codes, "code")


class SqlGroups:
    """The promises of ``core.ports.Groups``."""

    def __init__(self, wire: Wire, known: Known | None = None) -> None:
        self._wire, self._known = wire, known or Known()

    async def of_agency(self, agency: str) -> Binding | None:
        """Where an agency answers, suspended or not."""
        if agency in self._known.bindings:
            return self._known.bindings[agency]
        row = await self._wire.row(_OF_AGENCY, {"agency": agency})
        return self._known.bindings.setdefault(agency, _maybe_binding(row))

    async def at_chat(self, chat: int) -> Binding | None:
        """Which agency answers in this chat, suspended or not."""
        if chat not in self._known.chats:
            row = await self._wire.row(_AT_CHAT, {"chat": chat})
            self._known.chats[chat] = _maybe_binding(row)
        return self._known.chats[chat]

    async def bound_agencies(self) -> frozenset[str]:
        """Codes of all agencies with a group in force (not suspended)."""
        if self._known.bound is None:
            row = await self._wire.row(_BOUND)
            codes = row.agencies.split(_APART) if row and row.agencies else ()
            self._known.bound = frozenset(codes)
        return self._known.bound

    async def in_force(self) -> Sequence[tuple[Binding, Footing | None]]:
        """All bindings that are not suspended, and what the bot may do there; by agency."""
        told = await self._wire.rows(_FOOTINGS)
        standing = {row.chat: Footing(**record_of(row)) for row in told}
        bound = [binding_of(row) for row in await self._wire.rows(_IN_FORCE)]
        return [(binding, standing.get(binding.chat)) for binding in bound]

    async def save(self, binding: Binding) -> None:
        """Bind; replaces the agency's earlier binding. ``AlreadyBound`` if another's chat."""
        there = _maybe_binding(await self._wire.row(_AT_CHAT, {"chat": binding.chat}))
        if there is not None and there.agency != binding.agency:
            raise AlreadyBound(agency=there.agency)
        self._known.forget_groups()
        await self._wire.run(_SAVE, values_of(binding))

    async def remove(self, agency: str) -> None:
        """Unbind."""
        self._known.forget_groups()
        await self._wire.run(_REMOVE, {"agency": agency})

    async def footing(self, chat: int) -> Footing | None:
        """What the bot may do there; None where Telegram never said."""
        row = await self._wire.row(_FOOTING, {"chat": chat})
        return None if row is None else Footing(**record_of(row))

    async def save_footing(self, footing: Footing) -> None:
        """Keep or replace."""
        await self._wire.run(_SAVE_FOOTING, values_of(footing))

    async def move(self, old: int, new: int) -> bool:
        """A group became a supergroup; False when nothing was left at the old id."""
        self._known.forget_groups()
        return await move_group(self._wire, old, new)

    async def save_code(self, code: OneTimeCode) -> None:
        """Keep a new code, or the use of one."""
        values = values_of(code, purpose=code.purpose.value, post=code.post.value)
        await self._wire.run(_SAVE_CODE, values)

    async def code(self, code: str) -> OneTimeCode | None:
        """The code as issued, used or not."""
        row = await self._wire.row(_CODE, {"code": code})
        return None if row is None else _code(row)


def binding_of(row: Row[Any]) -> Binding:
    """The binding a whole row holds."""
    return Binding(**record_of(row))


def _maybe_binding(row: Row[Any] | None) -> Binding | None:
    return None if row is None else binding_of(row)


def _code(row: Row[Any]) -> OneTimeCode:
    fields = record_of(row, purpose=CodePurpose(row.purpose), post=Post(row.post))
    return OneTimeCode(**fields)
