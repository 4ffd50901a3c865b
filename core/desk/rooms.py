"""A group as a workplace: one topic a leg or one stream, and what the bot may do there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core.desk.enrolling import Enrolling
from core.desk.owing import card_row
from core.errors import MayNotMakeTopics, NotFound, NotOpenHere, NoTopicsHere, NotYourPart
from core.features import Feature
from core.outgoing import Kind, Outgoing, Policy
from core.people import Actor, Binding, Footing
from core.posting import Posting
from core.rights import SETTERS, may


class Rooms(Enrolling):
    """What Telegram refuses is remembered, so that it is tried no more until it may go again."""

    async def set_topics(self, chat: int, *, on: bool, forum: bool, by: Actor) -> Binding:
        """One topic a leg from now on, or one stream; ``forum`` is whether the group has topics.

        Raises ``NotYourPart``, ``NoTopicsHere`` and ``MayNotMakeTopics``.
        """
        binding = await self.work.groups.at_chat(chat)
        if binding is None or binding.suspended:
            raise NotFound(chat=chat)
        officers = await self.work.people.officers_of(binding.agency)
        held = by.posts_in(binding.agency)
        if not (by.administrator or may(held, SETTERS, officers)):
            raise NotYourPart(action="topics", posts=SETTERS)
        if on and not self.district.opens(Feature.TOPICS, binding.agency):
            raise NotOpenHere(agency=binding.agency, feature=Feature.TOPICS)
        if on and not forum:
            raise NoTopicsHere()
        footing = await self.work.groups.footing(chat)
        if on and footing is not None and not footing.makes_topics:
            raise MayNotMakeTopics()
        changed = replace(binding, topics=on)
        await self.work.groups.save(changed)
        return changed

    async def stands(self, footing: Footing) -> Binding | None:
        """What the bot may do in a group has changed; the binding whose topics end by that."""
        before = await self.work.groups.footing(footing.chat)
        await self.work.groups.save_footing(footing)
        binding = await self.work.groups.at_chat(footing.chat)
        could = before is None or before.makes_topics
        ends = binding is not None and binding.topics and could and not footing.makes_topics
        return binding if ends else None

    async def refused_topics(self, chat: int, *, forum: bool) -> Binding | None:
        """Telegram let the bot make no topic: not a forum any more, or it has not the right."""
        if forum:
            footing = await self.work.groups.footing(chat)
            pins = footing is not None and footing.pins
            return await self.stands(Footing(chat, makes_topics=False, pins=pins))
        binding = await self.work.groups.at_chat(chat)
        if binding is None or not binding.topics:
            return None
        await self.work.groups.save(replace(binding, topics=False))
        return binding

    async def refused_pins(self, chat: int) -> None:
        """Telegram let the bot pin nothing."""
        footing = await self.work.groups.footing(chat)
        makes = footing.makes_topics if footing else False
        await self.work.groups.save_footing(Footing(chat, makes_topics=makes, pins=False))

    async def topic_lost(self, chat: int, thread: int, *, now: datetime) -> Sequence[int]:
        """A topic was deleted: its cards are shown in the general one; the legs they show.

        A group that was bound in that topic answers in the general one from now on.
        """
        legs = await self.work.postings.lose_topic(chat, thread)
        binding = await self.work.groups.at_chat(chat)
        if binding is not None and binding.thread == thread:
            await self.work.groups.save(replace(binding, thread=None))
        await self.work.outbox.put(*(card_row(leg, chat) for leg in legs), now=now)
        return legs

    async def posted(self, posting: Posting, *, now: datetime) -> None:
        """The card of a leg stands in its topic: on top there, where the bot may pin."""
        footing = await self.work.groups.footing(posting.chat)
        if posting.thread is not None and footing is not None and footing.pins:
            await self.work.outbox.put(_pin(posting.chat, posting.message), now=now)

    async def board_posted(self, chat: int, message: int, *, now: datetime) -> None:
        """The board of this hour takes the place of the one before."""
        footing = await self.work.groups.footing(chat)
        binding = await self.work.groups.at_chat(chat)
        if footing is None or not footing.pins or binding is None:
            return
        old = [_pin(chat, binding.board, on=False)] if binding.board else []
        await self.work.outbox.put(*old, _pin(chat, message), now=now)
        await self.work.groups.save(replace(binding, board=message))


def _pin(chat: int, message: int, *, on: bool = True) -> Outgoing:
    """On top, without a sound."""
    quiet = {"disable_notification": True} if on else {}
    return Outgoing(
        lane=chat,
        kind=Kind.SAY,
        payload={
            "method": "pinChatMessage" if on else "unpinChatMessage",
            "params": {"chat_id": chat, "message_id": message, **quiet},
        },
        policy=Policy.LATEST,
    )
