"""Why something cannot be done now, and by which steps it will be (lifecycle rows 28 and 29)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

MOST_STEPS = 8
MOST_MISSED = 2


class HoldGround(StrEnum):
    """The coded grounds of a hold."""

    POLICY = "policy"
    MONEY = "money"
    WORKS = "works"
    LAW = "law"
    HISTORY = "history"


class Lack(StrEnum):
    """What is wrong with a plan."""

    STEPS = "steps"
    PAST = "past"
    LEADER = "leader"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Milestone:
    """One step of a plan: reached, missed, or still to come."""

    title: str
    due: datetime
    met_at: datetime | None = None
    missed: bool = False

    @property
    def ahead(self) -> bool:
        """Whether its clock still runs."""
        return self.met_at is None and not self.missed


@dataclass(frozen=True, slots=True)
class HoldPlan:
    """The plan of a leg on hold; ``review_due`` is at most thirty days off (row 28)."""

    ground: HoldGround
    words: str
    leader: str
    milestones: tuple[Milestone, ...]
    review_due: datetime

    @property
    def ahead(self) -> tuple[Milestone, ...]:
        """The steps whose clocks still run."""
        return tuple(step for step in self.milestones if step.ahead)

    @property
    def missed(self) -> int:
        """How many steps were not reached in time; the second brings the leg back (row 29)."""
        return sum(step.missed for step in self.milestones)

    @property
    def wakes(self) -> datetime:
        """The next date of the plan: a step, or the review."""
        return min([self.review_due, *(step.due for step in self.ahead)])

    def unmet(self) -> int | None:
        """The number of the first step that was not reached, late or not; None when all were."""
        numbers = (n for n, step in enumerate(self.milestones) if step.met_at is None)
        return next(numbers, None)

    def overdue(self, now: datetime) -> int | None:
        """The number of the first step whose time is over and that nobody spoke of yet."""
        late = (n for n, step in enumerate(self.milestones) if step.ahead and step.due <= now)
        return next(late, None)

    def with_step(self, number: int, **changed: Any) -> HoldPlan:
        """The plan with one step changed."""
        steps = list(self.milestones)
        steps[number] = replace(steps[number], **changed)
        return replace(self, milestones=tuple(steps))


def lack_of(plan: HoldPlan, *, now: datetime, review_by: datetime) -> Lack | None:
    """What the plan lacks to be a promise; None for nothing."""
    if not 0 < len(plan.milestones) <= MOST_STEPS or not all(s.title for s in plan.milestones):
        return Lack.STEPS
    if any(step.due <= now for step in plan.milestones):
        return Lack.PAST
    if not plan.leader.strip():
        return Lack.LEADER
    return None if now < plan.review_due <= review_by else Lack.REVIEW


def as_facts(plan: HoldPlan) -> dict[str, Any]:
    """The plan as the journal keeps it: plain JSON."""
    return {
        "hold_ground": plan.ground.value,
        "reason": plan.words,
        "leader": plan.leader,
        "milestones": [{"title": s.title, "due": s.due.isoformat()} for s in plan.milestones],
        "review": plan.review_due.isoformat(),
    }


def of_facts(facts: Mapping[str, Any]) -> HoldPlan:
    """The plan that ``as_facts`` wrote down, none of its steps reached."""
    steps = [
        Milestone(str(one["title"]), datetime.fromisoformat(one["due"]))
        for one in facts["milestones"]
    ]
    return HoldPlan(
        ground=HoldGround(facts["hold_ground"]),
        words=str(facts["reason"]),
        leader=str(facts["leader"]),
        milestones=tuple(steps),
        review_due=datetime.fromisoformat(facts["review"]),
    )
