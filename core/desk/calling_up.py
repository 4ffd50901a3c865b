"""The community calls the street, the street the department: a child leg (row 25)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.call import Call, Piece
from core.clockwork import after_step, next_due
from core.desk.dispatching import Dispatching
from core.desk.strokes import Said, Tap
from core.errors import AlreadyCalledUp, NoLevelAbove, NothingSaid
from core.leg import Leg
from core.lifecycle import Action
from core.people import Actor
from core.routing import call_up_targets


class CallingUp(Dispatching):
    """The child has its own clocks and its own rating; the parent stays answerable."""

    async def call_up(
        self,
        leg_id: int,
        *,
        target: str,
        pieces: tuple[Piece, ...],
        by: Actor,
        now: datetime,
        version: int | None = None,
        chat: int | None = None,
    ) -> Leg:
        """Call the level above, saying what was done first; gives the child leg.

        Raises ``NothingSaid``, ``NoLevelAbove``, ``AlreadyCalledUp``.
        """
        if not pieces:
            raise NothingSaid()
        parent, call = await self._checked(leg_id, target)
        target = await self._reachable(target, but=parent.agency)
        said = Said(facts={"agency": target}, pieces=pieces)
        await self._step(
            parent.id, Action.CALL_UP, by=by, now=now, tap=Tap(version, chat), said=said
        )
        child = await self._child(parent, call, target, now)
        await self._wait_for(parent.id, child, call, now)
        return child

    async def _checked(self, leg_id: int, target: str) -> tuple[Leg, Call]:
        leg = await self.work.legs.get(leg_id)
        call = await self.work.calls.get(leg.call_id)
        item = self.district.catalogue.get(call.item)
        targets = call_up_targets(self.district, item, leg.agency)
        if target not in {agency.code for agency in targets}:
            raise NoLevelAbove(agency=target)
        answering = await self._reachable(target, but=leg.agency)
        for other in await self.work.legs.of_call(call.id):
            if other.parent_id == leg.id and other.open and other.agency == answering:
                raise AlreadyCalledUp(agency=answering)
        return leg, call

    async def _child(self, parent: Leg, call: Call, target: str, now: datetime) -> Leg:
        return await self._dispatch(
            call,
            target,
            now=now,
            reason="called_up",
            clause=self.district.limits.clauses.get("call_up", ""),
            parent=parent,
            caller_agency=parent.agency,
        )

    async def _wait_for(self, parent_id: int, child: Leg, call: Call, now: datetime) -> None:
        """The parent's date becomes the child's and one working day (R3), never an earlier one."""
        if child.finish_due is None:
            return
        due = after_step(self.district, "parent_answer", child.finish_due)
        parent = await self.work.legs.get(parent_id)
        parent = replace(parent, finish_due=max(due, parent.finish_due or due))
        wake = next_due(parent, call.urgency, self.district, after=now)
        await self.work.legs.save(replace(parent, next_due=wake))
