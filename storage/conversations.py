"""Conversations in their table: one a person."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, select

from core.conversation import Conversation
from storage.mapping import record_of, table, upsert, values_of
from storage.traffic import ConversationRow
from storage.wire import Wire

_conversations = table(ConversationRow)
_GET = select(_conversations).where(_conversations.c.account == bindparam("account"))
_SAVE = upsert(_conversations, "account")
_CLEAR = delete(_conversations).where(_conversations.c.account == bindparam("account"))
_FORGET = delete(_conversations).where(_conversations.c.touched_at < bindparam("before"))


class SqlConversations:
    """The promises of ``core.conversation.Conversations``."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def get(self, account: int) -> Conversation | None:
        """The conversation somebody is in, if any."""
        row = await self._wire.row(_GET, {"account": account})
        return None if row is None else Conversation(**record_of(row, trail=tuple(row.trail)))

    async def save(self, conversation: Conversation) -> None:
        """Keep it, in place of whatever was there."""
        draft, trail = dict(conversation.draft), list(conversation.trail)
        await self._wire.run(_SAVE, values_of(conversation, draft=draft, trail=trail))

    async def clear(self, account: int) -> None:
        """Forget it; nothing happens where there is none."""
        await self._wire.run(_CLEAR, {"account": account})

    async def forget_before(self, before: datetime) -> int:
        """Forget those untouched since ``before``; how many."""
        return await self._wire.run(_FORGET, {"before": before})
