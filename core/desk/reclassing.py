"""Another item for a matter in hand, with its dates counted anew (lifecycle row 39)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from core.agency import AgencyKind
from core.call import Call
from core.catalogue import Item, Urgency
from core.clockwork import after_step, next_due
from core.desk.strokes import Said, Strokes, Tap
from core.errors import NotFound, NothingChanges, OnlyAboveLowers
from core.intent import class_of
from core.leg import Leg
from core.lifecycle import Action
from core.people import Actor, Party
from core.reclass import lesser, pauses, with_class

MAY_LOWER = frozenset({AgencyKind.STREET, AgencyKind.DISTRICT})


def as_judged(call: Call) -> Call:
    """The call as dangerous as it is taken for: somebody above may have said that it is not."""
    return replace(call, danger=call.danger and call.urgency is Urgency.P0)


class Reclassing(Strokes):
    """The item belongs to the call, so that every open leg of it gets new dates."""

    async def reclass(
        self,
        leg_id: int,
        *,
        item: str,
        by: Actor,
        now: datetime,
        version: int | None = None,
        chat: int | None = None,
    ) -> Leg:
        """It is about another item; used time is kept (R4).

        By whoever answers, or by whoever decides above them. Raises ``NotFound``,
        ``NothingChanges``, ``OnlyAboveLowers`` where a community, a department or an enterprise
        would make its own matter less urgent.
        """
        leg = await self.work.legs.get(leg_id)
        call = await self.work.calls.get(leg.call_id)
        found = self._other_item(item, call)
        answers = Party.AGENCY in await self._parts(leg, call, by, chat)
        # Whoever decides above may say that it was not as dangerous.
        seen = as_judged(call) if answers else replace(call, danger=False)
        urgency = class_of(found, seen, self.district.limits)
        if answers and lesser(urgency, call.urgency) and not self._may_lower(leg):
            raise OnlyAboveLowers(agency=leg.adjudicator)
        await self.work.calls.save(replace(call, item=found.code, urgency=urgency))
        action = Action.RECLASS if answers else Action.RECLASS_ABOVE
        facts = {"item": found.code, "from": call.item, "urgency": urgency.value}
        clocks = await self._clocks(leg, call, urgency, now)
        moved, _ = await self._step(
            leg_id, action, by=by, now=now, tap=Tap(version, chat), said=Said(facts), **clocks
        )
        await self._elsewhere(moved, call, urgency, now)
        return moved

    def _other_item(self, code: str, call: Call) -> Item:
        if code not in self.district.catalogue.by_code:
            raise NotFound(item=code)
        if code == call.item:
            raise NothingChanges(item=code)
        return self.district.catalogue.get(code)

    def _may_lower(self, leg: Leg) -> bool:
        return self.district.tree.get(leg.agency).kind in MAY_LOWER

    async def _clocks(
        self, leg: Leg, call: Call, urgency: Urgency, now: datetime
    ) -> dict[str, Any]:
        if urgency is call.urgency:
            return {}
        paused = pauses(await self.work.journal.of_call(call.id), leg.id)
        changed = with_class(leg, urgency, self.district, paused=paused, now=now)
        return {
            "sign_due": changed.sign_due,
            "contact_due": changed.contact_due,
            "arrive_due": changed.arrive_due,
            "interim_due": changed.interim_due,
            "finish_due": await self._awaiting(leg) or changed.finish_due,
        }

    async def _awaiting(self, leg: Leg) -> datetime | None:
        """Whoever called up answers a working day after the leg above (R3)."""
        legs = await self.work.legs.of_call(leg.call_id)
        ends = [
            other.finish_due
            for other in legs
            if other.parent_id == leg.id and other.open and not other.co and other.finish_due
        ]
        if not ends:
            return None
        return after_step(self.district, "parent_answer", max(ends), by=leg.agency)

    async def _elsewhere(self, moved: Leg, call: Call, urgency: Urgency, now: datetime) -> None:
        """The other open legs of the call: the deepest first, since those above wait for them."""
        for leg in reversed(await self.work.legs.of_call(call.id)):
            if leg.id == moved.id or not leg.open:
                continue
            kept = replace(leg, **await self._clocks(leg, call, urgency, now))
            due = next_due(kept, urgency, self.district, after=now)
            await self._show(await self.work.legs.save(replace(kept, next_due=due)), now)
