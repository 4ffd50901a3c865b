"""The strokes every act is made of: load, take the step, write it down, owe the messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from operator import attrgetter
from typing import Any, NamedTuple

from core import topics
from core.call import Call, Origin, Piece
from core.clockwork import next_due
from core.desk.owing import Owing
from core.discretion import kept_close, reads
from core.errors import AlreadyDone, CardOutdated, NotAllowedNow, NotYourPart
from core.journal import Entry
from core.leg import Leg, advance, parts_in, without_stale_proposal
from core.lifecycle import Action, rule_for
from core.nudging import Stage
from core.people import Actor, Party
from core.records import replace
from core.rights import entitled, may
from core.warmth import heard

SEEN_BESIDE = frozenset(
    {Action.CALL_UP, Action.UNREACHABLE, Action.SUPPORT, Action.RATE_BESIDE, Action.UNSUPPORT}
    | {Action.ASK_TO_WITHDRAW, Action.JOINED}
    | {Action.RECLASS, Action.RECLASS_ABOVE, Action.RETYPE, Action.RETYPE_ABOVE}
)


UNSHOWN = frozenset({"revision", "next_due", "nudges", "nudged", "heard_at", "sorry_due"})
# What cards may show of a leg: those that would look the same are left alone.
_looks = attrgetter(*(one.name for one in fields(Leg) if one.name not in UNSHOWN))


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


class Strokes(Owing):
    """Works inside the transaction that is open, for one district."""

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
        moved = heard(without_stale_proposal(before, moved), action, now=now)
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
        await self._owe_phone_task(leg, now)
        if before.open and not leg.open:
            await self.work.outbox.put(*topics.turned(leg.id, cards), now=now)
        return leg, call

    async def _advanced(
        self, leg: Leg, action: Action, parts: frozenset[Party], version: int | None
    ) -> Leg:
        try:
            return advance(leg, action, parts=parts, version=version)
        except (NotAllowedNow, CardOutdated) as refusal:
            last = await self._overtaken(leg, action)
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

    async def _hinders(self, leg: Leg, call: Call, action: Action, now: datetime) -> None:
        """What refuses a step whatever would be said with it; each theme adds its own."""

    async def _overtaken(self, leg: Leg, action: Action) -> Entry | None:
        """Who was first: whoever, or whatever, ended the state in which this could be done."""
        could = rule_for(action).while_in
        if leg.status in could:
            return await self._last_move(leg)
        entries = await self.work.journal.of_call(leg.call_id)
        ended = [
            entry
            for entry in entries
            if entry.leg_id == leg.id and entry.before in could and entry.after not in could
        ]
        return ended[-1] if ended else None

    async def _last_move(self, leg: Leg) -> Entry | None:
        entries = await self.work.journal.of_call(leg.call_id)
        moves = [e for e in entries if e.leg_id == leg.id and e.actor and e.before is not e.after]
        return moves[-1] if moves else None

    async def _parts(self, leg: Leg, call: Call, by: Actor, chat: int | None) -> frozenset[Party]:
        """The actor's parts; in a group only those of the agency that answers there (I19)."""
        supervisor = self.district.tree.district.code
        held = parts_in(leg, by=by, caller=call.caller, district=supervisor)
        parts = frozenset(part for part in held if self._lets(leg, part))
        if chat is None or chat == by.account:
            return parts
        binding = await self.work.groups.at_chat(chat)
        here = binding.agency if binding and not binding.suspended else None
        return frozenset(part for part in parts if here and self._holder(leg, part) == here)

    def _lets(self, leg: Leg, part: Party) -> bool:
        """Of what is for named people only, other agencies have no part."""
        if not kept_close(self.district.tree, leg):
            return True
        code = self._holder(leg, part)
        return part is not Party.SUPPORTER and (
            code is None or reads(self.district.tree, leg, code)
        )

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


def signed_now(by: Actor, now: datetime) -> dict[str, Any]:
    """What a leg is once this officer has it in hand."""
    return {"signed_at": now, "signed_by": by.name, "signer": by.account}


def _late(said: Said) -> bool:
    """Whether a nudge says that a limit was passed just now: then the card turns yellow or red."""
    return (said.facts or {}).get("stage") in (Stage.YELLOW, Stage.RED)
