"""The district's channel: which one it is and how often it is told, by an administrator's word."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.acts import Deed
from core.channel import Channel, Every
from core.desk.enrolling import BESIDE
from core.desk.noting import Noting
from core.errors import NotFound, NotYourPart
from core.outgoing import Kind, Outgoing, Policy
from core.people import SYSTEM, Actor


class Publishing(Noting):
    """Telegram says where the bot may write; nothing is ever said in a channel nobody bound."""

    async def channel_stands(
        self, chat: int, title: str, *, member: bool, posts: bool, by: Actor, now: datetime
    ) -> tuple[Channel | None, Channel | None]:
        """What the bot is in a channel from now on: as it was known before, and as it is.

        One that an administrator did not add the bot to is left at once and without a word, for
        whatever is said there is public; who added it is written down (S5).
        """
        known = {one.chat: one for one in await self.work.channels.known()}
        before = known.get(chat)
        if before is None and not by.administrator:
            if member:
                await self._go(chat, by, now)
            return None, None
        if not member and (before is None or before.bound_at is None):
            await self.work.channels.remove(chat)
            return before, None
        kept = before or Channel(chat, title)
        after = replace(kept, title=title or kept.title, posts=member and posts)
        await self.work.channels.save(after)
        if before is not None and before.posts and not after.posts:
            await self._note(Deed.CHANNEL_LOST, str(chat), by=SYSTEM, now=now)
        return before, after

    async def _go(self, chat: int, by: Actor, now: datetime) -> None:
        await self._note(Deed.GROUP_JOINED, "", by=replace(by, name=""), now=now, chat=chat)
        row = Outgoing(chat - BESIDE, Kind.LEAVE, {"chat": chat}, policy=Policy.LATEST)
        await self.work.outbox.put(row, now=now)

    async def channel_lost(self, chat: int, *, now: datetime) -> Channel | None:
        """Nothing arrives there any more; the channel, once, where it is the district's."""
        bound = await self.work.channels.bound()
        if bound is None or bound.chat != chat or not bound.posts:
            return None
        await self.work.channels.save(replace(bound, posts=False))
        await self._note(Deed.CHANNEL_LOST, str(chat), by=SYSTEM, now=now)
        return bound

    async def bind_channel(self, chat: int, *, by: Actor, now: datetime) -> Channel:
        """It is the district's from now on, told weekly; the one before is so no more.

        Raises ``NotYourPart``, and ``NotFound`` where the bot may not write there.
        """
        _administers(by)
        known = await self.work.channels.known()
        found = next((one for one in known if one.chat == chat and one.posts), None)
        if found is None:
            raise NotFound(channel=chat)
        for one in known:
            if one.bound_at is not None:
                await self.work.channels.save(replace(one, bound_at=None, every=Every.OFF))
        bound = replace(found, bound_at=now, every=Every.WEEKLY)
        await self.work.channels.save(bound)
        await self._note(Deed.CHANNEL_BOUND, str(chat), by=by, now=now, every=bound.every.value)
        return bound

    async def tell_channel(self, every: Every, *, by: Actor, now: datetime) -> Channel:
        """So often from now on. Raises ``NotYourPart``, and ``NotFound`` without a channel."""
        bound = await self._bound(by)
        changed = replace(bound, every=every)
        await self.work.channels.save(changed)
        await self._note(Deed.CHANNEL_SET, str(bound.chat), by=by, now=now, every=every.value)
        return changed

    async def unbind_channel(self, *, by: Actor, now: datetime) -> Channel:
        """It is nobody's from now on. Raises ``NotYourPart``, and ``NotFound`` without one."""
        bound = await self._bound(by)
        await self.work.channels.save(replace(bound, bound_at=None, every=Every.OFF))
        await self._note(Deed.CHANNEL_SET, str(bound.chat), by=by, now=now, every="")
        return bound

    async def _bound(self, by: Actor) -> Channel:
        _administers(by)
        bound = await self.work.channels.bound()
        if bound is None:
            raise NotFound(channel=0)
        return bound


def _administers(by: Actor) -> None:
    if not by.administrator:
        raise NotYourPart(action=Deed.CHANNEL_BOUND)
