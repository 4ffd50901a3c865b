"""A caller whom no message reaches is told by phone; one who is back reads for themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.claiming import NOT_BY_PHONE
from core.desk.dispatching import Dispatching
from core.desk.strokes import Said
from core.leg import Leg
from core.lifecycle import Action
from core.people import SYSTEM


class Reaching(Dispatching):
    """The group has one task a leg, which grows until somebody has phoned."""

    async def unreachable(self, account: int, *, now: datetime) -> None:
        """A resident blocked the bot: the groups of their open calls are told once."""
        resident = await self.work.people.resident(account)
        if resident is None or not resident.reachable:
            return
        await self.work.people.save_resident(replace(resident, reachable=False))
        for leg in await self._own_legs(account):
            if leg.open:
                await self._step(leg.id, Action.UNREACHABLE, by=SYSTEM, now=now, said=Said())

    async def undelivered(self, account: int, entry_id: int, *, now: datetime) -> None:
        """This did not reach its caller: the agency is asked to phone (conformance 18)."""
        await self.unreachable(account, now=now)
        entry = await self.work.journal.get(entry_id)
        call = await self.work.calls.get(entry.call_id)
        leg = await self.work.legs.get(entry.leg_id)
        if call.caller != account or leg.parent_id is not None or entry.action in NOT_BY_PHONE:
            return
        if leg.phone_from is None:
            leg = await self.work.legs.save(replace(leg, phone_from=entry_id))
        await self._owe_phone_task(leg, now)

    async def _reached_again(self, account: int, now: datetime) -> None:
        """Nobody has to phone a caller who is back."""
        for leg in await self._own_legs(account):
            if leg.phone_from is not None:
                await self._owe_phone_task(leg, now)
                await self.work.legs.save(replace(leg, phone_from=None))

    async def _own_legs(self, account: int) -> list[Leg]:
        calls = await self.work.calls.open_of_caller(account)
        legs = [leg for call in calls for leg in await self.work.legs.of_call(call.id)]
        return [leg for leg in legs if leg.parent_id is None]
