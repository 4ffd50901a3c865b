"""Giving a matter to an agency: a new leg, its clocks started, its card owed."""

from __future__ import annotations

from datetime import datetime

from core.call import Call
from core.claiming import by_phone
from core.clockwork import next_due, with_clocks, with_whistle
from core.desk.owing import notice_row
from core.desk.strokes import Said, Strokes
from core.errors import NotForThem
from core.journal import Entry
from core.leg import Leg, advance
from core.lifecycle import Action
from core.people import SYSTEM, Actor, Party
from core.portions import beside_card
from core.records import replace
from core.routing import adjudicator
from core.whistle import Whistle

# The steps that carry what was said when the call was raised.
BEGINS = frozenset({Action.DISPATCH, Action.RAISE})


class Dispatching(Strokes):
    """What raising, returning and calling up have in common."""

    async def _reachable(self, code: str, *, but: str = "") -> str:
        """The agency, or the nearest above it with a group; itself where there is none."""
        bound = await self.work.groups.bound_agencies()
        above = (agency.code for agency in self.district.tree.upwards(code))
        return next((one for one in above if one in bound and one != but), code)

    async def _dispatch(
        self,
        call: Call,
        agency: str,
        *,
        now: datetime,
        reason: str,
        clause: str,
        parent: Leg | None = None,
        caller_agency: str | None = None,
        finish_due: datetime | None = None,
        co: bool = False,
        binding: bool = False,
        whistle: Whistle | None = None,
    ) -> Leg:
        """Open a leg and start its clocks; ``finish_due`` where an earlier leg used time up.

        Only then the caller is told: who answers a new call is said when it is raised.
        """
        self._check_discretion(call, agency)
        decides = await self._judge_of(agency)
        leg = Leg(
            id=0,
            call_id=call.id,
            agency=agency,
            parent_id=parent.id if parent else None,
            caller_agency=caller_agency,
            adjudicator=decides,
            reason=reason,
            clause=clause,
            co=co,
            binding=binding,
            whistle=whistle,
            phone_from=by_phone(call) if parent is None else None,
        )
        moved = advance(leg, Action.DISPATCH, parts=frozenset({Party.SYSTEM}), version=None)
        moved = with_clocks(moved, call.urgency, self.district, now=now)
        moved = with_whistle(moved, self.district)
        if finish_due and moved.finish_due:
            moved = replace(moved, finish_due=max(finish_due, now))
        due = next_due(moved, call.urgency, self.district, after=now)
        stored = await self.work.legs.add(replace(moved, next_due=due))
        entry = await self._announce(leg, stored, call, Action.DISPATCH, SYSTEM, now)
        if finish_due:
            for party in (Party.CALLER, Party.SUPPORTER):
                chats = await self._chats_for(stored, call, party)
                rows = [notice_row(chat, entry, party, 0) for chat in chats]
                await self.work.outbox.put(*rows, now=now)
        return stored

    def _check_discretion(self, call: Call, agency: str) -> None:
        """``NotForThem`` for an agency it is about, or for one that may not read it."""
        team = self.district.tree.get(agency).restricted
        if agency == call.avoids or (call.restricted and not team):
            raise NotForThem(agency=agency)

    async def _judge_of(self, agency: str) -> str:
        """Who adjudicates for an agency; a restricted team does by itself."""
        known = self.district.tree.get(agency)
        if known.restricted:
            return agency
        return await self._reachable(adjudicator(self.district.tree, known).code)

    async def _announce(
        self, before: Leg, leg: Leg, call: Call, action: Action, by: Actor, now: datetime
    ) -> Entry:
        """A leg begins: its card, and below it what the card has no room for."""
        facts = {"agency": leg.agency, "reason": leg.reason, "clause": leg.clause}
        said = Said(facts=facts, pieces=call.pieces)
        entry = await self._write(before, leg, action, by, now, said)
        await self._show(leg, now)
        chat = await self._chat_of(leg.agency)
        if chat is not None:
            await self._beside(chat, entry, now)
        return entry

    async def _beside(self, chat: int, entry: Entry, now: datetime) -> None:
        rows = [notice_row(chat, entry, Party.AGENCY, part) for part in beside_card(entry.pieces)]
        await self.work.outbox.put(*rows, now=now)
