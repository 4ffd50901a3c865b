"""It cannot be done now, says an agency, but by these steps (row 28) - until it can (row 29).

While a leg is on hold its finishing clock stops (R4); the steps of the plan have clocks of their
own, and the plan is looked at again every thirty days. It ends by itself: when the second step is
missed, and when nothing of the plan is left.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from core.approving import Side
from core.call import Call, Piece
from core.clockwork import after_step, begun_again, share_of_finish
from core.desk.answering import something
from core.desk.following import Following
from core.desk.proposing import Agreed, Effect, Proposing, Wanted
from core.desk.strokes import Said, Tap
from core.errors import (
    AlreadyObjected,
    AlreadyReached,
    BadPlan,
    ChildrenOpen,
    NotFound,
    NothingSaid,
)
from core.holding import MOST_MISSED, HoldPlan, as_facts, lack_of, of_facts
from core.leg import Leg
from core.lifecycle import Action, Status
from core.people import SYSTEM, Actor

HOLD = Wanted(Action.HOLD, (Side.STREET, Side.DISTRICT), "hold_decision")


class Holding(Proposing, Following):
    """Proposed by whoever answers, agreed to by the street and the district."""

    async def propose_hold(
        self,
        leg_id: int,
        plan: HoldPlan,
        *,
        pieces: tuple[Piece, ...],
        by: Actor,
        now: datetime,
        version: int | None = None,
        chat: int | None = None,
    ) -> Leg:
        """Ask for a hold; the words of ``pieces`` are the reason, which the caller reads.

        Raises ``NothingSaid``, ``BadPlan``, ``ChildrenOpen``, ``AlreadyProposed``.
        """
        said = "\n".join(piece.text for piece in something(pieces) if piece.text)
        steps = tuple(sorted(plan.milestones, key=lambda step: step.due))
        plan = replace(plan, words=said, milestones=steps)
        latest = after_step(self.district, "hold_review", now)
        if lack := lack_of(plan, now=now, review_by=latest):
            raise BadPlan(lack=lack, until=latest)
        leg = await self.work.legs.get(leg_id)
        await self._check_below(leg, Action.PROPOSE_HOLD)
        call = await self.work.calls.get(leg.call_id)
        return await self._propose(
            leg,
            call,
            Action.PROPOSE_HOLD,
            HOLD,
            facts=as_facts(plan),
            by=by,
            now=now,
            pieces=pieces,
            tap=Tap(version, chat),
        )

    def _effects(self) -> dict[Action, Effect]:
        return super()._effects() | {Action.HOLD: self._hold}

    async def _hinders(self, leg: Leg, call: Call, action: Action, now: datetime) -> None:
        """Nobody writes a plan that has to wait for others."""
        if action is Action.PROPOSE_HOLD:
            await self._check_below(leg, action)
        await super()._hinders(leg, call, action, now)

    async def _check_below(self, leg: Leg, action: Action) -> None:
        """Whoever was called in works on, and an agency that waits for them is not on hold."""
        if below := await self._below(leg):
            agencies = tuple(other.agency for other in below)
            raise ChildrenOpen(agencies=agencies, action=action)

    async def _hold(self, leg: Leg, agreed: Agreed) -> Leg:
        await self._check_below(leg, Action.HOLD)
        plan = of_facts(agreed.proposal.facts)
        moved, _ = await self._decided(
            leg,
            agreed,
            plan=plan,
            paused_at=agreed.now,
            paused_from=leg.status,
            finish_due=None,
        )
        await self._date_moved(moved, plan.review_due, agreed.now)
        return moved

    async def reach_milestone(
        self,
        leg_id: int,
        number: int,
        *,
        by: Actor,
        now: datetime,
        version: int | None = None,
        chat: int | None = None,
    ) -> Leg:
        """A step of the plan is done, in time or late; the caller hears it."""
        plan = await self._plan_of(leg_id)
        if not 0 <= number < len(plan.milestones):
            raise NotFound(milestone=number)
        if plan.milestones[number].met_at is not None:
            raise AlreadyReached()
        reached = plan.with_step(number, met_at=now)
        said = Said(facts=_step_facts(reached, number))
        leg, _ = await self._step(
            leg_id,
            Action.REACH_MILESTONE,
            by=by,
            now=now,
            tap=Tap(version, chat),
            said=said,
            plan=reached,
        )
        return leg

    async def object_to_hold(
        self, leg_id: int, *, words: str, by: Actor, now: datetime, version: int | None = None
    ) -> Leg:
        """The caller is not content with the hold; once a hold. Raises ``AlreadyObjected``."""
        if not words.strip():
            raise NothingSaid()
        leg = await self.work.legs.get(leg_id)
        for entry in reversed(await self.work.journal.of_call(leg.call_id)):
            if entry.leg_id == leg_id and entry.action is Action.HOLD:
                break
            if entry.leg_id == leg_id and entry.action is Action.OBJECT_TO_HOLD:
                raise AlreadyObjected(at=entry.at)
        said, tap = Said(facts={"words": words}), Tap(version)
        moved, _ = await self._step(
            leg_id, Action.OBJECT_TO_HOLD, by=by, now=now, tap=tap, said=said
        )
        return moved

    async def take_up(
        self,
        leg_id: int,
        *,
        by: Actor,
        now: datetime,
        version: int | None = None,
        chat: int | None = None,
    ) -> Leg:
        """It can be done now, says whoever answers (row 29)."""
        return await self._resume(leg_id, Action.TAKE_UP, by, now, Tap(version, chat), Said())

    async def order_up(
        self, leg_id: int, *, words: str, by: Actor, now: datetime, version: int | None = None
    ) -> Leg:
        """It is to be done now, says the district, and why (row 29)."""
        if not words.strip():
            raise NothingSaid()
        said = Said(facts={"words": words})
        return await self._resume(leg_id, Action.ORDER_UP, by, now, Tap(version), said)

    async def pass_hold(self, leg_id: int, *, now: datetime) -> bool:
        """What time does to a plan: a step is missed, the plan is reviewed, or it ends.

        False when nothing of it is due.
        """
        plan = await self._plan_of(leg_id)
        if (number := plan.overdue(now)) is not None:
            await self._miss(leg_id, plan, number, now)
        elif plan.review_due <= now:
            await self._review(leg_id, plan, now)
        else:
            return False
        return True

    async def _miss(self, leg_id: int, plan: HoldPlan, number: int, now: datetime) -> None:
        missed = plan.with_step(number, missed=True)
        facts = _step_facts(missed, number) | {"missed": missed.missed}
        await self._step(
            *(leg_id, Action.MISS_MILESTONE),
            by=SYSTEM,
            now=now,
            said=Said(facts),
            plan=missed,
        )
        if missed.missed >= MOST_MISSED:
            await self._again(leg_id, {"why": "missed", "title": facts["title"]}, now)

    async def _review(self, leg_id: int, plan: HoldPlan, now: datetime) -> None:
        """While steps are ahead both sides hear of it, and the next review is set."""
        if not plan.ahead:
            await self._again(leg_id, {"why": "over"}, now)
            return
        coming, following = plan.ahead[0], after_step(self.district, "hold_review", now)
        facts = {"title": coming.title, "due": coming.due.isoformat()}
        said = Said(facts=facts | {"review": following.isoformat()})
        leg, _ = await self._step(
            leg_id,
            Action.REVIEW_HOLD,
            by=SYSTEM,
            now=now,
            said=said,
            plan=replace(plan, review_due=following),
        )
        await self._date_moved(leg, following, now)

    async def _again(self, leg_id: int, facts: dict[str, Any], now: datetime) -> None:
        said = Said(facts=facts)
        await self._resume(leg_id, Action.TAKE_UP_AGAIN, SYSTEM, now, Tap(), said)

    async def _resume(
        self, leg_id: int, action: Action, by: Actor, now: datetime, tap: Tap, said: Said
    ) -> Leg:
        """Back to work, with the limit of the class from now on (row 29)."""
        leg = await self.work.legs.get(leg_id)
        call = await self.work.calls.get(leg.call_id)
        due = share_of_finish(leg.agency, call.urgency, self.district, now=now, share=1.0)
        anew = begun_again(leg, call.urgency, self.district, now=now)
        facts = dict(said.facts or {}) | _held_since(leg)
        moved, _ = await self._step(
            leg_id,
            action,
            by=by,
            now=now,
            tap=tap,
            said=replace(said, facts=facts),
            plan=None,
            paused_at=None,
            paused_from=None,
            dispatched_at=now,
            arrive_due=anew.arrive_due,
            interim_due=anew.interim_due,
            finish_due=due,
        )
        if due is not None:
            await self._date_moved(moved, due, now)
        return moved

    async def _plan_of(self, leg_id: int) -> HoldPlan:
        leg = await self.work.legs.get(leg_id)
        if leg.plan is None or leg.status is not Status.ON_HOLD:
            raise await self._over(leg)
        return leg.plan


def _step_facts(plan: HoldPlan, number: int) -> dict[str, Any]:
    step = plan.milestones[number]
    left = [one for one in plan.milestones if one.met_at is None]
    facts = {"title": step.title, "number": number + 1, "left": len(left)}
    following = plan.ahead[0] if plan.ahead else None
    if following is None:
        return facts
    return facts | {"next": following.title, "due": following.due.isoformat()}


def _held_since(leg: Leg) -> dict[str, Any]:
    return {"since": leg.paused_at.isoformat()} if leg.paused_at else {}
