"""A superior owns the follow-up until it is closed (督办, row 38)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from core.call import Call, Piece
from core.desk.strokes import Said, Strokes, Tap
from core.errors import NothingSaid, PressedBefore
from core.journal import Entry
from core.leg import Leg
from core.lifecycle import Action, Outcome
from core.people import SYSTEM, Actor, Party
from core.pressing import PressReason, reason_to_press
from core.records import replace
from core.ringing import FIRST

PRESSES = frozenset({Action.PRESS, Action.PRESS_BY_HAND})


class Pressing(Strokes):
    """By rule where something happened too often or too late, or by a supervisor's word."""

    async def press(self, leg_id: int, reason: PressReason, *, now: datetime) -> Leg:
        """The rules press it, which reminds the agency as well as any nudge."""
        said = Said(facts={"pressed": reason.value})
        known = (await self.work.legs.get(leg_id)).nudged or FIRST
        leg, _ = await self._step(
            leg_id,
            Action.PRESS,
            by=SYSTEM,
            now=now,
            said=said,
            pressed_at=now,
            nudged=replace(known, at=now),
        )
        return leg

    async def _tell(
        self,
        leg: Leg,
        call: Call,
        entry: Entry,
        telling: Iterable[Party],
        now: datetime,
        slot: datetime | None = None,
    ) -> None:
        """The district hears of one matter once: of the leg that keeps the others waiting; so does
        the resident, also of an agency called up (row 38, view of the caller).
        """
        if entry.action is Action.PRESS and await self._followed_below(leg):
            telling = frozenset(telling) - {Party.SUPERVISOR}
        if entry.action in PRESSES and await self._followed_elsewhere(leg):
            telling = frozenset(telling) - {Party.RESIDENT}
        await super()._tell(leg, call, entry, telling, now, slot)

    async def _followed_elsewhere(self, leg: Leg) -> bool:
        legs = await self.work.legs.of_call(leg.call_id)
        return any(one.pressed_at and one.open and one.id != leg.id for one in legs)

    async def press_by_hand(
        self,
        leg_id: int,
        pieces: tuple[Piece, ...],
        *,
        by: Actor,
        now: datetime,
        version: int | None = None,
        chat: int | None = None,
    ) -> Leg:
        """A supervisor presses it, saying why. Raises ``NothingSaid``, ``PressedBefore``."""
        if not any(piece.text.strip() for piece in pieces):
            raise NothingSaid()
        if (await self.work.legs.get(leg_id)).pressed_at:
            raise PressedBefore()
        facts = {"pressed": PressReason.BY_HAND.value}
        leg, _ = await self._step(
            leg_id,
            Action.PRESS_BY_HAND,
            by=by,
            now=now,
            tap=Tap(version, chat),
            said=Said(facts=facts, pieces=pieces),
            pressed_at=now,
        )
        return leg

    async def _press_where_due(self, leg: Leg, call: Call, now: datetime) -> Leg:
        """Press what was reworked, passed on or supported so often that it must not go on."""
        legs = await self.work.legs.of_call(call.id)
        reason = reason_to_press(
            leg,
            call,
            transfers=sum(other.outcome is Outcome.MISDISPATCH for other in legs),
            many=self.district.limits.counts.get("press_supporters"),
        )
        return await self.press(leg.id, reason, now=now) if reason else leg
