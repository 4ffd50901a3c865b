"""The community calls the street, the street the department: a child leg (row 25)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.agency import AgencyKind
from core.call import Call
from core.clockwork import after_step, next_due
from core.desk.dispatching import Dispatching
from core.errors import AlreadyCalledUp, NoLevelAbove, StreetDecides
from core.leg import Leg
from core.lists import street_decides
from core.nudging import URGENT
from core.routing import call_up_targets
from core.whistle import Whistle


class CallingUp(Dispatching):
    """The child has its own clocks and its own rating; the parent stays answerable."""

    async def _checked(self, leg_id: int, target: str) -> tuple[Leg, Call]:
        leg = await self.work.legs.get(leg_id)
        call = await self.work.calls.get(leg.call_id)
        item = self.district.catalogue.get(call.item)
        targets = call_up_targets(self.district, item, leg.agency)
        if target not in {agency.code for agency in targets}:
            raise NoLevelAbove(agency=target)
        self._require_need(leg, call)
        answering = await self._reachable(target, but=leg.agency)
        for other in await self.work.legs.of_call(call.id):
            if other.parent_id == leg.id and other.open and other.agency == answering:
                raise AlreadyCalledUp(agency=answering)
        return leg, call

    def _require_need(self, leg: Leg, call: Call) -> None:
        """A street calls up nothing its powers let it settle, but for what is urgent (L01)."""
        own = self.district.tree.get(leg.agency).kind is AgencyKind.STREET
        power = street_decides(self.district.lists, call.item) if own else None
        if power is not None and call.urgency not in URGENT:
            raise StreetDecides(name=power.name, clause=power.clause)

    async def _child(
        self, parent: Leg, call: Call, target: str, whistle: Whistle | None, now: datetime
    ) -> Leg:
        return await self._dispatch(
            call,
            target,
            now=now,
            reason="called_up",
            clause=self.district.limits.clauses.get("call_up", ""),
            parent=parent,
            caller_agency=parent.agency,
            whistle=whistle,
        )

    async def _wait_for(self, parent_id: int, child: Leg, call: Call, now: datetime) -> None:
        """The parent's date becomes the child's and one working day (R3), never an earlier one."""
        if child.finish_due is None:
            return
        parent = await self.work.legs.get(parent_id)
        due = after_step(self.district, "parent_answer", child.finish_due, by=parent.agency)
        parent = replace(parent, finish_due=max(due, parent.finish_due or due))
        wake = next_due(parent, call.urgency, self.district, after=now)
        await self.work.legs.save(replace(parent, next_due=wake))
