"""The matter is off; where somebody may be in danger, the agency has a look first (row 14)."""

from __future__ import annotations

from datetime import datetime

from core.call import Call
from core.desk.closing import Closing
from core.desk.strokes import Said, Tap
from core.errors import NotAllowedNow, WithdrawalNotAsked, WithdrawalWaits
from core.leg import Leg
from core.lifecycle import Action, Outcome
from core.people import Actor
from core.withdrawing import asked_to_withdraw, needs_a_look


class Withdrawing(Closing):
    """Only a closed call is beyond withdrawing."""

    async def withdraw(self, call_id: int, *, words: str = "", by: Actor, now: datetime) -> Call:
        """Close it as withdrawn, legs below follow; a matter of safety is only asked for.

        The call that comes back is still open where the agency looks first: ``let_go`` ends it.
        Raises ``WithdrawalWaits`` where that was asked before.
        """
        call = await self._held(call_id)
        if call.closed_at and call.caller == by.account:
            raise NotAllowedNow(action=Action.WITHDRAW, status=None)
        main = await self._main(call)
        said = Said(facts={"why": words})
        if not needs_a_look(call):
            await self._off(main.id, Action.WITHDRAW, by, now, Tap(), said)
        elif await self._asked(main):
            raise WithdrawalWaits(agency=main.agency)
        else:
            await self._step(main.id, Action.ASK_TO_WITHDRAW, by=by, now=now, said=said)
        return await self.work.calls.get(call_id)

    async def let_go(
        self,
        leg_id: int,
        *,
        by: Actor,
        now: datetime,
        version: int | None = None,
        chat: int | None = None,
    ) -> Leg:
        """Somebody looked, and nobody is in danger: withdrawn as the caller asked.

        Raises ``WithdrawalNotAsked``.
        """
        if not await self._asked(await self.work.legs.get(leg_id)):
            raise WithdrawalNotAsked()
        return await self._off(leg_id, Action.LET_GO, by, now, Tap(version, chat), Said())

    async def _off(
        self, leg_id: int, action: Action, by: Actor, now: datetime, tap: Tap, said: Said
    ) -> Leg:
        leg, call = await self._step(
            leg_id,
            action,
            by=by,
            now=now,
            tap=tap,
            said=said,
            outcome=Outcome.WITHDRAWN,
            closed_at=now,
        )
        await self._children_follow(leg, now)
        await self._after_closing(leg, call, now)
        return leg

    async def _asked(self, leg: Leg) -> bool:
        return asked_to_withdraw(await self.work.journal.of_call(leg.call_id), leg.id)
