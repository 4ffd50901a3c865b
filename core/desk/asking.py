"""One precise question to the caller; the clock waits with it (rows 6, 7, 13 and 23)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from core.asking import MOST_ASKS, MOST_INQUIRIES, question_of
from core.call import Origin, Piece
from core.clockwork import after_step
from core.contact import counts_as_contact
from core.desk.calling_up import CallingUp
from core.desk.closing import Closing
from core.desk.strokes import Said, Tap
from core.errors import AskedEnough, NothingSaid
from core.leg import Leg
from core.lifecycle import Action, Outcome
from core.pausing import NOT_PAUSED, resumed
from core.people import SYSTEM, Actor

# A leg that was opened for danger is nobody's answer: its parent never waited for it.
WAITED_FOR = frozenset({"called_up", "returned"})


class Asking(CallingUp, Closing):
    """Whoever is asked is reminded twice; what was used of a clock before stays used (R4)."""

    async def ask(
        self,
        leg_id: int,
        pieces: tuple[Piece, ...],
        *,
        by: Actor,
        now: datetime,
        version: int | None = None,
        chat: int | None = None,
    ) -> Leg:
        """What is missing to admit it? ``AskedEnough`` after two questions."""
        leg = await self.work.legs.get(leg_id)
        if leg.asks >= MOST_ASKS:
            raise AskedEnough()
        tap = Tap(version, chat)
        return await self._put(leg, Action.ASK, pieces, by, now, tap, asks=leg.asks + 1)

    async def inquire(
        self,
        leg_id: int,
        pieces: tuple[Piece, ...],
        *,
        by: Actor,
        now: datetime,
        version: int | None = None,
        chat: int | None = None,
    ) -> Leg:
        """What is missing to go on? Once a leg; the question is a contact as well."""
        leg = await self.work.legs.get(leg_id)
        if leg.inquiries >= MOST_INQUIRIES:
            raise AskedEnough()
        return await self._put(
            leg,
            Action.INQUIRE,
            pieces,
            by,
            now,
            Tap(version, chat),
            inquiries=leg.inquiries + 1,
            contacted_at=leg.contacted_at or now,
        )

    async def answer(
        self,
        leg_id: int,
        pieces: tuple[Piece, ...],
        *,
        by: Actor,
        now: datetime,
        origin: Origin | None = None,
    ) -> Leg:
        """The caller answers: the clock goes on with what was left of it."""
        said = Said(pieces=pieces, origin=origin)
        return await self._go_on(leg_id, Action.ANSWER, by, now, said)

    async def remind_info(self, leg_id: int, *, now: datetime) -> Leg:
        """Put the same question to the caller once more."""
        asking = await self._question(await self.work.legs.get(leg_id))
        said = Said(pieces=asking)
        leg, _ = await self._step(leg_id, Action.REMIND_INFO, by=SYSTEM, now=now, said=said)
        return leg

    async def no_reply(self, leg_id: int, *, now: datetime) -> Leg:
        """Nobody answered, so nobody could admit it: closed, and scored for nobody (row 13)."""
        changes: dict[str, Any] = {**NOT_PAUSED, "outcome": Outcome.NO_REPLY, "closed_at": now}
        leg, call = await self._step(leg_id, Action.NO_REPLY, by=SYSTEM, now=now, **changes)
        await self._after_closing(leg, call, now)
        return leg

    async def go_on(self, leg_id: int, *, now: datetime) -> Leg:
        """Nobody answered: the agency goes on with what it knows (row 23)."""
        return await self._go_on(leg_id, Action.GO_ON, SYSTEM, now, Said())

    async def _put(
        self,
        leg: Leg,
        action: Action,
        pieces: tuple[Piece, ...],
        by: Actor,
        now: datetime,
        tap: Tap,
        **changes: Any,
    ) -> Leg:
        if not counts_as_contact(pieces):
            raise NothingSaid()
        moved, _ = await self._step(
            leg.id,
            action,
            by=by,
            now=now,
            tap=tap,
            said=Said(pieces=pieces),
            paused_at=now,
            paused_from=leg.status,
            info_due=after_step(self.district, "info_wait", now, by=leg.agency),
            **changes,
        )
        return moved

    async def _question(self, leg: Leg) -> tuple[Piece, ...]:
        return question_of(await self.work.journal.of_call(leg.call_id), leg.id)

    async def _go_on(
        self,
        leg_id: int,
        action: Action,
        by: Actor,
        now: datetime,
        said: Said,
        tap: Tap = Tap(),  # noqa: B008 - a constant: an empty tuple
    ) -> Leg:
        leg = await self.work.legs.get(leg_id)
        call = await self.work.calls.get(leg.call_id)
        later = resumed(leg, call.urgency, self.district.calendar_of(leg.agency), now=now)
        moved, _ = await self._step(leg_id, action, by=by, now=now, tap=tap, said=said, **later)
        if moved.parent_id and moved.reason in WAITED_FOR:
            await self._wait_for(moved.parent_id, moved, call, now)
        return moved
