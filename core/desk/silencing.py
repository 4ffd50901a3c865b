"""A group in which the bot may not write: the level above answers until it may again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from core.acts import Deed
from core.desk.enrolling import WAITING_LEGS
from core.desk.owing import card_row
from core.desk.rooms import Rooms
from core.people import SYSTEM, Binding


@dataclass(frozen=True, slots=True)
class Silence:
    """Whose group it is, how much they have open, and where the level above reads of it."""

    binding: Binding
    open: int
    above: int | None


class Silencing(Rooms):
    """Lost and muted groups are told of once, and once more when they are back."""

    async def mute_group(self, chat: int, *, now: datetime) -> Silence | None:
        """The bot may not write there any more; None where that is known, or nobody's group."""
        binding = await self.work.groups.at_chat(chat)
        if binding is None or binding.suspended:
            return None
        await self.work.groups.save(replace(binding, suspended=True, muted=True))
        await self._note(Deed.GROUP_LOST, binding.agency, by=SYSTEM, now=now, chat=chat)
        return await self.silence(binding)

    async def lose_group(self, chat: int, *, now: datetime) -> Silence | None:
        """The bot was removed, or the group is gone; None where that is known already."""
        binding = await self.leave_group(chat, now=now)
        if binding is None or (binding.suspended and not binding.muted):
            return None
        if binding.muted:
            await self.work.groups.save(replace(binding, suspended=True, muted=False))
        return await self.silence(binding)

    async def unmute_group(self, chat: int, *, now: datetime) -> Silence | None:
        """The bot may write again: cards are shown anew; None where it was not muted."""
        binding = await self.work.groups.at_chat(chat)
        if binding is None or not binding.muted:
            return None
        await self.work.groups.save(replace(binding, suspended=False, muted=False))
        legs = await self.work.legs.open_of(binding.agency, WAITING_LEGS)
        await self.work.outbox.put(*(card_row(leg.id, chat) for leg in legs), now=now)
        return await self.silence(binding)

    async def silence(self, binding: Binding) -> Silence:
        """What is to be told of a group that fell silent, or is back."""
        agency = self.district.tree.by_code.get(binding.agency)
        parent = agency.parent if agency else None
        above = await self._home_above(parent) if parent else None
        count = await self.work.legs.open_count(binding.agency)
        return Silence(binding, count, above.chat if above else None)
