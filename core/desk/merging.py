"""Two calls about one matter become one (row 12)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.call import Call, Link, Medium, Piece
from core.desk.closing import Closing
from core.desk.pressing import Pressing
from core.desk.strokes import Said, Tap
from core.errors import NotMergeable
from core.leg import Leg
from core.lifecycle import Action, Outcome
from core.merging import Apart, apart
from core.people import SYSTEM, Actor
from core.supporter import Supporter


class Merging(Closing, Pressing):
    """Everybody who stood by the closed call, its caller first, stands by the main one."""

    async def merge(
        self,
        leg_id: int,
        *,
        into: int,
        by: Actor,
        now: datetime,
        version: int | None = None,
        chat: int | None = None,
    ) -> Leg:
        """It is the matter of another call, which goes on for both. Raises ``NotMergeable``.

        What was said goes to the agency that answers the main call, and nothing of it is lost.
        """
        leg = await self.work.legs.get(leg_id)
        call = await self.work.calls.get(leg.call_id)
        main = await self._mergeable(leg, call, into)
        await self.work.calls.save(replace(call, linked=main.id, link=Link.MERGED))
        moved, call = await self._step(
            leg_id,
            Action.MERGE,
            by=by,
            now=now,
            tap=Tap(version, chat),
            said=Said({"number": main.number, "call": main.id}),
            paused_from=leg.paused_from or leg.status,
            outcome=Outcome.DUPLICATE,
            closed_at=now,
        )
        await self._children_follow(moved, now, Outcome.DUPLICATE)
        await self._after_closing(moved, call, now)
        await self._join(call, main, now)
        return moved

    async def _mergeable(self, leg: Leg, call: Call, into: int) -> Call:
        main = await self.work.calls.get(into)
        reason = apart(leg, call, main, await self.work.legs.of_call(into))
        entries = await self.work.journal.of_call(call.id)
        if any(entry.action is Action.PART for entry in entries):
            reason = Apart.PARTED
        if reason is not None:
            raise NotMergeable(reason=reason, number=main.number)
        return main

    async def _join(self, call: Call, main: Call, now: datetime) -> None:
        """The caller and supporters of the one call stand by the other from now on."""
        answering = await self.work.legs.get((await self._main(main)).id)
        main = await self.work.calls.get(main.id)
        here = await self.work.supporters.of_call(call.id)
        coming = [Supporter(call.id, call.caller, call.caller_name, now), *here]
        joined = [
            one.account
            for one in coming
            if one.account not in (0, main.caller)
            and await self.work.supporters.add(replace(one, call_id=main.id, since=now))
        ]
        count = main.supporters + len(joined)
        await self.work.calls.save(replace(main, supporters=count))
        facts = {"number": call.number, "call": call.id, "supporters": count, "joined": joined}
        said = Said(facts, (*call.pieces, *_details(call)))
        moved, kept = await self._step(answering.id, Action.JOINED, by=SYSTEM, now=now, said=said)
        await self._press_where_due(moved, kept, now)


def _details(call: Call) -> tuple[Piece, ...]:
    return (Piece(Medium.WORDS, call.details),) if call.details else ()
