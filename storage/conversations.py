"""Conversations in their table: one a person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, select

from core.conversation import Conversation
from core.records import made
from storage.known import Known
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

    def __init__(self, wire: Wire, known: Known | None = None) -> None:
        self._wire, self._known = wire, known or Known()

    async def get(self, account: int) -> Conversation | None:
        """The conversation somebody is in, if any."""
        if account in self._known.talks:
            return self._known.talks[account]
        row = await self._wire.row(_GET, {"account": account})
        return None if row is None else conversation_of(row)

    async def save(self, conversation: Conversation) -> None:
        """Keep it, in place of whatever was there."""
        self._known.talks.pop(conversation.account, None)
        draft, trail = dict(conversation.draft), list(conversation.trail)
        await self._wire.run(_SAVE, values_of(conversation, draft=draft, trail=trail))

    async def clear(self, account: int) -> None:
        """Forget it; nothing happens where there is none."""
        self._known.talks.pop(account, None)
        await self._wire.run(_CLEAR, {"account": account})

    async def forget_before(self, before: datetime) -> int:
        """Forget those untouched since ``before``; how many."""
        self._known.talks.clear()
        return await self._wire.run(_FORGET, {"before": before})


def conversation_of(row: Row[Any]) -> Conversation:
    """The conversation a whole row holds."""
    return made(Conversation, record_of(row, trail=tuple(row.trail)))
