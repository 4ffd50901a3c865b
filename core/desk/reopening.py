"""After closing: reopened, called anew, asked about once more (rows 36 and 37)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from core.call import Call, Link, NewCall, Piece
from core.clockwork import triage_due, with_clocks
from core.desk.parting import Parting
from core.desk.raising import Raising
from core.desk.strokes import Said, Tap
from core.errors import AlreadyDone, NotAllowedNow, NothingSaid, ReopenedBefore, TooLateToReopen
from core.leg import Leg
from core.lifecycle import Action
from core.people import SYSTEM, Actor, Party
from core.reopening import TURNED_AWAY, answers_resident, reopen_until
from core.routing import adjudicator


class Reopening(Raising, Parting):
    """What was worked on goes back to who worked on it; an appeal goes to the level above."""

    async def reopen(
        self, leg_id: int, pieces: tuple[Piece, ...] = (), *, by: Actor, now: datetime
    ) -> Leg:
        """The caller takes a closed leg up again, once and in time.

        Raises ``ReopenedBefore`` and ``TooLateToReopen``: a new call is the way then.
        """
        leg = await self._ended(leg_id, Action.REOPEN)
        if leg.reopened:
            raise ReopenedBefore()
        until = reopen_until(leg, self.district)
        if until is None or now > until:
            raise TooLateToReopen(until=until)
        return await self._open_again(leg, Action.REOPEN, pieces, by, now)

    async def reopen_by_hand(
        self,
        leg_id: int,
        pieces: tuple[Piece, ...],
        *,
        by: Actor,
        now: datetime,
        version: int | None = None,
        chat: int | None = None,
    ) -> Leg:
        """Whoever is above takes it up again at any time, saying why. Raises ``NothingSaid``.

        The district any call, the street those whose returns it decides.
        """
        if not any(piece.text.strip() for piece in pieces):
            raise NothingSaid()
        leg = await self._ended(leg_id, Action.REOPEN_BY_HAND)
        call = await self.work.calls.get(leg.call_id)
        parts = await self._parts(leg, call, by, chat)
        above = Party.ADJUDICATOR in parts and Party.SUPERVISOR not in parts
        action = Action.REOPEN_ABOVE if above else Action.REOPEN_BY_HAND
        return await self._open_again(leg, action, pieces, by, now, Tap(version, chat))

    async def raise_again(
        self, leg_id: int, pieces: tuple[Piece, ...], *, draft_id: str, by: Actor, now: datetime
    ) -> Call:
        """It is there again: a new call about the same, linked to the one that was closed."""
        known = await self.work.calls.by_draft(draft_id)
        if known is not None:
            return known
        leg = await self._ended(leg_id, Action.CAME_BACK)
        _, old = await self._step(leg.id, Action.CAME_BACK, by=by, now=now)
        new = NewCall(
            draft_id=draft_id,
            item=old.item,
            community=old.community,
            pieces=pieces or old.pieces,
            address=old.address,
            point=old.point,
            details=old.details,
            name_shown=old.name_shown,
            sure=bool(old.item),
            restricted=old.restricted,
            avoids=old.avoids,
            intent=old.intent,
        )
        call = replace(
            await self.raise_call(new, by=by, now=now), linked=old.id, link=Link.REBOUND
        )
        await self.work.calls.save(call)
        return call

    async def look_back(self, leg_id: int, *, now: datetime) -> Leg:
        """Ask the caller once whether it is still good (回头看)."""
        leg, _ = await self._step(leg_id, Action.LOOK_BACK, by=SYSTEM, now=now, look_back_due=None)
        return leg

    async def still_good(self, leg_id: int, *, by: Actor, now: datetime) -> Leg:
        """It is, says the caller; ``AlreadyDone`` once that was answered."""
        leg = await self._ended(leg_id, Action.STILL_GOOD)
        for entry in await self.work.journal.of_call(leg.call_id):
            answers = entry.action in (Action.STILL_GOOD, Action.CAME_BACK)
            if answers and entry.leg_id == leg_id:
                raise AlreadyDone(action=entry.action, name="", at=entry.at, leg=leg)
        moved, _ = await self._step(leg_id, Action.STILL_GOOD, by=by, now=now)
        return moved

    async def _ended(self, leg_id: int, action: Action) -> Leg:
        """The leg that ended its call; others are not reopened for themselves."""
        leg = await self.work.legs.get(leg_id)
        if leg.open or not answers_resident(leg):
            raise NotAllowedNow(action=action, status=leg.status, leg=leg)
        return leg

    async def _open_again(
        self,
        leg: Leg,
        action: Action,
        pieces: tuple[Piece, ...],
        by: Actor,
        now: datetime,
        tap: Tap = Tap(),  # noqa: B008 - a constant: an empty tuple
    ) -> Leg:
        call = await self.work.calls.get(leg.call_id)
        changes = await self._afresh(leg)
        sorts = str(changes.get("agency") or leg.agency)
        changes["triage_due"] = triage_due(sorts, call.urgency, self.district, now=now)
        opened, _ = await self._step(
            leg.id, action, by=by, now=now, tap=tap, said=Said(pieces=pieces), **changes
        )
        if call.link is Link.MERGED:
            call = await self._taken_apart(call, now)
        call = replace(call, closed_at=None)
        await self.work.calls.save(call)
        return await self._dispatch_again(opened, call, now) if leg.dispatched_at else opened

    async def _afresh(self, leg: Leg) -> dict[str, Any]:
        """Everything an earlier life of the leg left behind, undone; who takes it up now.

        Its limits are new ones, so that more time may be asked for once more (row 27). Whose it
        is was settled for those who take it up again: a return stays counted (row 16), but not
        for the agency above that hears an appeal.
        """
        took = dict.fromkeys(LEFT_BEHIND)
        changes = {**took, "signed_by": "", "nudges": 0, "reopened": leg.reopened + 1}
        changes |= {"asks": 0, "inquiries": 0, "extended": 0, "passed": False}
        if leg.outcome in TURNED_AWAY and leg.adjudicator:
            above = self.district.tree.get(leg.adjudicator)
            decides = adjudicator(self.district.tree, above).code
            changes |= {"agency": above.code, "adjudicator": await self._reachable(decides)}
            changes["returns"] = 0
        return changes

    async def _dispatch_again(self, leg: Leg, call: Call, now: datetime) -> Leg:
        """Item and place are certain, and who worked on it is known: it goes there at once."""
        clocks = with_clocks(leg, call.urgency, self.district, now=now)
        moved, _ = await self._step(
            leg.id,
            Action.DISPATCH,
            by=SYSTEM,
            now=now,
            said=Said(facts={"agency": leg.agency, "reason": "reopened", "clause": leg.clause}),
            reason="reopened",
            triage_due=None,
            dispatched_at=now,
            sign_due=clocks.sign_due,
            contact_due=clocks.contact_due,
            arrive_due=clocks.arrive_due,
            interim_due=clocks.interim_due,
            finish_due=clocks.finish_due,
        )
        return moved


LEFT_BEHIND = (
    *("outcome", "closed_at", "resolved_at", "conclusion", "signed_at", "signer"),
    *("contacted_at", "dispatched_at", "sign_due", "contact_due", "finish_due", "review_due"),
    *("verifier", "verify_due", "verified_at", "pressed_at", "look_back_due"),
    *("arrive_due", "arrived_at", "interim_due", "interim_at", "released_at"),
    *("plan", "paused_at", "paused_from", "info_due", "clocks_from"),
)
