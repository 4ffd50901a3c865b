"""It concerns me too: residents who stand by somebody else's call (lifecycle row 5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.call import Call, Piece
from core.desk.pressing import Pressing
from core.desk.strokes import Said
from core.errors import AlreadyDone, AlreadySupports, ClosedMeanwhile, NotFound, NotYourPart
from core.leg import Leg
from core.lifecycle import Action
from core.people import Actor
from core.rating import Verdict
from core.supporter import Supporter


class Supporting(Pressing):
    """A supporter hears of public steps and says how it ended; nobody learns who anybody is."""

    async def support(
        self, call_id: int, *, pieces: tuple[Piece, ...] = (), by: Actor, now: datetime
    ) -> Call:
        """Stand by a call; what was said goes to its agency, again and again if need be.

        Raises ``NotFound`` for a restricted call, ``ClosedMeanwhile``, ``AlreadySupports`` where
        nothing new is said.
        """
        call = await self._held(call_id)
        if call.restricted:
            raise NotFound(call=call_id)
        main = await self._main(call)
        if not main.open:
            raise ClosedMeanwhile(number=call.number)
        added = await self.work.supporters.add(Supporter(call.id, _account(by), by.name, now))
        if not added and not pieces:
            raise AlreadySupports(number=call.number)
        count = call.supporters + added
        await self.work.calls.save(replace(call, supporters=count))
        said = Said(facts={"supporters": count, "again": not added}, pieces=pieces)
        moved, kept = await self._step(main.id, Action.SUPPORT, by=by, now=now, said=said)
        await self._press_where_due(moved, kept, now)
        return kept

    async def unsupport(self, call_id: int, *, by: Actor, now: datetime) -> Call:
        """Hear no more of it; ``NotYourPart`` for whoever did not stand by it."""
        call = await self._held(call_id)
        await self._check_supporter(call, by, Action.UNSUPPORT)
        main = await self._main(call)
        await self.work.supporters.remove(call.id, _account(by))
        await self.work.calls.save(replace(call, supporters=max(0, call.supporters - 1)))
        _, kept = await self._step(main.id, Action.UNSUPPORT, by=by, now=now)
        return kept

    async def rate_beside(self, leg_id: int, *, verdict: Verdict, by: Actor, now: datetime) -> Leg:
        """How it ended, as a supporter sees it: counted beside the caller's word, once a round.

        Raises ``NotYourPart`` for whoever does not stand by the call, ``AlreadyDone``.
        """
        leg = await self.work.legs.get(leg_id)
        call = await self.work.calls.get(leg.call_id)
        await self._check_supporter(call, by, Action.RATE_BESIDE)
        for entry in await self.work.journal.of_call(call.id):
            same = entry.action is Action.RATE_BESIDE and entry.leg_id == leg.id
            if same and entry.actor == by.account and entry.facts["round"] == leg.round:
                raise AlreadyDone(action=Action.RATE_BESIDE, name="", at=entry.at, leg=leg)
        said = Said(facts={"verdict": verdict.value, "round": leg.round})
        moved, _ = await self._step(leg_id, Action.RATE_BESIDE, by=by, now=now, said=said)
        return moved

    async def _check_supporter(self, call: Call, by: Actor, action: Action) -> None:
        theirs = await self.work.supporters.of_call(call.id)
        if by.account not in {one.account for one in theirs}:
            raise NotYourPart(action=action)


def _account(by: Actor) -> int:
    if by.account is None:
        raise NotYourPart(action=Action.SUPPORT)
    return by.account
