"""Why something cannot be done now, and by which steps it will be (lifecycle rows 28 and 29)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class HoldGround(StrEnum):
    """The coded grounds of a hold."""

    POLICY = "policy"
    MONEY = "money"
    WORKS = "works"
    LAW = "law"
    HISTORY = "history"


@dataclass(frozen=True, slots=True)
class Milestone:
    """One step of a plan: reached, missed, or still to come."""

    title: str
    due: datetime
    met_at: datetime | None = None
    missed: bool = False


@dataclass(frozen=True, slots=True)
class HoldPlan:
    """The plan of a leg on hold; ``review_due`` is at most thirty days off (row 28)."""

    ground: HoldGround
    words: str
    leader: str
    milestones: tuple[Milestone, ...]
    review_due: datetime
