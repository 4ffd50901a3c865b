"""A street whistles for a department: by who may, or with that person's word (row 25)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from core.approving import Side
from core.call import Call, Piece
from core.desk.answering import something
from core.desk.calling_up import CallingUp
from core.desk.following import Called, Following
from core.desk.proposing import Agreed, Effect, Proposing, Wanted
from core.desk.strokes import Said, Tap
from core.leg import Leg
from core.lifecycle import Action
from core.nudging import URGENT
from core.people import Actor
from core.routing import standing_in
from core.whistle import ENTITLED, Whistle, blown


class Whistling(CallingUp, Proposing, Following):
    """The kind decides who may; where nobody holds that post, the officer's own word counts."""

    async def call_up(
        self,
        leg_id: int,
        *,
        target: str,
        pieces: tuple[Piece, ...],
        whistle: Whistle = Whistle.WORK,
        by: Actor,
        now: datetime,
        version: int | None = None,
        chat: int | None = None,
    ) -> Leg:
        """Call the level above, saying what was done first.

        Gives the child leg, or the leg itself where a whistle waits for the word of its own
        agency's head. Raises ``NothingSaid``, ``NoLevelAbove``, ``AlreadyCalledUp``,
        ``AlreadyProposed``.
        """
        parent, call = await self._checked(leg_id, target)
        said, tap = something(pieces), Tap(version, chat)
        if not self._whistles(parent, target):
            return await self._calls(parent, call, {"agency": target}, said, by, now, tap)
        facts: dict[str, Any] = {"agency": target, "whistle": whistle.value}
        holders = await self._entitled(parent, whistle)
        if holders and by.account not in holders:
            posts = ENTITLED[whistle]
            within = self._decided_within(whistle, call)
            wanted = Wanted(Action.CALL_UP, (Side.OWN,), within, posts)
            return await self._propose(
                parent,
                call,
                Action.PROPOSE_CALL_UP,
                wanted,
                facts=facts,
                by=by,
                now=now,
                pieces=said,
                tap=tap,
            )
        facts["unheaded"] = not holders
        return await self._calls(parent, call, facts, said, by, now, tap)

    def _decided_within(self, whistle: Whistle, call: Call) -> str:
        """What must not wait is decided at once, where the sheet says how soon that is."""
        soon = whistle is Whistle.EMERGENCY or call.urgency in URGENT
        urgent = "call_up_decision_urgent"
        return urgent if soon and urgent in self.district.limits.steps else "call_up_decision"

    def _whistles(self, parent: Leg, target: str) -> bool:
        tree = self.district.tree
        return blown(tree.get(parent.agency), tree.get(target))

    async def _entitled(self, leg: Leg, whistle: Whistle) -> frozenset[int]:
        """Who of the agency may blow this whistle without asking."""
        officers = await self.work.people.officers_of(leg.agency)
        return frozenset(one.account for one in officers if one.post in ENTITLED[whistle])

    def _effects(self) -> dict[Action, Effect]:
        return super()._effects() | {Action.CALL_UP: self._whistle}

    async def _whistle(self, leg: Leg, agreed: Agreed) -> Leg:
        """The head agreed: what the officer wrote goes to the department."""
        facts = dict(agreed.proposal.facts)
        parent, call = await self._checked(leg.id, str(facts["agency"]))
        facts["proposer"] = agreed.proposal.by_name
        said = await self._proposed_words(parent)
        await self._calls(parent, call, facts, said, agreed.by, agreed.now, agreed.tap)
        return await self.work.legs.get(leg.id)

    async def _proposed_words(self, leg: Leg) -> tuple[Piece, ...]:
        for entry in reversed(await self.work.journal.of_call(leg.call_id)):
            if entry.leg_id == leg.id and entry.action is Action.PROPOSE_CALL_UP:
                return entry.pieces
        return ()

    async def _calls(
        self,
        parent: Leg,
        call: Call,
        facts: dict[str, Any],
        pieces: tuple[Piece, ...],
        by: Actor,
        now: datetime,
        tap: Tap,
    ) -> Leg:
        meant = str(facts["agency"])
        target = await self._reachable(meant, but=parent.agency)
        said = Said({**facts, "agency": target, **standing_in(meant, target)}, pieces)
        await self._step(
            parent.id, Action.CALL_UP, by=by, now=now, tap=tap, said=said, proposal=None
        )
        kind = facts.get("whistle")
        child = await self._child(parent, call, target, Whistle(kind) if kind else None, now)
        await self._wait_for(parent.id, child, call, now)
        await self._those_below_wait_too(parent.id, Called(parent.agency, target), now)
        return child

    async def _those_below_wait_too(self, leg_id: int, called: Called, now: datetime) -> None:
        """Who called this leg answers a day after it, and so down to the resident (R3)."""
        leg = await self.work.legs.get(leg_id)
        if leg.finish_due is not None:
            await self._date_moved(leg, leg.finish_due, now, called=called)
