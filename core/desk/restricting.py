"""What only named people may read: taken out of a group, or reported by whoever suffers for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from core.agency import Agency
from core.call import Call, Link, NameShown, NewCall, Piece
from core.clockwork import clocks
from core.desk.erasing import stubbed
from core.desk.raising import Raising
from core.desk.strokes import Said, Tap
from core.desk.triage import UNTOUCHED
from core.errors import NoTeam, NotTheCaller, NotYourPart, RestrictedBefore
from core.intent import Intent
from core.leg import Leg
from core.lifecycle import Action, Outcome
from core.people import Actor
from core.posting import Purpose
from core.routing import RouteReason


class Restricting(Raising):
    """A matter of discipline, or a personal one, is for a restricted team alone."""

    async def restrict(
        self,
        leg_id: int,
        *,
        by: Actor,
        now: datetime,
        version: int | None = None,
        chat: int | None = None,
    ) -> Leg:
        """The team has it from now on; groups that knew of it keep a number and no word.

        It begins anew there, whoever was called up or helps is out of it. Raises
        ``RestrictedBefore``, and ``NoTeam`` where the district has none.
        """
        leg = await self.work.legs.get(leg_id)
        call = await self.work.calls.get(leg.call_id)
        if call.restricted:
            raise RestrictedBefore()
        if leg.parent_id is not None:
            raise NotYourPart(action=Action.RESTRICT)
        team = self.district.tree.team_for(call.community, avoids=call.avoids)
        if team is None:
            raise NoTeam()
        await self._children_follow(leg, now, Outcome.REDIRECTED)
        call = replace(call, restricted=True)
        await self.work.calls.save(call)
        moved, _ = await self._step(
            leg_id,
            Action.RESTRICT,
            by=by,
            now=now,
            tap=Tap(version, chat),
            said=Said(facts={"agency": team.code}),
            **self._anew(team, call, now),
        )
        await self._take_back(moved, now)
        await self._material(moved, call, now)
        return moved

    def _anew(self, team: Agency, call: Call, now: datetime) -> dict[str, Any]:
        """What a leg is that begins at a team."""
        return {
            **UNTOUCHED,
            **clocks(team.code, call.urgency, self.district, now=now),
            "agency": team.code,
            "adjudicator": team.code,
            "verifier": None,
            "proposal": None,
            "reason": RouteReason.RESTRICTED.value,
            "clause": self.district.limits.clauses.get("restricted", ""),
        }

    async def report_retaliation(
        self, call_id: int, pieces: tuple[Piece, ...], *, draft_id: str, by: Actor, now: datetime
    ) -> Call:
        """A call of its own, nameless and for named people, linked with the one they suffer for.

        The agency that answers there has no part in it. Raises ``NotTheCaller``, ``NothingSaid``,
        and ``NoTeam`` where the sheets have no team or no item for it.
        """
        cause = await self.work.calls.get(call_id)
        if cause.caller != by.account:
            raise NotTheCaller()
        item = self.district.catalogue.retaliation
        if item is None:
            raise NoTeam()
        answers = (await self._main(cause)).agency
        team = self.district.tree.get(answers).restricted
        new = NewCall(
            draft_id=draft_id,
            item=item.code,
            community=cause.community,
            pieces=pieces,
            name_shown=NameShown.ANONYMOUS,
            restricted=True,
            intent=Intent.COMPLAINT,
            avoids="" if team else answers,
        )
        call = await self.raise_call(new, by=by, now=now)
        if call.linked is None:
            call = replace(call, linked=cause.id, link=Link.RETALIATION)
            await self.work.calls.save(call)
        return call

    async def _take_back(self, moved: Leg, now: datetime) -> None:
        """What groups were shown of it: cards are drawn anew, everything else is emptied."""
        for leg in await self.work.legs.of_call(moved.call_id):
            for posting in await self.work.postings.of_leg(leg.id):
                if posting.purpose is not Purpose.CARD and posting.chat < 0:
                    row = stubbed(posting.chat, posting.message, leg.id)
                    await self.work.outbox.put(row, now=now)
            await self._show(leg, now)
