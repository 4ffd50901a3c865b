"""People, groups, codes, conversations and postings in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from core.conversation import Conversation
from core.errors import AlreadyBound
from core.people import Binding, Footing, Officer, OneTimeCode, Post, Resident
from core.posting import Posting, Purpose
from storage.memory.tables import Tables


@dataclass
class MemoryPeople:
    tables: Tables

    async def resident(self, account: int) -> Resident | None:
        return self.tables.residents.get(account)

    async def save_resident(self, resident: Resident) -> None:
        self.tables.residents[resident.account] = resident

    async def posts_of(self, account: int) -> Sequence[Officer]:
        return [post for post in self.tables.officers.values() if post.account == account]

    async def officers_of(self, agency: str) -> Sequence[Officer]:
        there = [post for post in self.tables.officers.values() if post.agency == agency]
        return sorted(there, key=lambda post: (post.turn == 0, post.turn))

    async def holding(self, post: Post) -> Sequence[Officer]:
        return [one for one in self.tables.officers.values() if one.post is post]

    async def save_officer(self, officer: Officer) -> None:
        self.tables.officers[officer.account, officer.agency] = officer

    async def remove_officer(self, account: int, agency: str) -> None:
        self.tables.officers.pop((account, agency), None)


@dataclass
class MemoryGroups:
    tables: Tables

    async def of_agency(self, agency: str) -> Binding | None:
        return self.tables.groups.get(agency)

    async def at_chat(self, chat: int) -> Binding | None:
        return next(iter(self.tables.groups.having("chat", chat)), None)

    async def bound_agencies(self) -> frozenset[str]:
        return cast("frozenset[str]", self.tables.groups.by("in_force").values())

    async def in_force(self) -> Sequence[tuple[Binding, Footing | None]]:
        bound = sorted(self.tables.groups.values(), key=lambda one: one.agency)
        return [(one, self.tables.footings.get(one.chat)) for one in bound if not one.suspended]

    async def save(self, binding: Binding) -> None:
        there = await self.at_chat(binding.chat)
        if there is not None and there.agency != binding.agency:
            raise AlreadyBound(agency=there.agency)
        self.tables.groups[binding.agency] = binding

    async def remove(self, agency: str) -> None:
        self.tables.groups.pop(agency, None)

    async def move(self, old: int, new: int) -> bool:
        moved = [
            await self._move_binding(old, new),
            self._move_pause(old, new),
            self._move_footing(old, new),
            self._lose_postings(old),
            self._move_owed(old, new),
        ]
        return any(moved)

    async def footing(self, chat: int) -> Footing | None:
        return self.tables.footings.get(chat)

    async def save_footing(self, footing: Footing) -> None:
        self.tables.footings[footing.chat] = footing

    async def save_code(self, code: OneTimeCode) -> None:
        self.tables.codes[code.code] = code

    async def code(self, code: str) -> OneTimeCode | None:
        return self.tables.codes.get(code)

    async def _move_binding(self, old: int, new: int) -> bool:
        binding = await self.at_chat(old)
        if binding is None:
            return False
        del self.tables.groups[binding.agency]
        if await self.at_chat(new) is None:
            self.tables.groups[binding.agency] = replace(binding, chat=new)
        return True

    def _move_pause(self, old: int, new: int) -> bool:
        pause = self.tables.pauses.pop(old, None)
        if pause is not None:
            self.tables.pauses.setdefault(new, pause)
        return pause is not None

    def _move_footing(self, old: int, new: int) -> bool:
        footing = self.tables.footings.pop(old, None)
        if footing is not None:
            self.tables.footings.setdefault(new, replace(footing, chat=new))
        return footing is not None

    def _lose_postings(self, old: int) -> bool:
        there = [p for p in self.tables.postings.values() if p.chat == old and not p.lost]
        for posting in there:
            self.tables.postings[old, posting.message] = replace(posting, lost=True)
        return bool(there)

    def _move_owed(self, old: int, new: int) -> bool:
        owed = [o for o in self.tables.outbox.values() if o.row.lane == old and not o.settled]
        for one in owed:
            payload = _readdressed(one.row.payload, old, new)
            row = replace(one.row, lane=new, payload=payload)
            self.tables.outbox[one.id] = replace(one, row=row)
        return bool(owed)


def _readdressed(payload: Mapping[str, Any], old: int, new: int) -> Mapping[str, Any]:
    if payload.get("params", {}).get("chat_id") != old:
        return payload
    return {**payload, "params": {**payload["params"], "chat_id": new}}


@dataclass
class MemoryConversations:
    tables: Tables

    async def get(self, account: int) -> Conversation | None:
        return self.tables.conversations.get(account)

    async def save(self, conversation: Conversation) -> None:
        self.tables.conversations[conversation.account] = conversation

    async def clear(self, account: int) -> None:
        self.tables.conversations.pop(account, None)

    async def forget_before(self, before: datetime) -> int:
        old = [c for c in self.tables.conversations.values() if c.touched_at < before]
        for conversation in old:
            del self.tables.conversations[conversation.account]
        return len(old)


@dataclass
class MemoryPostings:
    tables: Tables

    async def add(self, posting: Posting) -> None:
        self.tables.postings[posting.chat, posting.message] = posting

    async def find(self, chat: int, message: int) -> Posting | None:
        return self.tables.postings.get((chat, message))

    async def card(self, leg_id: int, chat: int) -> Posting | None:
        there = [posting for posting in await self.cards(leg_id) if posting.chat == chat]
        return there[-1] if there else None

    async def cards(self, leg_id: int) -> Sequence[Posting]:
        cards = [
            posting
            for posting in self.tables.postings.having("leg", leg_id)
            if posting.leg_id == leg_id and posting.purpose is Purpose.CARD and not posting.lost
        ]
        return sorted(cards, key=lambda posting: (posting.chat, posting.message))

    async def phone_task(self, leg_id: int, chat: int) -> Posting | None:
        about = (leg_id, chat, Purpose.PHONE_TASK, False)
        there = [
            posting
            for posting in self.tables.postings.having("leg", leg_id)
            if (posting.leg_id, posting.chat, posting.purpose, posting.lost) == about
        ]
        return there[-1] if there else None

    async def topic(self, leg_id: int, chat: int) -> int | None:
        there = [
            posting.message
            for posting in self.tables.postings.having("leg", leg_id)
            if (posting.leg_id, posting.chat) == (leg_id, chat)
            and posting.purpose is Purpose.TOPIC
            and not posting.lost
        ]
        return there[-1] if there else None

    async def lose_topic(self, chat: int, thread: int) -> Sequence[int]:
        there = [p for p in self.tables.postings.values() if (p.chat, p.thread) == (chat, thread)]
        for posting in there:
            await self.lose(chat, posting.message)
        return [p.leg_id for p in there if p.purpose is Purpose.CARD and not p.lost]

    async def of_leg(self, leg_id: int) -> Sequence[Posting]:
        every = self.tables.postings.having("leg", leg_id)
        return [one for one in every if one.purpose is not Purpose.TOPIC]

    async def nudge(self, leg_id: int, chat: int) -> Posting | None:
        there = [
            posting
            for posting in self.tables.postings.having("leg", leg_id)
            if (posting.leg_id, posting.chat) == (leg_id, chat)
            and posting.purpose is Purpose.NUDGE
            and not posting.lost
        ]
        return max(there, key=lambda posting: posting.message, default=None)

    async def lose(self, chat: int, message: int) -> None:
        posting = self.tables.postings.get((chat, message))
        if posting is not None:
            self.tables.postings[chat, message] = replace(posting, lost=True)
