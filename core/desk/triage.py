"""A call whose item is not certain: admitted, asked back, sent elsewhere (rows 4, 8 to 10)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from core.agency import Agency, AgencyKind
from core.call import Call, Piece
from core.catalogue import UNSORTED, Item
from core.claiming import by_phone
from core.clockwork import clocks, next_due, triage_due
from core.desk.closing import Closing
from core.desk.dispatching import Dispatching
from core.desk.strokes import Said, Tap
from core.errors import ChannelMissing, ItemMissing, NotFound, NothingSaid, NotOnTheList
from core.intent import class_of
from core.leg import Leg
from core.lifecycle import Action, Outcome
from core.people import SYSTEM, Actor
from core.records import replace
from core.redacting import FIRST
from core.redirecting import Elsewhere
from core.routing import Route, route_to, takers, way_for

# A leg that is dispatched out of triage begins anew, whatever happened to it before.
UNTOUCHED: dict[str, Any] = {
    "triage_due": None,
    "signed_at": None,
    "signed_by": "",
    "signer": None,
    "contacted_at": None,
    "resolved_at": None,
    "conclusion": None,
    "sees_phone": None,
}


class Triage(Dispatching, Closing):
    """The community of the place looks first; when it does not, the list decides (row 9)."""

    async def admit(
        self,
        leg_id: int,
        *,
        item: str = "",
        agency: str = "",
        by: Actor,
        now: datetime,
        version: int | None = None,
        chat: int | None = None,
    ) -> Leg:
        """Say what it is about and who answers; both as they stand where nothing is said.

        Raises ``ItemMissing``, ``NotFound`` for an item nobody knows, and ``NotOnTheList`` for an
        agency that no triager may name.
        """
        leg = await self.work.legs.get(leg_id)
        call = await self._sorted(await self.work.calls.get(leg.call_id), item)
        if not call.item:
            raise ItemMissing()
        way = await self._way(call, leg.agency, agency)
        call = await self._placed(call, agency)
        return await self._give(leg, call, way, Action.ADMIT, by, now, Tap(version, chat))

    async def dispatch_late(self, leg_id: int, *, now: datetime) -> Leg:
        """Nobody admitted it in time: whom the list names answers, and the journal says so."""
        leg = await self.work.legs.get(leg_id)
        call = await self.work.calls.get(leg.call_id)
        way = await self._way(call, leg.agency, "")
        return await self._give(leg, call, way, Action.DISPATCH_LATE, SYSTEM, now, Tap())

    async def redirect(
        self,
        leg_id: int,
        *,
        reason: Elsewhere,
        channel: str,
        phone: str,
        pieces: tuple[Piece, ...] = (),
        by: Actor,
        now: datetime,
        version: int | None = None,
        chat: int | None = None,
    ) -> Leg:
        """Another channel answers such matters: which, its number and why (row 10).

        Raises ``ChannelMissing`` without a name and a number, ``NothingSaid`` without a word.
        """
        if not channel.strip() or not any(sign.isdecimal() for sign in phone):
            raise ChannelMissing()
        if not any(piece.text.strip() for piece in pieces):
            raise NothingSaid()
        facts = {"elsewhere": reason.value, "channel": channel.strip(), "phone": phone.strip()}
        leg, call = await self._step(
            leg_id,
            Action.REDIRECT,
            by=by,
            now=now,
            tap=Tap(version, chat),
            said=Said(facts=facts, pieces=pieces),
            outcome=Outcome.REDIRECTED,
            closed_at=now,
        )
        await self._children_follow(leg, now)
        await self._after_closing(leg, call, now)
        return leg

    async def _to_triage(self, call: Call, by: Actor, now: datetime) -> Leg:
        """The first leg of a call that somebody has to sort (row 4)."""
        triager = await self._triager(call)
        code = triager.code
        leg = Leg(
            id=0,
            call_id=call.id,
            agency=code,
            adjudicator=await self._judge_of(code),
            phone_from=by_phone(call),
            triage_due=triage_due(code, call.urgency, self.district, now=now),
        )
        due = next_due(leg, call.urgency, self.district, after=now)
        stored = await self.work.legs.add(replace(leg, next_due=due))
        await self._announce(leg, stored, call, Action.RAISE, by, now)
        return stored

    async def _give(
        self, leg: Leg, call: Call, way: Route, action: Action, by: Actor, now: datetime, tap: Tap
    ) -> Leg:
        """The leg goes to whom it was given, its clocks start, its material goes along."""
        self._check_discretion(call, way.agency.code)
        facts = {"agency": way.agency.code, "triager": leg.agency, "item": call.item}
        moved, _ = await self._step(
            leg.id,
            action,
            by=by,
            now=now,
            tap=tap,
            said=Said(facts=facts),
            **UNTOUCHED,
            **clocks(way.agency.code, call.urgency, self.district, now=now),
            agency=way.agency.code,
            adjudicator=await self._judge_of(way.agency.code),
            reason=way.reason.value,
            clause=way.clause,
        )
        if moved.agency != leg.agency:
            await self._material(moved, call, now)
        return moved

    async def _way(self, call: Call, triager: str, agency: str) -> Route:
        bound, item = await self.work.groups.bound_agencies(), self._item(call)
        if not agency:
            return way_for(
                self.district,
                item,
                call.community,
                bound,
                restricted=call.restricted,
                avoids=call.avoids,
            )
        allowed = takers(self.district, item, call.community, triager)
        named = next((one for one in allowed if one.code == agency), None)
        if named is None:
            raise NotOnTheList(agency=agency)
        return route_to(self.district, item, named, bound)

    async def _sorted(self, call: Call, item: str) -> Call:
        """The call about this item; danger stays as urgent as it is."""
        if not item or item == call.item:
            return call
        if item not in self.district.catalogue.by_code:
            raise NotFound(item=item)
        found = self.district.catalogue.get(item)
        secret = call.restricted or found.restricted
        urgency = class_of(found, call, self.district.limits)
        call = replace(call, item=item, urgency=urgency, restricted=secret)
        await self.work.calls.save(call)
        return call

    async def _triager(self, call: Call) -> Agency:
        """Who sorts a call: the place's community; a team, or the level above, where it must."""
        bound, place = await self.work.groups.bound_agencies(), call.community
        way = way_for(
            self.district,
            UNSORTED,
            place,
            bound,
            restricted=call.restricted,
            avoids=call.avoids,
        )
        return way.agency

    async def _placed(self, call: Call, agency: str) -> Call:
        """Another community was named: there it is, then."""
        named = self.district.tree.by_code.get(agency)
        if named is None or named.kind is not AgencyKind.COMMUNITY or agency == call.community:
            return call
        call = replace(call, community=agency)
        await self.work.calls.save(call)
        return call

    async def _material(self, leg: Leg, call: Call, now: datetime) -> None:
        """What a card has no room for, to a group that has not seen it yet."""
        chat = await self._chat_of(leg.agency)
        entries = await self.work.journal.of_call(call.id)
        told = next((e for e in reversed(entries) if e.action in FIRST and e.pieces), None)
        if chat is not None and told is not None:
            await self._beside(chat, told, now)

    def _item(self, call: Call) -> Item:
        return self.district.catalogue.get(call.item)
