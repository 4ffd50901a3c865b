"""Might this person take that step now? Asked before a form is opened."""

from __future__ import annotations

from datetime import datetime

from core.desk.strokes import Strokes
from core.leg import Leg, advance
from core.lifecycle import Action
from core.people import Actor


class Trying(Strokes):
    """Changes nothing: nobody fills in a form for nothing."""

    async def could(
        self,
        leg_id: int,
        action: Action,
        *,
        by: Actor,
        now: datetime,
        version: int | None = None,
        chat: int | None = None,
    ) -> Leg:
        """The leg, if this person might take that step now; else the refusal it would meet."""
        leg = await self.work.legs.get(leg_id)
        call = await self.work.calls.get(leg.call_id)
        parts = await self._parts(leg, call, by, chat)
        await self._entitle(leg, action, parts, by)
        advance(leg, action, parts=parts, version=version)
        await self._hinders(leg, call, action, now)
        return leg
