"""What follows from what Telegram answers: lost chats, moved groups, topics, pins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.delivery.settling import Consequences
from bot.screens import channel, silence, topics
from bot.screens.easel import Easel
from bot.screens.saying import message_row
from bot.screens.studio import Studio
from core.desk import Desk
from core.outgoing import Kind, OutboxRow, Outgoing
from core.people import Binding
from core.ports import Work
from core.posting import Posting

MUTED = ("not enough rights", "have no rights", "chat_write_forbidden", "chat_restricted")
NO_FORUM = "not a forum"
PINNING = frozenset({"pinChatMessage", "unpinChatMessage"})


@dataclass(frozen=True)
class Aftermath:
    """Everything that follows, in the transaction in which the answer is written down."""

    studio: Studio
    clock: Callable[[], datetime]
    administrators: frozenset[int]

    @property
    def easel(self) -> Easel:
        """What every drawing needs, under the rules in force."""
        return self.studio.easel

    def consequences(self) -> Consequences:
        """For the courier."""
        return Consequences(self.unreachable, self.moved, self.astray, self.unable, self.posted)

    async def unreachable(self, row: OutboxRow, error: str, work: Work) -> None:
        """Somebody blocked us; or a group threw us out or muted us, of which others hear.

        What a caller should have read is for their agency to say by phone.
        """
        chat, desk = row.lane, self._desk(work)
        if chat > 0:
            if row.kind is Kind.NOTICE:
                await desk.undelivered(chat, row.payload["entry"], now=self.clock())
            await desk.unreachable(chat, now=self.clock())
            return
        now = self.clock()
        if any(words in error.lower() for words in MUTED):
            found, tells = await desk.mute_group(chat, now=now), silence.muted
        else:
            found, tells = await desk.lose_group(chat, now=now), silence.gone
        told = tells(found, self.administrators, self.easel) if found else ()
        await self._say(work, *(_said(to, words) for to, words in told))
        if lost := await desk.channel_lost(chat, now=now):
            words = channel.lost(lost)
            await self._say(work, *(_said(one, words) for one in sorted(self.administrators)))

    async def moved(self, old: int, new: int, work: Work) -> None:
        """A group became a supergroup."""
        await self._desk(work).group_moved(old, new, now=self.clock())

    async def astray(self, chat: int, thread: int, work: Work) -> None:
        """A topic was deleted: the group is told once, administrators once a day and group."""
        legs = await self._desk(work).topic_lost(chat, thread, now=self.clock())
        binding = await work.groups.at_chat(chat)
        if binding is None:
            return
        calls = [await work.calls.get((await work.legs.get(leg)).call_id) for leg in legs]
        words = topics.deleted(" ".join(call.number for call in calls))
        await self._say(work, _said(chat, words, once=f"topic-lost:{chat}:{thread}"))
        await self._alarm(binding, work)

    async def unable(self, chat: int, method: str, error: str, work: Work) -> None:
        """The bot may not do this there: it does without, and the group is told once."""
        desk = self._desk(work)
        if method in PINNING:
            await desk.refused_pins(chat)
            return
        forum = NO_FORUM not in error.lower()
        if await desk.refused_topics(chat, forum=forum):
            await self._say(work, _said(chat, topics.ended() if forum else topics.no_forum()))

    async def posted(self, row: OutboxRow, posting: Posting, work: Work) -> None:
        """The card in its topic, the board in its group: on top, where the bot may pin."""
        desk, now = self._desk(work), self.clock()
        if row.kind is Kind.BOARD:
            await desk.board_posted(posting.chat, posting.message, now=now)
        else:
            await desk.posted(posting, now=now)

    async def _alarm(self, binding: Binding, work: Work) -> None:
        words = topics.deleted_somewhere(self.easel.name_of(binding.agency), binding)
        day = self.clock().astimezone(self.easel.zone).date()
        once = f"topics-lost:{binding.chat}:{day}"
        rows = (_said(one, words, once=f"{once}:{one}") for one in sorted(self.administrators))
        await self._say(work, *rows)

    async def _say(self, work: Work, *rows: Outgoing) -> None:
        await work.outbox.put(*rows, now=self.clock())

    def _desk(self, work: Work) -> Desk:
        return Desk(work, self.easel.district)


def _said(account: int, words: str, *, once: str | None = None) -> Outgoing:
    return message_row(account, {"text": words}, dedupe=once)
