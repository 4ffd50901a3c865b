"""One person proposes, others agree or refuse; undecided it lapses (lifecycle R7).

An act of two persons is declared in three places: the rows of the table (to propose, and the act
itself, which the ``APPROVER`` does), a method that calls ``_propose`` with the sides whose word it
needs, and its effect in ``_effects``. Everything else - who is asked, in which order, that nobody
agrees to what he proposed or agreed to before, the time - is here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from core.approving import Side, asked_of
from core.call import Call, Piece
from core.clockwork import after_step
from core.desk.dispatching import Dispatching
from core.desk.strokes import Said, Tap
from core.errors import (
    AlreadyDone,
    AlreadyProposed,
    CardOutdated,
    CoreError,
    HigherPost,
    NotFound,
    NotYourPart,
    SamePerson,
)
from core.leg import Leg
from core.lifecycle import Action, rule_for
from core.people import SYSTEM, Actor, Party, Post
from core.proposing import Proposal


class Wanted(NamedTuple):
    """What is proposed: the act, whose word it needs, within which step of the rules sheet.

    ``posts`` are who may decide in each of these agencies; empty means any officer of it.
    """

    act: Action
    sides: tuple[Side, ...]
    within: str
    posts: tuple[Post, ...] = ()


class Agreed(NamedTuple):
    """The last word that was missing: who said it, when, by which button."""

    proposal: Proposal
    by: Actor
    now: datetime
    tap: Tap


Effect = Callable[[Leg, Agreed], Awaitable[Leg]]


class Proposing(Dispatching):
    """One open proposal a leg; its agency and whoever decides see it on the card."""

    def _effects(self) -> dict[Action, Effect]:
        """What happens when everybody agreed, by act; each theme adds its own."""
        return {}

    async def approve(
        self,
        leg_id: int,
        *,
        by: Actor,
        now: datetime,
        version: int | None = None,
        chat: int | None = None,
        which: str = "",
    ) -> Leg:
        """Agree to what is proposed; the last word that was missing makes it happen.

        ``which`` is how a button spells the proposal it was drawn for. Raises ``AlreadyDone`` when
        it was decided before, ``SamePerson``, ``HigherPost``, ``CardOutdated``.
        """
        leg, proposal = await self._open_proposal(leg_id, by, which, chat)
        if by.account in (proposal.by, proposal.seconded_by):
            raise SamePerson()
        tap = Tap(version, chat)
        if len(proposal.awaits) > 1:
            return await self._second(leg, proposal, by, now, tap)
        return await self._effects()[proposal.act](leg, Agreed(proposal, by, now, tap))

    async def refuse(
        self,
        leg_id: int,
        *,
        by: Actor,
        now: datetime,
        version: int | None = None,
        chat: int | None = None,
        which: str = "",
    ) -> Leg:
        """Not agreed: everything stays as it was. One no is enough."""
        _, proposal = await self._open_proposal(leg_id, by, which, chat)
        said = Said(facts=_facts(proposal))
        tap = Tap(version, chat)
        leg, _ = await self._step(
            leg_id, Action.REFUSE, by=by, now=now, tap=tap, said=said, proposal=None
        )
        return leg

    async def lapse_proposal(self, leg_id: int, *, now: datetime) -> Leg:
        """Nobody decided in time: it counts as refused, and both sides hear it."""
        leg = await self.work.legs.get(leg_id)
        if leg.proposal is None:
            raise NotFound(leg=leg_id)
        said = Said(facts=_facts(leg.proposal))
        moved, _ = await self._step(
            leg_id, Action.LAPSE_PROPOSAL, by=SYSTEM, now=now, said=said, proposal=None
        )
        return moved

    async def _propose(
        self,
        leg: Leg,
        call: Call,
        action: Action,
        wanted: Wanted,
        *,
        facts: Mapping[str, Any],
        by: Actor,
        now: datetime,
        pieces: tuple[Piece, ...] = (),
        tap: Tap = Tap(),  # noqa: B008 - a constant: an empty tuple
    ) -> Leg:
        """Take the proposing step ``action``; ``facts`` are what the act will need.

        Raises ``AlreadyProposed`` while something else waits for a decision on this leg.
        """
        if leg.proposal is not None:
            raise AlreadyProposed(act=leg.proposal.act, until=leg.proposal.due)
        bound = await self.work.groups.bound_agencies()
        awaits = asked_of(self.district.tree, leg, call, wanted.sides, bound=bound)
        proposal = Proposal(
            act=wanted.act,
            by=by.account or 0,
            by_name=by.name,
            at=now,
            due=after_step(self.district, wanted.within, now, by=awaits[0]),
            facts=dict(facts),
            awaits=awaits,
            posts=wanted.posts,
        )
        said = Said(facts=_facts(proposal), pieces=pieces)
        moved, _ = await self._step(
            leg.id, action, by=by, now=now, tap=tap, said=said, proposal=proposal
        )
        return moved

    async def _decided(self, leg: Leg, agreed: Agreed, **changes: Any) -> tuple[Leg, Call]:
        """Take the step that was proposed, now that everybody agreed."""
        said = Said(facts=_facts(agreed.proposal))
        return await self._step(
            leg.id,
            agreed.proposal.act,
            by=agreed.by,
            now=agreed.now,
            tap=agreed.tap,
            said=said,
            proposal=None,
            **changes,
        )

    async def _second(
        self, leg: Leg, proposal: Proposal, by: Actor, now: datetime, tap: Tap
    ) -> Leg:
        """The first word of two is said; the next agency is asked."""
        waiting = replace(
            proposal,
            awaits=proposal.awaits[1:],
            seconded_by=by.account,
            seconded_in=proposal.asked,
        )
        said = Said(facts=_facts(proposal))
        moved, _ = await self._step(
            leg.id, Action.SECOND, by=by, now=now, tap=tap, said=said, proposal=waiting
        )
        return moved

    async def _open_proposal(
        self, leg_id: int, by: Actor, which: str, chat: int | None
    ) -> tuple[Leg, Proposal]:
        """What this person may decide here and now; refused when it is not theirs, or over."""
        leg = await self.work.legs.get(leg_id)
        proposal = leg.proposal
        if proposal is None:
            raise await self._over(leg)
        call = await self.work.calls.get(leg.call_id)
        if Party.APPROVER not in await self._parts(leg, call, by, chat):
            raise NotYourPart(action=Action.REFUSE)
        if which and which != proposal.mark:
            raise CardOutdated(action=proposal.act, leg=leg)
        if proposal.posts and not by.posts_in(proposal.asked) & set(proposal.posts):
            raise HigherPost(posts=proposal.posts)
        return leg, proposal

    async def _over(self, leg: Leg) -> CoreError:
        """Who decided it, or what ended it, and when."""
        for entry in reversed(await self.work.journal.of_call(leg.call_id)):
            decided = rule_for(entry.action).who is Party.APPROVER
            lapsed = entry.action is Action.LAPSE_PROPOSAL
            if entry.leg_id == leg.id and (decided or lapsed or entry.before is not entry.after):
                return AlreadyDone(
                    action=entry.action, name=entry.actor_name, at=entry.at, leg=leg
                )
        return NotFound(leg=leg.id)


def _facts(proposal: Proposal) -> dict[str, Any]:
    """What the journal keeps of it: the act, its facts, who proposed, whose word was asked."""
    told = {"act": proposal.act.value, "proposer": proposal.by_name, "asked": proposal.asked}
    return {**proposal.facts, **told, "until": proposal.due.isoformat()}
