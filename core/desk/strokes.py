"""The strokes every act is made of: load, take the step, write it down, owe the messages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from core import topics
from core.albums import gathered
from core.call import Call, Origin, Piece
from core.clockwork import next_due
from core.district import District
from core.errors import AlreadyDone, CardOutdated, NotAllowedNow, NotYourPart
from core.journal import Entry
from core.leg import Leg, advance, parts_in, without_stale_proposal
from core.lifecycle import Action, Status, rule_for
from core.nudging import Stage
from core.outgoing import NUDGING, TELLING, Kind, Outgoing, Policy
from core.people import Actor, Binding, Party
from core.portions import portions
from core.ports import Work
from core.posting import Posting
from core.rights import entitled, may

SEEN_BESIDE = frozenset(
    {Action.CALL_UP, Action.UNREACHABLE, Action.SUPPORT, Action.RATE_BESIDE, Action.UNSUPPORT}
    | {Action.ASK_TO_WITHDRAW, Action.JOINED}
)


class Tap(NamedTuple):
    """By which button, in which chat, a step is taken; both None outside of cards."""

    version: int | None = None
    chat: int | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What goes with a step: its facts, what was said, and where."""

    facts: Mapping[str, Any] | None = None
    pieces: tuple[Piece, ...] = ()
    origin: Origin | None = None


class Strokes:
    """Works inside the transaction that is open, for one district."""

    def __init__(self, work: Work, district: District) -> None:
        self.work = work
        self.district = district

    async def _step(
        self,
        leg_id: int,
        action: Action,
        *,
        by: Actor,
        now: datetime,
        tap: Tap = Tap(),  # noqa: B008 - a constant: an empty tuple
        said: Said = Said(),
        **changes: Any,
    ) -> tuple[Leg, Call]:
        """Take one step of the table, with all that follows from it."""
        leg = await self.work.legs.get(leg_id)
        call = await self.work.calls.get(leg.call_id)
        parts = await self._parts(leg, call, by, tap.chat)
        await self._entitle(leg, action, parts, by)
        moved = await self._advanced(leg, action, parts, tap.version)
        return await self._settle(leg, replace(moved, **changes), call, action, by, now, said)

    async def _settle(
        self,
        before: Leg,
        moved: Leg,
        call: Call,
        action: Action,
        by: Actor,
        now: datetime,
        said: Said,
    ) -> tuple[Leg, Call]:
        moved = without_stale_proposal(before, moved)
        due = next_due(moved, call.urgency, self.district, after=now)
        leg = await self.work.legs.save(replace(moved, next_due=due))
        entry = await self._write(before, leg, action, by, now, said)
        if leg.open and not before.open:
            reopened = topics.turned(leg.id, await self.work.postings.cards(leg.id))
            await self.work.outbox.put(*reopened, now=now)
        looks_new = action in SEEN_BESIDE or _late(said) or _looks(before) != _looks(leg)
        cards = await self._show(leg, now) if looks_new else ()
        slot = before.next_due if action is Action.NUDGE else None
        asked = leg if leg.proposal else replace(leg, proposal=before.proposal)
        await self._tell(asked, call, entry, rule_for(action).telling, now, slot)
        if before.open and not leg.open:
            await self.work.outbox.put(*topics.turned(leg.id, cards), now=now)
        return leg, call

    async def _advanced(
        self, leg: Leg, action: Action, parts: frozenset[Party], version: int | None
    ) -> Leg:
        try:
            return advance(leg, action, parts=parts, version=version)
        except (NotAllowedNow, CardOutdated) as refusal:
            last = await self._last_move(leg)
            if last is None:
                raise
            raise AlreadyDone(
                action=last.action,
                name=last.actor_name,
                agency=last.agency,
                at=last.at,
                leg=leg,
                wanted=action,
            ) from refusal

    async def _main(self, call: Call) -> Leg:
        """The leg that answers the resident now."""
        own = [leg for leg in await self.work.legs.of_call(call.id) if leg.parent_id is None]
        if not own:
            raise NotYourPart(action=Action.ADD)
        return own[-1]

    async def _held(self, call_id: int) -> Call:
        """The call as it is while nobody else changes it: its legs are locked with it."""
        main = await self._main(await self.work.calls.get(call_id))
        await self.work.legs.get(main.id)
        return await self.work.calls.get(call_id)

    async def _last_move(self, leg: Leg) -> Entry | None:
        entries = await self.work.journal.of_call(leg.call_id)
        moves = [e for e in entries if e.leg_id == leg.id and e.actor and e.before is not e.after]
        return moves[-1] if moves else None

    async def _parts(self, leg: Leg, call: Call, by: Actor, chat: int | None) -> frozenset[Party]:
        """The actor's parts; in a group only those of the agency that answers there (I19)."""
        supervisor = self.district.tree.district.code
        parts = parts_in(leg, by=by, caller=call.caller, district=supervisor)
        if chat is None or chat == by.account:
            return parts
        binding = await self.work.groups.at_chat(chat)
        here = binding.agency if binding and not binding.suspended else None
        return frozenset(part for part in parts if here and self._holder(leg, part) == here)

    async def _entitle(self, leg: Leg, action: Action, parts: frozenset[Party], by: Actor) -> None:
        """``NotYourPart`` where the post of the actor does not include this step (core.rights)."""
        party = rule_for(action).who
        code = self._holder(leg, party) if party in parts else None
        if code is None:
            return
        needed = entitled(party, action, self.district.tree.get(code).kind)
        if by.posts_in(code) & needed:
            return
        if not may(by.posts_in(code), needed, await self.work.people.officers_of(code)):
            raise NotYourPart(action=action, posts=needed)

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

    async def _write(
        self, before: Leg, leg: Leg, action: Action, by: Actor, now: datetime, said: Said
    ) -> Entry:
        entry = Entry(
            id=0,
            call_id=leg.call_id,
            leg_id=leg.id,
            action=action,
            at=now,
            actor=by.account,
            actor_name=by.name,
            agency=self._holder(before, rule_for(action).who),
            before=before.status,
            after=leg.status,
            facts=dict(said.facts or {}),
            pieces=said.pieces,
            origin=said.origin,
        )
        return await self.work.journal.add(entry)

    async def _show(self, leg: Leg, now: datetime) -> Sequence[Posting]:
        """Owe a fresh look at every card that shows this leg, or its child; where it is shown."""
        cards, homes = await self.work.postings.cards(leg.id), await self._homes(leg)
        chats = dict.fromkeys([card.chat for card in cards] + [home.chat for home in homes])
        rows = [*topics.made(leg.id, cards, homes), *(_card(leg.id, chat) for chat in chats)]
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
        if leg.open and leg.pressed_at:
            agencies.append(self.district.tree.district.code)
        return [home for code in agencies if (home := await self._home_of(code)) is not None]

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

        A nudge for a ``slot`` is owed once, also when the clock is set back across it (I13).
        """
        chats: set[int] = set()
        for party in sorted(telling):
            for chat in await self._chats_for(leg, call, party):
                if chat in chats:
                    continue
                chats.add(chat)
                count = max(1, len(portions(entry.pieces)))
                rows = [_notice(chat, entry, party, part, slot) for part in range(count)]
                gathering = [gathered(row, entry, now=now) for row in rows]
                await self.work.outbox.put(*gathering, now=now)

    async def _chats_for(self, leg: Leg, call: Call, party: Party) -> list[int]:
        """Where a party reads; supporters hear of the leg that answers residents, and only it."""
        if party is not Party.SUPPORTER:
            chat = await self._chat_for(leg, call, party)
            return [] if chat is None else [chat]
        if not call.supporters or leg.caller_agency is not None:
            return []
        return [one.account for one in await self.work.supporters.of_call(call.id)]

    async def _chat_for(self, leg: Leg, call: Call, party: Party) -> int | None:
        if party is Party.CALLER and leg.caller_agency is None:
            return call.caller
        code = self._holder(leg, party)
        return await self._chat_of(code) if code else None

    async def _chat_of(self, agency: str) -> int | None:
        home = await self._home_of(agency)
        return home.chat if home else None

    async def _home_of(self, agency: str) -> Binding | None:
        binding = await self.work.groups.of_agency(agency)
        return binding if binding and not binding.suspended else None


def _looks(leg: Leg) -> Leg:
    """A leg without what no card shows: cards that would look the same are left alone."""
    return replace(leg, revision=0, next_due=None, nudges=0)


def _late(said: Said) -> bool:
    """Whether a nudge says that a limit was passed just now: then the card turns yellow or red."""
    return (said.facts or {}).get("stage") in (Stage.YELLOW, Stage.RED)


def _card(leg_id: int, chat: int) -> Outgoing:
    return Outgoing(
        lane=chat,
        kind=Kind.CARD,
        payload={"leg": leg_id},
        policy=Policy.LATEST,
        coalesce=f"card:{leg_id}:{chat}",
    )


def _of_parent(card: Posting) -> Outgoing:
    return _card(card.leg_id, card.chat)


def _notice(
    chat: int, entry: Entry, party: Party, part: int, slot: datetime | None = None
) -> Outgoing:
    nudge = entry.action is Action.NUDGE
    return Outgoing(
        lane=chat,
        kind=Kind.NOTICE,
        payload={"entry": entry.id, "to": party.value, "part": part},
        policy=Policy.AT_MOST_ONCE if nudge else Policy.AT_LEAST_ONCE,
        rank=NUDGING if nudge else TELLING,
        dedupe=f"nudge:{entry.leg_id}:{slot.timestamp():.0f}" if slot else None,
    )
