"""A leg goes to another agency, and whoever it had called in works on under that one (R6)."""

from __future__ import annotations

from datetime import datetime

from core.call import Call
from core.desk.asking import WAITED_FOR
from core.desk.calling_up import CallingUp
from core.desk.owing import notice_row
from core.leg import Leg
from core.lifecycle import Action, Outcome, Status
from core.people import SYSTEM, Party
from core.records import replace


class Inheriting(CallingUp):
    """No closed leg leaves an open one behind that nobody waits for."""

    async def _inherit(self, old: Leg, new: Leg, call: Call, now: datetime) -> None:
        """Legs below ``old`` answer ``new`` from now on; its own agency's ends, unscored."""
        for child in await self._below(old):
            if child.agency == new.agency:
                await self._inherit(child, new, call, now)
                await self._ends_with(child, now)
            else:
                await self._goes_on_under(child, new, call, now)

    async def _ends_with(self, child: Leg, now: datetime) -> None:
        await self._step(
            child.id,
            Action.FOLLOW,
            by=SYSTEM,
            now=now,
            outcome=Outcome.MISDISPATCH,
            closed_at=now,
        )

    async def _goes_on_under(self, child: Leg, new: Leg, call: Call, now: datetime) -> None:
        theirs = replace(child, parent_id=new.id, caller_agency=new.agency)
        theirs = await self.work.legs.save(theirs)
        if theirs.reason in WAITED_FOR and not theirs.co:
            await self._wait_for(new.id, theirs, call, now)
        await self._show(theirs, now)
        await self._ask_for_a_rating(theirs, now)

    async def _ask_for_a_rating(self, leg: Leg, now: datetime) -> None:
        """Whoever has to rate it now is shown the answer, with the buttons below it."""
        chat = await self._chat_of(leg.caller_agency or "")
        if leg.status is not Status.RESOLVED or chat is None:
            return
        for entry in reversed(await self.work.journal.of_call(leg.call_id)):
            if entry.leg_id == leg.id and entry.action is Action.RESOLVE:
                await self.work.outbox.put(notice_row(chat, entry, Party.CALLER), now=now)
                return
