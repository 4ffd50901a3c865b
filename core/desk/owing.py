"""What a step owes: fresh cards where it is shown, one notice to whoever is to hear of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from core import topics
from core.albums import gathered
from core.call import Call
from core.discretion import reads
from core.district import District
from core.journal import Entry
from core.leg import Leg
from core.lifecycle import Status
from core.outgoing import TELLING, Kind, Outgoing, Policy
from core.people import Binding, Party
from core.portions import portions
from core.ports import Work
from core.posting import Posting


class Owing:
    """Knows where every party reads; nothing is sent from here."""

    def __init__(self, work: Work, district: District) -> None:
        self.work = work
        self.district = district

    def _holder(self, leg: Leg, part: Party) -> str | None:
        """Which agency has this part in a leg; None for people and for time."""
        return {
            Party.AGENCY: leg.agency,
            Party.ADJUDICATOR: leg.adjudicator,
            Party.CALLER: leg.caller_agency,
            Party.VERIFIER: leg.verifier,
            Party.SUPERVISOR: self.district.tree.district.code,
            Party.APPROVER: leg.proposal.asked if leg.proposal else None,
        }.get(part)

    async def _show(self, leg: Leg, now: datetime) -> Sequence[Posting]:
        """Owe a fresh look at every card that shows this leg, or its child; where it is shown."""
        cards, homes = await self.work.postings.cards(leg.id), await self._homes(leg)
        chats = dict.fromkeys([card.chat for card in cards] + [home.chat for home in homes])
        rows = [*topics.made(leg.id, cards, homes), *(card_row(leg.id, chat) for chat in chats)]
        if leg.parent_id is not None:
            rows += [_of_parent(card) for card in await self.work.postings.cards(leg.parent_id)]
        await self.work.outbox.put(*rows, now=now)
        return cards

    async def _homes(self, leg: Leg) -> list[Binding]:
        agencies = [leg.agency] if leg.open else []
        if leg.adjudicator and leg.review_due:
            agencies.append(leg.adjudicator)
        if leg.proposal:
            agencies.append(leg.proposal.asked)
        if leg.status is Status.VERIFYING and leg.verifier:
            agencies.append(leg.verifier)
        if leg.open and leg.pressed_at and not await self._followed_below(leg):
            agencies.append(self.district.tree.district.code)
        read = [code for code in agencies if reads(self.district.tree, leg, code)]
        return [home for code in read if (home := await self._home_of(code)) is not None]

    async def _below(self, leg: Leg) -> list[Leg]:
        """The open legs it waits for."""
        legs = await self.work.legs.of_call(leg.call_id)
        return [child for child in legs if child.parent_id == leg.id and child.open]

    async def _followed_below(self, leg: Leg) -> bool:
        """Whether the district follows a leg that keeps this one waiting."""
        return any(child.pressed_at for child in await self._below(leg))

    async def _tell(
        self,
        leg: Leg,
        call: Call,
        entry: Entry,
        telling: Iterable[Party],
        now: datetime,
        slot: datetime | None = None,
    ) -> None:
        """Owe one notice a portion to each party that has a place to read it; once a chat.

        A nudge for a ``slot`` goes its own ways (core.desk.climbing).
        """
        chats: set[int] = set()
        for party in sorted(telling):
            for chat in await self._chats_for(leg, call, party, entry.facts.get("agency")):
                if chat in chats:
                    continue
                chats.add(chat)
                count = max(1, len(portions(entry.pieces)))
                rows = [notice_row(chat, entry, party, part) for part in range(count)]
                gathering = [gathered(row, entry, now=now) for row in rows]
                await self.work.outbox.put(*gathering, now=now)

    async def _owe_phone_task(self, leg: Leg, now: datetime) -> None:
        """The agency tells the caller by phone what no message reaches them with."""
        if leg.phone_from is None or leg.parent_id is not None:
            return
        chat = await self._chat_of(leg.agency)
        if chat is not None:
            await self.work.outbox.put(task_row(leg.id, chat), now=now)

    async def _chats_for(
        self, leg: Leg, call: Call, party: Party, named: object = None
    ) -> list[int]:
        """Where a party reads; supporters hear of the leg that answers residents, and only it."""
        if party is Party.DENIER:
            return await self._who_denied(leg, but=named)
        if party is Party.RESIDENT:
            return [call.caller] if call.caller and leg.caller_agency is not None else []
        if party is not Party.SUPPORTER:
            chat = await self._chat_for(leg, call, party)
            return [] if chat is None else [chat]
        if not call.supporters or leg.caller_agency is not None or call.restricted:
            return []
        return [one.account for one in await self.work.supporters.of_call(call.id)]

    async def _who_denied(self, leg: Leg, *, but: object) -> list[int]:
        """Not the agency of this leg, told as such, nor whoever is named, who has a card."""
        legs = await self.work.legs.of_call(leg.call_id)
        codes = dict.fromkeys(one.agency for one in legs if one.returns and not one.open)
        others = [code for code in codes if code not in (leg.agency, but)]
        read = [code for code in others if reads(self.district.tree, leg, code)]
        return [chat for code in read if (chat := await self._chat_of(code)) is not None]

    async def _chat_for(self, leg: Leg, call: Call, party: Party) -> int | None:
        if party is Party.CALLER and leg.caller_agency is None:
            return call.caller or None
        code = self._holder(leg, party)
        read = code is not None and reads(self.district.tree, leg, code)
        return await self._chat_of(code) if code and read else None

    async def _chat_of(self, agency: str) -> int | None:
        home = await self._home_of(agency)
        return home.chat if home else None

    async def _home_above(self, agency: str) -> Binding | None:
        """The group of this agency or of the nearest level above that has one."""
        for above in self.district.tree.upwards(agency):
            if (home := await self._home_of(above.code)) is not None:
                return home
        return None

    async def _home_of(self, agency: str) -> Binding | None:
        binding = await self.work.groups.of_agency(agency)
        return binding if binding and not binding.suspended else None


def task_row(leg_id: int, chat: int) -> Outgoing:
    """A fresh look at what an agency has to tell the caller by phone."""
    return Outgoing(
        lane=chat,
        kind=Kind.PHONE_TASK,
        payload={"leg": leg_id},
        policy=Policy.LATEST,
        coalesce=f"phone:{leg_id}:{chat}",
    )


def card_row(leg_id: int, chat: int) -> Outgoing:
    """A fresh look at one card; many owed at once are one."""
    return Outgoing(
        lane=chat,
        kind=Kind.CARD,
        payload={"leg": leg_id},
        policy=Policy.LATEST,
        coalesce=f"card:{leg_id}:{chat}",
    )


def _of_parent(card: Posting) -> Outgoing:
    return card_row(card.leg_id, card.chat)


def notice_row(chat: int, entry: Entry, party: Party, part: int = 0) -> Outgoing:
    """One portion of what an entry tells a party."""
    return Outgoing(
        lane=chat,
        kind=Kind.NOTICE,
        payload={"entry": entry.id, "to": party.value, "part": part},
        policy=Policy.AT_LEAST_ONCE,
        rank=TELLING,
    )
