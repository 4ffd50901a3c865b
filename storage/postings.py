"""Postings in their table: which message shows which leg."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, bindparam, select, text, update

from core.posting import Posting, Purpose
from storage.mapping import record_of, table, upsert, values_of
from storage.traffic import PostingRow
from storage.wire import Wire

_postings = table(PostingRow)
_ADD = upsert(_postings, "chat", "message")
_AT = (_postings.c.chat == bindparam("at"), _postings.c.message == bindparam("which"))
_FIND = select(_postings).where(*_AT)
_LOSE = update(_postings).where(*_AT).values(lost=True)
_CARDS = (
    select(_postings)
    .where(_postings.c.leg_id == bindparam("leg_id"), text("purpose = 'card' AND NOT lost"))
    .order_by(_postings.c.chat, _postings.c.message)
)
_CARD, _NUDGE, _PHONE_TASK = (
    select(_postings)
    .where(
        _postings.c.leg_id == bindparam("leg_id"),
        _postings.c.chat == bindparam("at"),
        text(f"purpose = '{purpose}' AND NOT lost"),  # spelled out, as the partial indexes are
    )
    .order_by(_postings.c.message.desc())
    .limit(1)
    for purpose in ("card", "nudge", "phone_task")
)
_TOPIC = select(_postings.c.message).where(
    _postings.c.leg_id == bindparam("leg_id"),
    _postings.c.chat == bindparam("at"),
    text("purpose = 'topic' AND NOT lost"),
)
_IN_TOPIC = (_postings.c.chat == bindparam("at"), _postings.c.thread == bindparam("which"))
_CARDS_OF_TOPIC = (
    select(_postings.c.leg_id)
    .where(*_IN_TOPIC, text("purpose = 'card' AND NOT lost"))
    .order_by(_postings.c.message)
)
# Rarely asked, so it has no index that every posting would have to keep.
_OF_LEG = select(_postings).where(
    _postings.c.leg_id == bindparam("leg_id"), text("purpose <> 'topic'")
)
_LOSE_TOPIC = update(_postings).where(*_IN_TOPIC).values(lost=True)


class SqlPostings:
    """The promises of ``core.ports.Postings``."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def add(self, posting: Posting) -> None:
        """Remember; the same (chat, message) again replaces."""
        await self._wire.run(_ADD, values_of(posting, purpose=posting.purpose.value))

    async def find(self, chat: int, message: int) -> Posting | None:
        """What this message is about."""
        return _maybe_posting(await self._wire.row(_FIND, {"at": chat, "which": message}))

    async def card(self, leg_id: int, chat: int) -> Posting | None:
        """The newest card of a leg in a chat, unless lost."""
        return _maybe_posting(await self._wire.row(_CARD, {"leg_id": leg_id, "at": chat}))

    async def cards(self, leg_id: int) -> Sequence[Posting]:
        """All cards of a leg that are not lost."""
        return [_posting(row) for row in await self._wire.rows(_CARDS, {"leg_id": leg_id})]

    async def of_leg(self, leg_id: int) -> Sequence[Posting]:
        """Every message that is about a leg, lost ones too; looks at all there are."""
        return [_posting(row) for row in await self._wire.rows(_OF_LEG, {"leg_id": leg_id})]

    async def nudge(self, leg_id: int, chat: int) -> Posting | None:
        """The newest reminder about a leg in a chat, unless lost."""
        return _maybe_posting(await self._wire.row(_NUDGE, {"leg_id": leg_id, "at": chat}))

    async def lose(self, chat: int, message: int) -> None:
        """The message is gone."""
        await self._wire.run(_LOSE, {"at": chat, "which": message})

    async def phone_task(self, leg_id: int, chat: int) -> Posting | None:
        """What is to be told by phone of this leg, as it stands there."""
        where = {"leg_id": leg_id, "at": chat}
        return _maybe_posting(await self._wire.row(_PHONE_TASK, where))

    async def topic(self, leg_id: int, chat: int) -> int | None:
        """The thread of the topic this leg has there, unless lost."""
        row = await self._wire.row(_TOPIC, {"leg_id": leg_id, "at": chat})
        return None if row is None else int(row.message)

    async def lose_topic(self, chat: int, thread: int) -> Sequence[int]:
        """The topic is gone with everything in it; the legs whose cards were there."""
        place = {"at": chat, "which": thread}
        legs = [row.leg_id for row in await self._wire.rows(_CARDS_OF_TOPIC, place)]
        await self._wire.run(_LOSE_TOPIC, place)
        return legs


def _maybe_posting(row: Row[Any] | None) -> Posting | None:
    return None if row is None else _posting(row)


def _posting(row: Row[Any]) -> Posting:
    return Posting(**record_of(row, purpose=Purpose(row.purpose)))
