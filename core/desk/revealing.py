"""The signer looks at the caller's phone number: written down, and told to the caller (row 21)."""

from __future__ import annotations

from datetime import datetime

from core.call import Call
from core.desk.strokes import Strokes, Tap
from core.errors import NotFound, NotTheSigner
from core.lifecycle import Action
from core.people import Actor


class Revealing(Strokes):
    """Nobody but the signer of the leg that answers the caller; a group never sees the number."""

    async def reveal(
        self, leg_id: int, *, by: Actor, now: datetime, version: int | None = None
    ) -> Call:
        """The call with its number. Raises ``NotTheSigner``, ``NotFound`` where none was left."""
        leg = await self.work.legs.get(leg_id)
        call = await self.work.calls.get(leg.call_id)
        if leg.parent_id is not None or leg.signer is None or leg.signer != by.account:
            raise NotTheSigner(name=leg.signed_by)
        if not call.phone:
            raise NotFound(call=call.id)
        await self._step(leg_id, Action.REVEAL, by=by, now=now, tap=Tap(version))
        return call
