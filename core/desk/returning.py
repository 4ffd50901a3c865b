"""Not ours, says an agency - and somebody above decides (rows 16 to 19)."""

from __future__ import annotations

from datetime import datetime

from core.call import Call, Piece
from core.clockwork import after_step, return_step, share_of_finish
from core.desk.convening import Convening
from core.desk.following import Called, Following
from core.desk.inheriting import Inheriting
from core.desk.pressing import Pressing
from core.desk.strokes import Said, Tap, signed_now
from core.errors import AlreadyReturned, LeadNamed, NotFound, TooLate
from core.journal import Entry
from core.leg import Leg
from core.lifecycle import Action, Outcome
from core.people import SYSTEM, Actor
from core.returning import Ground, given_at
from core.whistle import Whistle, blown


class Returning(Inheriting, Convening, Pressing, Following):
    """One return a leg, with a ground and a proposal; its clocks run on meanwhile."""

    async def return_leg(
        self,
        leg_id: int,
        *,
        ground: Ground,
        proposed: str,
        pieces: tuple[Piece, ...],
        by: Actor,
        now: datetime,
        version: int | None = None,
        chat: int | None = None,
    ) -> Leg:
        """Ask for another agency. A second one is a dispute.

        Whoever returns what nobody signed has received it: should it stay with them, nobody is
        asked to sign what is in progress. Raises ``AlreadyReturned``, ``LeadNamed``, ``TooLate``,
        ``NotFound``, ``NotForThem``.
        """
        leg = await self.work.legs.get(leg_id)
        call = await self.work.calls.get(leg.call_id)
        await self._check_return(leg, call, now)
        if proposed not in self.district.tree.by_code or proposed == leg.agency:
            raise NotFound(agency=proposed)
        self._check_discretion(call, proposed)
        dispute = await self._dispute(leg, call, now)
        facts = {"ground": ground.value, "proposed": proposed}
        facts["clause"] = self.district.limits.clauses.get("return", "")
        said = Said(facts=facts, pieces=pieces)
        decided_by = after_step(self.district, "return_decision", now, by=leg.adjudicator)
        changes = dispute.changes if dispute else {"review_due": decided_by}
        signed = {} if leg.signed_at else signed_now(by, now)
        moved, _ = await self._step(
            leg_id,
            Action.RETURN,
            by=by,
            now=now,
            tap=Tap(version, chat),
            said=said,
            returns=leg.returns + 1,
            **changes,
            **signed,
        )
        return await self._convene(moved, dispute, said, now) if dispute else moved

    async def agree_return(
        self,
        leg_id: int,
        *,
        by: Actor,
        now: datetime,
        version: int | None = None,
        chat: int | None = None,
    ) -> Leg:
        """The proposed agency gets a new leg; the old one closes unscored (row 17)."""
        returned = await self._return_of(leg_id)
        old, call = await self._step(
            leg_id,
            Action.AGREE,
            by=by,
            now=now,
            tap=Tap(version, chat),
            said=Said(facts=dict(returned.facts)),
            outcome=Outcome.MISDISPATCH,
            closed_at=now,
        )
        new = await self._dispatch_anew(old, call, str(returned.facts["proposed"]), now)
        return await self._press_where_due(new, call, now)

    async def decline_return(
        self,
        leg_id: int,
        pieces: tuple[Piece, ...] = (),
        *,
        by: Actor,
        now: datetime,
        version: int | None = None,
        chat: int | None = None,
    ) -> Leg:
        """It stays with the first receiver (row 18), who reads why where it was said."""
        tap = Tap(version, chat)
        refused = (await self.work.legs.get(leg_id)).refused_returns + 1
        leg, _ = await self._step(
            *(leg_id, Action.DECLINE),
            by=by,
            now=now,
            tap=tap,
            said=Said(pieces=pieces),
            review_due=None,
            refused_returns=refused,
        )
        return leg

    async def deem_declined(self, leg_id: int, *, now: datetime) -> Leg:
        """Nobody decided in time: it stays with the first receiver, uncounted (row 19).

        Of a dispute the caller was told that it is being settled, and hears how that ended.
        """
        asked = await self._return_of(leg_id)
        entries = await self.work.journal.of_call(asked.call_id)
        disputed = any(
            entry.leg_id == leg_id and entry.action is Action.CONVENE and entry.id > asked.id
            for entry in entries
        )
        action = Action.LEAVE_LEAD if disputed else Action.DEEM_DECLINED
        leg, _ = await self._step(leg_id, action, by=SYSTEM, now=now, review_due=None)
        return leg

    async def _check_return(self, leg: Leg, call: Call, now: datetime) -> None:
        if leg.binding:
            raise LeadNamed()
        if leg.returns:
            raise AlreadyReturned()
        given = given_at(await self.work.journal.of_call(call.id), leg) or now
        until = after_step(self.district, return_step(call.urgency), given, by=leg.agency)
        if now > until:
            raise TooLate(until=until)

    async def _hinders(self, leg: Leg, call: Call, action: Action, now: datetime) -> None:
        """Not one return more, nor one too late: said before the form is filled in."""
        if action is Action.RETURN:
            await self._check_return(leg, call, now)
        await super()._hinders(leg, call, action, now)

    async def _return_of(self, leg_id: int) -> Entry:
        leg = await self.work.legs.get(leg_id)
        entries = await self.work.journal.of_call(leg.call_id)
        for entry in reversed(entries):
            if entry.leg_id == leg_id and entry.action is Action.RETURN:
                return entry
        raise NotFound(leg=leg_id)

    async def _dispatch_anew(
        self, old: Leg, call: Call, agency: str, now: datetime, *, binding: bool = False
    ) -> Leg:
        code = await self._reachable(agency, but=old.agency)
        rest = share_of_finish(code, call.urgency, self.district, now=now, share=0.6)
        parent = await self.work.legs.get(old.parent_id) if old.parent_id else None
        new = await self._dispatch(
            call,
            code,
            now=now,
            reason="returned",
            clause=self.district.limits.clauses.get("return", ""),
            parent=parent,
            caller_agency=old.caller_agency,
            finish_due=max(filter(None, (rest, old.finish_due)), default=None),
            co=old.co,
            binding=binding,
            whistle=self._still_blown(old, code),
        )
        await self._inherit(old, new, call, now)
        if parent is not None and new.finish_due is not None:
            called = Called(parent.agency, new.agency)
            await self._date_moved(new, new.finish_due, now, called=called)
        return await self.work.legs.get(new.id)

    def _still_blown(self, old: Leg, agency: str) -> Whistle | None:
        """Whoever takes over what a street whistled for is called by the same whistle (row 25)."""
        if old.whistle is None or old.caller_agency is None:
            return None
        tree = self.district.tree
        return old.whistle if blown(tree.get(old.caller_agency), tree.get(agency)) else None
