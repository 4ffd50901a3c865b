"""Somebody goes on leave and somebody else stands in (the roster, row 15)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core.acts import Deed
from core.desk.noting import Noting
from core.desk.strokes import Said, Tap
from core.errors import NobodyCalledSo, NotYourPart
from core.leg import Leg
from core.lifecycle import Action
from core.people import Actor, Officer
from core.rights import STAFF, may

OPEN_AT_MOST = 500


class Rostering(Noting):
    """Nudges call whoever stands in; what the other had signed is theirs to finish."""

    async def go_on_leave(
        self, agency: str, *, until: datetime, substitute: str, by: Actor, now: datetime, chat: int
    ) -> tuple[Officer, int]:
        """Away until then, with a colleague of this name standing in; who, and how many legs.

        Raises ``NotYourPart`` for whoever does not act for the agency, ``NobodyCalledSo`` for
        a name that no other officer of the agency has, or that more than one has.
        """
        own, other = await self._two(agency, substitute, by)
        away = replace(own, away_until=until, substitute=other.account)
        await self.work.people.save_officer(away)
        facts = {"until": until.isoformat(), "substitute": other.account}
        await self._note(Deed.WENT_ON_LEAVE, agency, by=by, now=now, **facts)
        signed = [
            leg
            for leg in await self.work.legs.open_of(agency, OPEN_AT_MOST)
            if leg.signer == by.account
        ]
        for leg in signed:
            await self._hand_over(leg, other, by, now, chat)
        return other, len(signed)

    async def come_back(self, agency: str, *, by: Actor, now: datetime) -> Officer:
        """Here again; what was handed over stays with the colleague."""
        own = await self._own(agency, by)
        back = replace(own, away_until=None, substitute=None)
        await self.work.people.save_officer(back)
        await self._note(Deed.CAME_BACK, agency, by=by, now=now)
        return back

    async def set_roster(
        self, agency: str, names: Sequence[str], *, by: Actor
    ) -> tuple[Officer, ...]:
        """Call these first, in this order, when nobody signs something urgent; all in order.

        Raises ``NotYourPart`` for whoever is not of the staff, ``NobodyCalledSo`` for a name that
        no officer of the agency has, or that more than one has.
        """
        officers = await self.work.people.officers_of(agency)
        if not may(by.posts_in(agency), STAFF, officers):
            raise NotYourPart(action="roster", posts=STAFF)
        chosen = [named(officers, name) for name in dict.fromkeys(names)]
        for officer in officers:
            turn = chosen.index(officer) + 1 if officer in chosen else 0
            if turn != officer.turn:
                await self.work.people.save_officer(replace(officer, turn=turn))
        return tuple(await self.work.people.officers_of(agency))

    async def _hand_over(
        self, leg: Leg, other: Officer, by: Actor, now: datetime, chat: int
    ) -> None:
        await self._step(
            leg.id,
            Action.HAND_OVER,
            by=by,
            now=now,
            tap=Tap(None, chat),
            said=Said(facts={"name": other.name}),
            signer=other.account,
            signed_by=other.name,
        )

    async def _two(self, agency: str, substitute: str, by: Actor) -> tuple[Officer, Officer]:
        own = await self._own(agency, by)
        officers = await self.work.people.officers_of(agency)
        others = [officer for officer in officers if officer.account != by.account]
        return own, named(others, substitute)

    async def _own(self, agency: str, by: Actor) -> Officer:
        for officer in await self.work.people.officers_of(agency):
            if officer.account == by.account:
                return officer
        raise NotYourPart(action=Action.HAND_OVER)


def named(officers: Sequence[Officer], name: str) -> Officer:
    """The one officer of this name; ``NobodyCalledSo`` for none, or more than one."""
    found = [officer for officer in officers if officer.name == name.strip()]
    if len(found) != 1:
        raise NobodyCalledSo(name=name)
    return found[0]
