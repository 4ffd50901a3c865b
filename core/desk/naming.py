"""The district names the lead of a disputed call (row 20)."""

from __future__ import annotations

from datetime import datetime

from core.desk.returning import Returning
from core.desk.strokes import Said, Tap
from core.errors import NotFound
from core.leg import Leg
from core.lifecycle import Action, Outcome
from core.people import Actor


class Naming(Returning):
    """Whoever is named cannot return it; whoever was not is done with it, unscored."""

    async def name_lead(
        self,
        leg_id: int,
        *,
        agency: str,
        by: Actor,
        now: datetime,
        version: int | None = None,
        chat: int | None = None,
    ) -> Leg:
        """This agency answers, and that binds; gives its leg. Raises ``NotFound``."""
        if agency not in self.district.tree.by_code:
            raise NotFound(agency=agency)
        leg = await self.work.legs.get(leg_id)
        tap = Tap(version, chat)
        if agency == leg.agency:
            said = Said({"binding": True})
            kept, _ = await self._step(
                leg_id,
                Action.KEEP_LEAD,
                by=by,
                now=now,
                tap=tap,
                said=said,
                review_due=None,
                binding=True,
            )
            return kept
        old, call = await self._step(
            leg_id,
            Action.NAME_LEAD,
            by=by,
            now=now,
            tap=tap,
            said=Said({"agency": agency}),
            outcome=Outcome.MISDISPATCH,
            closed_at=now,
        )
        new = await self._dispatch_anew(old, call, agency, now, binding=True)
        return await self._press_where_due(new, call, now)
