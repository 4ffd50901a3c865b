"""What the caller wants, put right by an officer, with its limits (lifecycle row 39)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.desk.reclassing import Reclassing, as_judged
from core.desk.strokes import Said, Tap
from core.errors import NothingChanges, OnlyAboveLowers
from core.intent import LEISURELY, Intent, class_of
from core.leg import Leg
from core.lifecycle import Action
from core.people import Actor, Party


class Retyping(Reclassing):
    """Guessed from the words (decision 24), so that whoever reads them may know better."""

    async def retype(
        self,
        leg_id: int,
        *,
        intent: Intent,
        by: Actor,
        now: datetime,
        version: int | None = None,
        chat: int | None = None,
    ) -> Leg:
        """It is another kind of call; used time is kept (R4), and its caller hears of it.

        By whoever answers, or by whoever decides above them. Raises ``NothingChanges``,
        ``OnlyAboveLowers`` where a community, a department or an enterprise would make a
        suggestion or praise of what it has to settle.
        """
        leg = await self.work.legs.get(leg_id)
        call = await self.work.calls.get(leg.call_id)
        if intent is call.intent:
            raise NothingChanges(intent=intent)
        answers = Party.AGENCY in await self._parts(leg, call, by, chat)
        if answers and intent in LEISURELY and not self._may_lower(leg):
            raise OnlyAboveLowers(agency=leg.adjudicator)
        changed = replace(call, intent=intent)
        item, limits = self.district.catalogue.get(call.item), self.district.limits
        urgency = class_of(item, as_judged(changed), limits)
        await self.work.calls.save(replace(changed, urgency=urgency))
        facts = {"intent": intent.value, "was": call.intent.value, "urgency": urgency.value}
        clocks = await self._clocks(leg, call, urgency, now)
        action = Action.RETYPE if answers else Action.RETYPE_ABOVE
        moved, _ = await self._step(
            leg_id, action, by=by, now=now, tap=Tap(version, chat), said=Said(facts), **clocks
        )
        await self._elsewhere(moved, call, urgency, now)
        return moved
