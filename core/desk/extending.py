"""It needs longer, says an agency - and somebody above decides (row 27)."""

from __future__ import annotations

from datetime import datetime

from core.approving import Side
from core.call import Call, Piece
from core.desk.answering import something
from core.desk.following import Following
from core.desk.proposing import Agreed, Effect, Proposing, Wanted
from core.desk.strokes import Tap
from core.errors import AlreadyExtended, NoExtension, TooLate, TooLong
from core.extending import MOST_TIMES, asked_until, longest
from core.leg import Leg
from core.lifecycle import Action
from core.limits import Span, Unit
from core.people import Actor, Post

ONCE = Wanted(Action.EXTEND, (Side.ADJUDICATOR,), "extension_decision")
ONCE_MORE = Wanted(Action.EXTEND, (Side.DISTRICT,), "extension_decision", (Post.HEAD,))


class Extending(Proposing, Following):
    """Asked before 80 % of the limit; the caller hears the new date and the reason."""

    async def ask_extension(
        self,
        leg_id: int,
        *,
        amount: float,
        pieces: tuple[Piece, ...],
        by: Actor,
        now: datetime,
        version: int | None = None,
        chat: int | None = None,
    ) -> Leg:
        """Ask for ``amount`` more of the unit the limit counts in; the words reach the caller.

        The second time the head of the district's office decides. Raises ``NothingSaid``,
        ``NoExtension``, ``AlreadyExtended``, ``TooLong``, ``TooLate``, ``AlreadyProposed``.
        """
        words = "\n".join(piece.text for piece in something(pieces) if piece.text)
        leg = await self.work.legs.get(leg_id)
        call = await self.work.calls.get(leg.call_id)
        unit = self._check_extension(leg, call, amount, now)
        return await self._propose(
            leg,
            call,
            Action.ASK_EXTENSION,
            ONCE_MORE if leg.extended else ONCE,
            facts={"amount": amount, "unit": unit.value, "reason": words},
            by=by,
            now=now,
            pieces=pieces,
            tap=Tap(version, chat),
        )

    def _check_extension(self, leg: Leg, call: Call, amount: float, now: datetime) -> Unit:
        most = self._check_extendable(leg, call, now)
        if not 0 < amount <= most.amount:
            raise TooLong(most=most)
        return most.unit

    def _check_extendable(self, leg: Leg, call: Call, now: datetime) -> Span:
        most = longest(self.district.limits, call.urgency)
        if most is None or leg.finish_due is None:
            raise NoExtension(urgency=call.urgency)
        if leg.extended >= MOST_TIMES:
            raise AlreadyExtended()
        calendar = self.district.calendar_of(leg.agency)
        until = asked_until(leg, call.urgency, calendar)
        if until and now >= until:
            raise TooLate(until=until)
        return most

    async def _hinders(self, leg: Leg, call: Call, action: Action, now: datetime) -> None:
        """Not one extension more, nor one asked for too late."""
        if action is Action.ASK_EXTENSION:
            self._check_extendable(leg, call, now)
        await super()._hinders(leg, call, action, now)

    def _effects(self) -> dict[Action, Effect]:
        return super()._effects() | {Action.EXTEND: self._extend}

    async def _extend(self, leg: Leg, agreed: Agreed) -> Leg:
        facts = agreed.proposal.facts
        longer = Span(float(facts["amount"]), Unit(facts["unit"]))
        calendar = self.district.calendar_of(leg.agency)
        due = calendar.add(leg.finish_due or agreed.now, longer)
        moved, _ = await self._decided(leg, agreed, finish_due=due, extended=leg.extended + 1)
        await self._date_moved(moved, due, agreed.now)
        return moved
