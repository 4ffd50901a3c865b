"""The board looks, and changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from core.agency import Agency, Point
from core.albums import kept_inside
from core.asking import asked_last
from core.call import Call, Piece
from core.district import District
from core.journal import Entry
from core.leg import Leg
from core.lifecycle import Action, Status
from core.merging import apart
from core.nearby import LONG_AGO, LOOKED_AT, alike
from core.people import Actor, Binding, Footing, Officer, Resident
from core.ports import Work
from core.posting import Posting
from core.rating import Verdict
from core.returning import Ground
from core.routing import way_for
from core.views import CallView, LegView, Review, main_leg
from core.withdrawing import asked_to_withdraw, needs_a_look

OPEN_AT_MOST = 500
OFFERED, LISTED = 3, 6


class Board:
    """Reads inside the transaction that is open, for one district."""

    def __init__(self, work: Work, district: District) -> None:
        self.work = work
        self.district = district

    async def call(self, call_id: int) -> CallView:
        """A call with all its legs; ``NotFound``."""
        return await self._call_view(await self.work.calls.get(call_id))

    async def call_by_number(self, number: str) -> CallView | None:
        """The call with this public number, however it was typed."""
        call = await self.work.calls.by_number(number.strip().upper())
        return await self._call_view(call) if call else None

    async def leg(self, leg_id: int) -> LegView:
        """A leg with its names, its children, its ratings; ``NotFound``."""
        leg = await self.work.legs.get(leg_id)
        call = await self.work.calls.get(leg.call_id)
        return await self._leg_view(leg, call, await self.work.legs.of_call(call.id))

    async def my_calls(self, account: int, limit: int = 20) -> tuple[CallView, ...]:
        """Somebody's calls, newest first."""
        calls = await self.work.calls.of_caller(account, limit)
        return tuple([await self._call_view(call) for call in calls])

    async def my_open_legs(self, account: int) -> tuple[LegView, ...]:
        """The leg that answers each of somebody's open calls, newest first, with its names alone.

        Whoever begins to speak is asked about them: that must not cost what a whole view does.
        """
        calls = await self.work.calls.open_of_caller(account)
        legs = await self.work.legs.of_calls([call.id for call in calls])
        return tuple([self._named(c, [leg for leg in legs if leg.call_id == c.id]) for c in calls])

    async def answered_by(self, call: Call) -> LegView:
        """The leg that answers this call now, with its names alone."""
        return self._named(call, await self.work.legs.of_call(call.id))

    def _named(self, call: Call, legs: Sequence[Leg]) -> LegView:
        """Which of a call's legs, oldest first, answers it, with its names alone."""
        leg, tree = legs[main_leg(legs)], self.district.tree
        item, place = self.district.catalogue.get(call.item), tree.get(call.community)
        return LegView(leg, call, item, tree.get(leg.agency), place)

    async def alike(
        self, item: str, community: str, point: Point | None, *, account: int, now: datetime
    ) -> tuple[CallView, ...]:
        """Open calls of others that may be the very matter, the likeliest first, at most three."""
        found = await self._nearby(item, community, now)
        near = alike(found, point, but=account)[:OFFERED]
        return tuple([await self._call_view(call) for call in near])

    async def mergeable(self, leg_id: int, *, now: datetime) -> tuple[CallView, ...]:
        """Open calls that this one may be a duplicate of, the likeliest first."""
        leg = await self.work.legs.get(leg_id)
        call = await self.work.calls.get(leg.call_id)
        found = await self._nearby(call.item, call.community, now)
        near = [one for one in alike(found, call.point) if await self._may_merge(leg, call, one)]
        return tuple([await self._call_view(one) for one in near[:LISTED]])

    async def mergeable_by_number(self, leg_id: int, number: str) -> CallView | None:
        """The call of this number, if this one may go into it."""
        leg = await self.work.legs.get(leg_id)
        call = await self.work.calls.get(leg.call_id)
        found = await self.work.calls.by_number(number)
        if found is None or not await self._may_merge(leg, call, found):
            return None
        return await self._call_view(found)

    async def _nearby(self, item: str, community: str, now: datetime) -> Sequence[Call]:
        """Of what is not sorted yet nobody knows whether it is like anything."""
        if not item:
            return ()
        since = now - LONG_AGO
        return await self.work.calls.near(item, community, since=since, limit=LOOKED_AT)

    async def _may_merge(self, leg: Leg, call: Call, into: Call) -> bool:
        return apart(leg, call, into, await self.work.legs.of_call(into.id)) is None

    async def supported(self, account: int, limit: int = 20) -> tuple[CallView, ...]:
        """Calls somebody stands by, the newest first."""
        return tuple(
            [await self.call(one) for one in await self.work.supporters.of_account(account, limit)]
        )

    async def supports(self, account: int, call_id: int) -> bool:
        """Whether somebody stands by this call."""
        return account in {one.account for one in await self.work.supporters.of_call(call_id)}

    async def open_legs(self, agency: str, limit: int = 30) -> tuple[LegView, ...]:
        """What an agency has to answer, the earliest due first."""
        return tuple(
            [await self.leg(leg.id) for leg in await self.work.legs.open_of(agency, limit)]
        )

    async def to_verify(self, agency: str, limit: int = 30) -> tuple[LegView, ...]:
        """What an agency is to look at, whether it is done; the oldest first."""
        legs = await self.work.legs.to_verify(agency, limit)
        return tuple([await self.leg(leg.id) for leg in legs])

    async def signed_by(self, account: int | None, agency: str) -> tuple[LegView, ...]:
        """What one officer signed for an agency and has not finished, the earliest due first."""
        legs = await self.work.legs.open_of(agency, OPEN_AT_MOST)
        return tuple([await self.leg(leg.id) for leg in legs if leg.signer == account])

    async def open_count(self, agency: str) -> int:
        """How many legs an agency has open."""
        return await self.work.legs.open_count(agency)

    async def entry(self, entry_id: int) -> Entry:
        """One line of the journal; ``NotFound``."""
        return await self.work.journal.get(entry_id)

    async def group(self, chat: int) -> Binding | None:
        """Which agency answers in this chat, if its binding is in force."""
        binding = await self.work.groups.at_chat(chat)
        return binding if binding and not binding.suspended else None

    async def home_of(self, agency: str) -> Binding | None:
        """Where an agency answers, suspended or not."""
        return await self.work.groups.of_agency(agency)

    async def muted(self, chat: int) -> bool:
        """Whether an agency answers here and the bot was not allowed to write."""
        binding = await self.work.groups.at_chat(chat)
        return binding is not None and binding.muted

    async def answering(
        self, item: str, place: str, *, restricted: bool = False, avoids: str = ""
    ) -> Agency:
        """Who would answer such a call, were it raised now."""
        return way_for(
            self.district,
            self.district.catalogue.get(item),
            place,
            await self.work.groups.bound_agencies(),
            restricted=restricted,
            avoids=avoids,
        ).agency

    async def groups(self) -> frozenset[str]:
        """Codes of all agencies with a group in force."""
        return await self.work.groups.bound_agencies()

    async def rooms(self) -> Sequence[tuple[Binding, Footing | None]]:
        """All groups in force, and what the bot may do in them."""
        return await self.work.groups.in_force()

    async def about(self, chat: int, message: int) -> Posting | None:
        """What a message in a chat is about."""
        return await self.work.postings.find(chat, message)

    async def kept_inside(self, piece: Piece, call_id: int, *, by: Actor) -> bool:
        """Whether this is one more photo of an album that this person keeps inside."""
        return kept_inside(piece, by.account, await self.work.journal.of_call(call_id))

    async def resident(self, account: int) -> Resident | None:
        """Who this is, if they ever spoke to the bot."""
        return await self.work.people.resident(account)

    async def posts_of(self, account: int) -> tuple[Officer, ...]:
        """Every agency this person acts for."""
        return tuple(await self.work.people.posts_of(account))

    async def officers_of(self, agency: str) -> tuple[Officer, ...]:
        """Everybody who acts for an agency."""
        return tuple(await self.work.people.officers_of(agency))

    async def who(self, account: int, name: str, *, administrators: Collection[int]) -> Actor:
        """The actor behind an account, as the database knows them at this moment (I19)."""
        posts = await self.work.people.posts_of(account)
        registered = next((post.name for post in posts), name)
        agencies = frozenset(post.agency for post in posts)
        held = frozenset((post.agency, post.post) for post in posts)
        return Actor(account, registered, agencies, account in administrators, held)

    async def _call_view(self, call: Call) -> CallView:
        legs = await self.work.legs.of_call(call.id)
        views = tuple([await self._leg_view(leg, call, legs) for leg in legs])
        entries = tuple(await self.work.journal.of_call(call.id))
        catalogue, tree = self.district.catalogue, self.district.tree
        named = {str(e.facts.get("agency") or e.agency or "") for e in entries}
        named |= {str(e.agency or "") for e in entries}
        return CallView(
            call,
            catalogue.get(call.item),
            tree.get(call.community),
            views,
            entries,
            {code: tree.get(code) for code in named if code in tree.by_code},
        )

    async def _leg_view(self, leg: Leg, call: Call, around: Sequence[Leg]) -> LegView:
        tree = self.district.tree
        below = [other for other in around if other.parent_id == leg.id]
        resident = await self.work.people.resident(call.caller)
        review = await self._review(leg)
        return LegView(
            leg=leg,
            call=call,
            item=self.district.catalogue.get(call.item),
            agency=tree.get(leg.agency),
            community=tree.get(call.community),
            caller_agency=tree.get(leg.caller_agency) if leg.caller_agency else None,
            adjudicator=tree.get(leg.adjudicator) if leg.adjudicator else None,
            children=tuple([await self._leg_view(child, call, around) for child in below]),
            ratings=tuple(await self.work.ratings.of_leg(leg.id)),
            reachable=resident.reachable if resident else True,
            proposed=tree.by_code.get(review.proposed),
            ground=review.ground,
            convened=review.convened,
            takes=await self._takes(leg, call),
            letting_go=await self._letting_go(leg, call),
            question=await self._question(leg),
            supervisor=tree.district,
            beside=await self._beside(leg, call),
            linked=await self._number_of(call.linked),
            member=bool(resident and resident.member_of),
        )

    async def _beside(self, leg: Leg, call: Call) -> tuple[Verdict, ...]:
        if not call.supporters or leg.resolved_at is None:
            return ()
        return tuple(
            Verdict(entry.facts["verdict"])
            for entry in await self.work.journal.of_call(call.id)
            if entry.action is Action.RATE_BESIDE
            and (entry.leg_id, entry.facts["round"]) == (leg.id, leg.round)
        )

    async def _number_of(self, call_id: int | None) -> str:
        return (await self.work.calls.get(call_id)).number if call_id else ""

    async def _takes(self, leg: Leg, call: Call) -> Agency | None:
        if leg.status is not Status.TRIAGE:
            return None
        return await self.answering(
            call.item, call.community, restricted=call.restricted, avoids=call.avoids
        )

    async def _question(self, leg: Leg) -> str:
        if leg.status is not Status.NEED_INFO:
            return ""
        return asked_last(await self.work.journal.of_call(leg.call_id), leg.id)

    async def _letting_go(self, leg: Leg, call: Call) -> bool:
        if not leg.open or leg.parent_id is not None or not needs_a_look(call):
            return False
        return asked_to_withdraw(await self.work.journal.of_call(call.id), leg.id)

    async def _review(self, leg: Leg) -> Review:
        """What is to be decided of a return; nothing where none is under review."""
        if leg.status is not Status.RETURN_REVIEW:
            return Review()
        convened = False
        for entry in reversed(await self.work.journal.of_call(leg.call_id)):
            if entry.leg_id != leg.id:
                continue
            convened = convened or entry.action is Action.CONVENE
            if entry.action is Action.RETURN:
                ground = Ground(entry.facts["ground"])
                return Review(str(entry.facts["proposed"]), ground, convened)
        return Review()
