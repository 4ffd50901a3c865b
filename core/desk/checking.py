"""Somebody outside the agency is asked to look whether it is done (row 31)."""

from __future__ import annotations

from datetime import datetime

from core.call import Call, Piece
from core.clockwork import after_step
from core.desk.strokes import Said, Strokes
from core.leg import Leg
from core.lifecycle import Action
from core.people import SYSTEM
from core.verifying import to_be_verified, verifier


class Checking(Strokes):
    """Only what answers the resident is looked at: an agency that called up sees for itself."""

    async def _verify_where_due(
        self, leg: Leg, call: Call, pieces: tuple[Piece, ...], now: datetime
    ) -> Leg:
        """Ask for verification; the leg as it was where nobody with a group could look."""
        item = self.district.catalogue.get(call.item)
        if leg.caller_agency is not None or not to_be_verified(call, item):
            return leg
        looks = await self._looks(call, leg.agency)
        if looks is None:
            return leg
        verifying, _ = await self._step(
            leg.id,
            Action.VERIFY,
            by=SYSTEM,
            now=now,
            said=Said(facts={"verifier": looks}, pieces=pieces),
            verifier=looks,
            verify_due=after_step(self.district, "verification", now, by=looks),
        )
        return verifying

    async def _looks(self, call: Call, agency: str) -> str | None:
        """The nearest agency with a group that is not the one that answered."""
        named = verifier(self.district.tree, call, agency)
        bound = await self.work.groups.bound_agencies()
        above = self.district.tree.upwards(named.code) if named else ()
        return next((one.code for one in above if one.code in bound and one.code != agency), None)
