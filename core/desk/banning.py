"""Bans: by an administrator, with a reason and an end; an appeal is for another one to decide."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from core.acts import Deed
from core.banning import Ban
from core.call import Call
from core.desk.noting import Noting
from core.errors import CannotBeBanned, NotFound, NotYourPart, SamePerson
from core.people import SYSTEM, Actor, Resident


class Banning(Noting):
    """Somebody banned may still read their calls, and is told whom to ring in danger."""

    async def ban(self, number: str, *, days: int, reason: str, by: Actor, now: datetime) -> Ban:
        """The caller of this call raises nothing for so many days; raises as ``bannable``."""
        call, resident = await self.bannable(number, by=by)
        until = now + timedelta(days=days)
        ban = Ban(resident.account, by.account or 0, by.name, now, until, reason)
        kept = await self.work.bans.add(ban)
        await self.work.people.save_resident(replace(resident, banned_until=until))
        facts = {"until": until.isoformat(), "call": call.number}
        await self._note(Deed.BANNED, str(resident.account), by=by, now=now, **facts)
        return kept

    async def bannable(self, number: str, *, by: Actor) -> tuple[Call, Resident]:
        """A call and who raised it, if that person may be banned.

        Raises ``NotYourPart`` for whoever does not administer, ``NotFound``, ``CannotBeBanned``
        for staff, for whoever bans, and where the call is nobody's.
        """
        if not by.administrator:
            raise NotYourPart(action=Deed.BANNED)
        call = await self.work.calls.by_number(number.strip().upper())
        if call is None:
            raise NotFound(call=number)
        resident = await self.work.people.resident(call.caller) if call.caller else None
        posts = await self.work.people.posts_of(call.caller)
        if resident is None or posts or call.caller == by.account:
            raise CannotBeBanned()
        return call, resident

    async def ban_of(self, account: int, *, now: datetime) -> Ban | None:
        """The ban in force, None where there is none."""
        return next((ban for ban in await self.work.bans.of(account) if ban.holds(now)), None)

    async def appeal(self, words: str, *, by: Actor, now: datetime) -> Ban:
        """What somebody banned says against it, once a ban; ``NotFound``, ``SamePerson``."""
        ban = await self.ban_of(by.account or 0, now=now)
        if ban is None or ban.appeal:
            raise NotFound(ban=by.account)
        appealed = replace(ban, appeal=words)
        await self.work.bans.save(appealed)
        await self._note(Deed.APPEALED, str(ban.account), by=SYSTEM, now=now, ban=ban.id)
        return appealed

    async def lift_ban(self, ban_id: int, *, by: Actor, now: datetime, alone: bool) -> Ban:
        """It is over; whoever banned decides on no appeal unless nobody else administers."""
        ban = await self._decides(ban_id, by, alone)
        lifted = replace(ban, lifted_at=now)
        await self.work.bans.save(lifted)
        resident = await self.work.people.resident(ban.account)
        if resident is not None:
            await self.work.people.save_resident(replace(resident, banned_until=None))
        await self._note(Deed.UNBANNED, str(ban.account), by=by, now=now, ban=ban.id)
        return lifted

    async def keep_ban(self, ban_id: int, *, by: Actor, alone: bool) -> Ban:
        """It stays as it is."""
        return await self._decides(ban_id, by, alone)

    async def _decides(self, ban_id: int, by: Actor, alone: bool) -> Ban:
        if not by.administrator:
            raise NotYourPart(action=Deed.UNBANNED)
        ban = await self.work.bans.get(ban_id)
        if ban.by == by.account and ban.appeal and not alone:
            raise SamePerson()
        return ban
