"""What closing a leg means for the legs around it and for its call (R6, rows 14 and 26)."""

from __future__ import annotations

from datetime import datetime

from core.call import Call
from core.clockwork import after_step, next_due
from core.desk.strokes import Said, Strokes
from core.leg import Leg
from core.lifecycle import Action, Outcome, rule_for
from core.people import SYSTEM
from core.records import replace
from core.reopening import DONE


class Closing(Strokes):
    """Children follow a withdrawn parent; a parent hears of a closed child."""

    async def _after_closing(self, leg: Leg, call: Call, now: datetime) -> None:
        if leg.parent_id is not None:
            await self._child_closed(leg, now)
        elif leg.outcome is not Outcome.MISDISPATCH:
            await self.work.calls.save(replace(call, closed_at=now))
            await self._look_back_later(leg, call, now)

    async def _look_back_later(self, leg: Leg, call: Call, now: datetime) -> None:
        """Some items are asked about once more, weeks after they were called done (row 37)."""
        if self.district.catalogue.get(call.item).looks_back and leg.outcome in DONE:
            asked = replace(leg, look_back_due=after_step(self.district, "look_back", now))
            due = next_due(asked, call.urgency, self.district, after=now)
            await self.work.legs.save(replace(asked, next_due=due))

    async def _child_closed(self, child: Leg, now: datetime) -> None:
        """The parent has one working day to answer its own caller (row 26).

        Beside a co-handler the lead kept its own date, and goes on keeping it.
        """
        parent = await self.work.legs.get(child.parent_id or 0)
        if parent.status not in rule_for(Action.CHILD_CLOSED).while_in:
            return
        facts = {"agency": child.agency, "outcome": child.outcome, "co": child.co}
        answers_by = after_step(self.district, "parent_answer", now, by=parent.agency)
        await self._step(
            parent.id,
            Action.CHILD_CLOSED,
            by=SYSTEM,
            now=now,
            said=Said(facts=facts),
            finish_due=parent.finish_due if child.co else answers_by,
        )

    async def _children_follow(
        self, leg: Leg, now: datetime, outcome: Outcome = Outcome.WITHDRAWN
    ) -> None:
        for child in await self.work.legs.of_call(leg.call_id):
            if child.parent_id == leg.id and child.open:
                moved, _ = await self._step(
                    child.id,
                    Action.FOLLOW,
                    by=SYSTEM,
                    now=now,
                    outcome=outcome,
                    closed_at=now,
                )
                await self._children_follow(moved, now, outcome)
