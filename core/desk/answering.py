"""An agency answers: acknowledges, speaks, reports progress, resolves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from core.arriving import awaits_release
from core.call import Call, Origin, Piece, has_photo
from core.contact import counts_as_contact, spoken
from core.desk.checking import Checking
from core.desk.strokes import Said, Tap, signed_now
from core.errors import ChildrenOpen, NothingSaid, NotReleased, NotYourPart, PhotoMissing
from core.intent import wants_photo
from core.leg import Leg
from core.lifecycle import Action, Status
from core.people import Actor
from core.rating import Conclusion
from core.records import replace

AT_ONCE = 200


class Answering(Checking):
    """Lifecycle rows 15, 21, 22 and 30."""

    async def acknowledge(
        self,
        leg_id: int,
        *,
        by: Actor,
        now: datetime,
        version: int | None = None,
        chat: int | None = None,
    ) -> Leg:
        """Take it (签收): stops the signing clock. ``AlreadyDone`` names who was first."""
        leg, _ = await self._step(
            leg_id,
            Action.ACKNOWLEDGE,
            by=by,
            now=now,
            tap=Tap(version, chat),
            **signed_now(by, now),
        )
        return leg

    async def acknowledge_all(self, agency: str, *, by: Actor, now: datetime, chat: int) -> int:
        """Take everything an agency has not taken yet, in its group; how many legs that were.

        Raises ``NotYourPart`` for whoever does not act for it.
        """
        if not by.acts_for(agency):
            raise NotYourPart(action=Action.ACKNOWLEDGE)
        waiting = [
            leg
            for leg in await self.work.legs.open_of(agency, AT_ONCE)
            if leg.status is Status.DISPATCHED
        ]
        for leg in waiting:
            await self.acknowledge(leg.id, by=by, now=now, version=leg.version, chat=chat)
        return len(waiting)

    async def reply(
        self,
        leg_id: int,
        pieces: tuple[Piece, ...],
        *,
        by: Actor,
        now: datetime,
        origin: Origin | None = None,
        chat: int | None = None,
    ) -> Leg:
        """A word to the caller; takes the leg first where nobody did.

        It is the first contact unless it only says "received" (R2).
        """
        return await self._speak(leg_id, Action.REPLY, pieces, by, now, origin, chat)

    async def progress(
        self,
        leg_id: int,
        pieces: tuple[Piece, ...],
        *,
        by: Actor,
        now: datetime,
        origin: Origin | None = None,
        chat: int | None = None,
    ) -> Leg:
        """A public note on how it goes; takes the leg first where nobody did."""
        return await self._speak(leg_id, Action.PROGRESS, pieces, by, now, origin, chat)

    async def note(
        self,
        leg_id: int,
        pieces: tuple[Piece, ...],
        *,
        by: Actor,
        now: datetime,
        origin: Origin | None = None,
        chat: int | None = None,
    ) -> Leg:
        """A note that stays inside (``//``)."""
        said = Said(pieces=something(pieces), origin=origin)
        leg, _ = await self._step(
            leg_id, Action.NOTE, by=by, now=now, tap=Tap(None, chat), said=said
        )
        return leg

    async def resolve(
        self,
        leg_id: int,
        *,
        conclusion: Conclusion,
        pieces: tuple[Piece, ...],
        by: Actor,
        now: datetime,
        version: int | None = None,
        chat: int | None = None,
    ) -> Leg:
        """Done, says the agency, with an answer to the caller (row 30).

        Some answers are looked at by somebody else first (row 31). Raises ``NothingSaid`` (a
        "received" answers no resident, and a pressed leg is answered in writing),
        ``PhotoMissing`` where the item demands one, ``ChildrenOpen``, ``NotReleased``.
        """
        leg = await self.work.legs.get(leg_id)
        await self._check_over(leg)
        await self._check_answer(leg, pieces)
        said = Said(facts={"conclusion": conclusion.value}, pieces=pieces)
        changes: dict[str, Any] = {"conclusion": conclusion, "resolved_at": now}
        if leg.contacted_at is None:
            changes["contacted_at"] = now
        moved, call = await self._step(
            leg_id, Action.RESOLVE, by=by, now=now, tap=Tap(version, chat), said=said, **changes
        )
        return await self._verify_where_due(moved, call, pieces, now)

    async def _check_answer(self, leg: Leg, pieces: tuple[Piece, ...]) -> None:
        if not counts_as_contact(something(pieces)) and leg.caller_agency is None:
            raise NothingSaid()
        if leg.pressed_at and not any(piece.text.strip() for piece in pieces):
            raise NothingSaid()
        call = await self.work.calls.get(leg.call_id)
        item = self.district.catalogue.get(call.item)
        if wants_photo(item, call.intent) and leg.parent_id is None and not has_photo(pieces):
            raise PhotoMissing(standard=item.done_standard)

    async def _check_over(self, leg: Leg) -> None:
        """Whether those who were called are done, and those on the spot may go."""
        if awaits_release(leg):
            raise NotReleased(agency=leg.caller_agency)
        below = [one for one in await self.work.legs.of_call(leg.call_id) if under(one, leg)]
        if below:
            agencies = tuple(one.agency for one in below)
            raise ChildrenOpen(agencies=agencies, action=Action.RESOLVE)

    async def _hinders(self, leg: Leg, call: Call, action: Action, now: datetime) -> None:
        """Nobody writes an answer that has to wait for others."""
        if action is Action.RESOLVE:
            await self._check_over(leg)
        await super()._hinders(leg, call, action, now)

    async def _speak(
        self,
        leg_id: int,
        action: Action,
        pieces: tuple[Piece, ...],
        by: Actor,
        now: datetime,
        origin: Origin | None,
        chat: int | None,
    ) -> Leg:
        said = Said(pieces=something(pieces), origin=origin)
        leg = await self.work.legs.get(leg_id)
        if leg.status is Status.DISPATCHED:
            leg = await self.acknowledge(leg_id, by=by, now=now, chat=chat)
        changes = spoken(leg, now) if counts_as_contact(pieces) else {}
        moved, _ = await self._step(
            leg_id,
            action,
            by=by,
            now=now,
            tap=Tap(None, chat),
            said=replace(said, facts={"contact": "contacted_at" in changes}),
            **changes,
        )
        return moved


def something(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """What was said; ``NothingSaid`` where it is neither words nor anything shown."""
    if not any(piece.text.strip() or piece.file or piece.point for piece in pieces):
        raise NothingSaid()
    return pieces


def under(other: Leg, leg: Leg) -> bool:
    """Whether the other leg hangs on this one and is not over yet."""
    return other.parent_id == leg.id and other.open
