"""Somebody is there; and of an emergency whistle nobody leaves before the street says so."""

from __future__ import annotations

from datetime import datetime

from core.arriving import awaits_arrival, awaits_release
from core.call import Origin, Piece
from core.desk.answering import Answering
from core.desk.strokes import Said, Tap
from core.errors import ArrivedBefore, NothingToRelease
from core.leg import Leg
from core.lifecycle import Action, Status
from core.people import Actor


class Arriving(Answering):
    """Coming stops the clock of coming alone: who came has yet to speak to the caller."""

    async def arrive(
        self,
        leg_id: int,
        pieces: tuple[Piece, ...] = (),
        *,
        by: Actor,
        now: datetime,
        version: int | None = None,
        chat: int | None = None,
        origin: Origin | None = None,
    ) -> Leg:
        """We are there (到场), with a picture or without; takes the leg first where nobody did.

        Raises ``ArrivedBefore`` where nobody is (any more) awaited.
        """
        leg = await self.work.legs.get(leg_id)
        if leg.open and not awaits_arrival(leg):
            raise ArrivedBefore(at=leg.arrived_at)
        if leg.status is Status.DISPATCHED:
            await self.acknowledge(leg_id, by=by, now=now, version=version, chat=chat)
            version = None
        moved, _ = await self._step(
            leg_id,
            Action.ARRIVE,
            by=by,
            now=now,
            tap=Tap(version, chat),
            said=Said(pieces=pieces, origin=origin),
            arrived_at=now,
        )
        return moved

    async def release(
        self,
        leg_id: int,
        *,
        by: Actor,
        now: datetime,
        version: int | None = None,
        chat: int | None = None,
    ) -> Leg:
        """It is settled and they may go, says the street that whistled; now it can be resolved.

        Raises ``NothingToRelease`` where no emergency whistle stands.
        """
        leg = await self.work.legs.get(leg_id)
        if not awaits_release(leg):
            raise NothingToRelease(at=leg.released_at)
        moved, _ = await self._step(
            leg_id, Action.RELEASE, by=by, now=now, tap=Tap(version, chat), released_at=now
        )
        if moved.parent_id is not None:
            await self._show(await self.work.legs.get(moved.parent_id), now)
        return moved
