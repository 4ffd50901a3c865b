"""A resident raises a call, or an officer for somebody who came in or rang up."""

from __future__ import annotations

from datetime import datetime

from core.agency import AgencyKind
from core.call import NOBODY, Call, NewCall
from core.claiming import digest
from core.desk.owing import notice_row
from core.desk.triage import Triage
from core.errors import (
    EnoughForToday,
    NoTeam,
    NotFound,
    NothingSaid,
    NotOpenHere,
    NotYourPart,
)
from core.features import Feature
from core.intent import class_of
from core.leg import Leg
from core.lifecycle import Action
from core.people import Actor, Party
from core.rights import RAISING
from core.routing import way_for

NEIGHBOURS = (AgencyKind.COMMUNITY, AgencyKind.STREET)


class Raising(Triage):
    """Lifecycle rows 4 and 8: dispatched at once where item and place are certain."""

    async def raise_call(self, new: NewCall, *, by: Actor, now: datetime) -> Call:
        """The call of this draft, raised now or found again (I5).

        Danger makes it P0, calls community and street of the place, whoever answers first, and
        tells the district's office at once (row 3). Where the caller is not sure of the item, and
        nobody is in danger, the community of the place sorts it first. A call on behalf of
        somebody has the same clocks as any other and nobody for its caller yet. Raises
        ``NothingSaid``, ``NotFound`` for an item or community nobody knows, ``NotYourPart`` for
        whoever raises for others without a post that does.
        """
        known = await self.work.calls.by_draft(new.draft_id)
        if known is not None:
            return known
        if not new.pieces:
            raise NothingSaid()
        self._check(new, by)
        await self._within_the_day(new, by, now)
        call = await self.work.calls.add(await self._call(new, by, now))
        if not new.sure and not new.danger:
            await self._to_triage(call, by, now)
            return call
        leg = await self._first_leg(call, now)
        if new.danger and not call.restricted:
            await self._neighbours_too(call, leg, now)
            await self._page_the_district(call, leg, now)
        return call

    async def _within_the_day(self, new: NewCall, by: Actor, now: datetime) -> None:
        """``EnoughForToday``; never where somebody is in danger, nor for staff (S13)."""
        most = self.district.limits.counts.get("calls_per_day")
        if most is None or new.danger or by.officer_of:
            return
        last = await self.work.calls.of_caller(by.account or 0, int(most))
        zone = self.district.calendar.zone
        today = now.astimezone(zone).date()
        if len(last) == int(most) and last[-1].raised_at.astimezone(zone).date() == today:
            raise EnoughForToday(most=most)

    def _check(self, new: NewCall, by: Actor) -> None:
        known = new.item in self.district.catalogue.by_code
        if not known and (new.item or new.sure):
            raise NotFound(item=new.item)
        if new.restricted and self.district.tree.team_for(new.community) is None:
            raise NoTeam()
        if new.community not in self.district.tree.by_code:
            raise NotFound(community=new.community)
        if not new.danger and not self.district.opens(Feature.CALLS, new.community):
            raise NotOpenHere(agency=new.community, feature=Feature.CALLS)
        if new.behalf and not by.posts_in(new.behalf.agency) & RAISING:
            raise NotYourPart(action=Action.RAISE, posts=RAISING)

    async def _call(self, new: NewCall, by: Actor, now: datetime) -> Call:
        day = now.astimezone(self.district.calendar.zone).date()
        count = await self.work.calls.next_in_day(day)
        item = self.district.catalogue.get(new.item)
        number = f"{self.district.prefix}-{day:%y%m%d}-{count:04d}"
        behalf = new.behalf
        return Call(
            id=0,
            number=number,
            draft_id=new.draft_id,
            caller=NOBODY if behalf else by.account or NOBODY,
            caller_name=behalf.caller_name if behalf else by.name,
            name_shown=new.name_shown,
            item=new.item,
            urgency=class_of(item, new, self.district.limits),
            danger=new.danger,
            community=new.community,
            address=new.address,
            point=new.point,
            details=new.details,
            pieces=new.pieces,
            raised_at=now,
            raised_by=by.account if behalf else None,
            claim=digest(number, behalf.code) if behalf else "",
            phone=new.phone,
            restricted=new.restricted or item.restricted,
            avoids=new.avoids,
            intent=new.intent,
        )

    async def _first_leg(self, call: Call, now: datetime) -> Leg:
        item = self.district.catalogue.get(call.item)
        bound = await self.work.groups.bound_agencies()
        way = way_for(
            self.district,
            item,
            call.community,
            bound,
            restricted=call.restricted,
            avoids=call.avoids,
        )
        return await self._dispatch(
            call, way.agency.code, now=now, reason=way.reason.value, clause=way.clause
        )

    async def _neighbours_too(self, call: Call, leg: Leg, now: datetime) -> None:
        tree, bound = self.district.tree, await self.work.groups.bound_agencies()
        near = [tree.ancestor(call.community, kind) for kind in NEIGHBOURS]
        for agency in (one.code for one in near if one):
            if agency not in (leg.agency, call.avoids) and agency in bound:
                await self._dispatch(
                    call,
                    agency,
                    now=now,
                    reason="danger",
                    clause=leg.clause,
                    parent=leg,
                    caller_agency=leg.agency,
                )

    async def _page_the_district(self, call: Call, leg: Leg, now: datetime) -> None:
        """Whoever is on duty there reads of it now, and not when it is late already."""
        district = self.district.tree.district.code
        chat = await self._chat_of(district)
        if chat is None or district in (leg.agency, call.avoids):
            return
        for entry in await self.work.journal.of_call(call.id):
            if entry.leg_id == leg.id and entry.action is Action.DISPATCH:
                row = notice_row(chat, entry, Party.SUPERVISOR)
                await self.work.outbox.put(row, now=now)
