"""A merged call becomes one of its own again: so says its caller, or the district (row 12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core.call import Call
from core.clockwork import after_step, share_of_finish
from core.desk.strokes import Strokes
from core.errors import NotAllowedNow, NotYourPart, PartedTooLate
from core.journal import Entry
from core.leg import Leg
from core.lifecycle import Action, Outcome
from core.people import Actor


class Parting(Strokes):
    """It goes on where it stood, and takes along whoever came to the main call with it."""

    async def part(self, leg_id: int, *, by: Actor, now: datetime) -> Leg:
        """Not the same matter, says the caller; at least half of its time is left for it.

        Raises ``NotAllowedNow`` for a call that was not merged, ``PartedTooLate``, and
        ``NotYourPart`` for an agency that had called another in for it.
        """
        leg = await self.work.legs.get(leg_id)
        if leg.parent_id is not None:
            raise NotYourPart(action=Action.PART)
        call = await self.work.calls.get(leg.call_id)
        self._check_parting(leg, call, now)
        half = share_of_finish(leg.agency, call.urgency, self.district, now=now, share=0.5)
        await self._taken_apart(call, now)
        moved, _ = await self._step(
            leg.id,
            Action.PART,
            by=by,
            now=now,
            outcome=None,
            closed_at=None,
            paused_from=None,
            paused_at=None,
            info_due=None,
            finish_due=max(leg.finish_due, half) if leg.finish_due and half else None,
        )
        return moved

    async def _taken_apart(self, call: Call, now: datetime) -> Call:
        """The call open again and linked with none; the main one without those who came by it."""
        apart = replace(call, linked=None, link=None, closed_at=None)
        await self.work.calls.save(apart)
        main = await self.work.calls.get(call.linked or 0)
        answering = await self.work.legs.get((await self._main(main)).id)
        main = await self.work.calls.get(main.id)
        for account in _joined(await self.work.journal.of_call(main.id), call):
            await self.work.supporters.remove(main.id, account)
        left = len(await self.work.supporters.of_call(main.id))
        await self.work.calls.save(replace(main, supporters=left))
        await self._show(answering, now)
        return apart

    def _check_parting(self, leg: Leg, call: Call, now: datetime) -> None:
        if leg.outcome is not Outcome.DUPLICATE or call.linked is None or leg.closed_at is None:
            raise NotAllowedNow(action=Action.PART, status=leg.status, leg=leg)
        until = after_step(self.district, "appeal", leg.closed_at)
        if now > until:
            raise PartedTooLate(until=until)


def _joined(entries: Sequence[Entry], call: Call) -> Sequence[int]:
    for entry in reversed(entries):
        if entry.action is Action.JOINED and entry.facts.get("call") == call.id:
            return list(entry.facts["joined"])
    return []
