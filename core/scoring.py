"""What one leg counts for in the assessment, and what counts for nothing (assessment.md, e1, e2).

The store groups legs that are alike in everything that matters here: the law stands here alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.assessment import Counts
from core.leg import Leg
from core.lifecycle import Outcome, Status
from core.rating import Conclusion, Rating

SATISFACTION = {5: 1.0, 4: 0.85, 3: 0.6, 2: 0.25, 1: 0.0}
SOLUTION = {Outcome.SOLVED: 1.0, Outcome.PARTLY: 0.5, Outcome.UNSOLVED: 0.0}
FOUND = {Conclusion.SOLVED: 1.0, Conclusion.PARTLY: 0.5}
OFTEN = 2
MOST_FOR_REWORK, FOR_REWORK = 20.0, 10.0


class Ground(StrEnum):
    """Why a leg is not assessed: each is decided by two persons, and how many is published.

    Misdispatched, a duplicate, on hold with every step of its plan met, unreasonable, redirected,
    not accepted, or its caller never answered.
    """

    MISDISPATCH = "misdispatch"
    DUPLICATE = "duplicate"
    HOLD = "hold"
    UNREASONABLE = "unreasonable"
    REDIRECTED = "redirected"
    REJECTED = "rejected"
    NO_REPLY = "no_reply"


# An unreasonable demand is out of all three rates: the worked example of the law leaves it out
# of what is due as well, although its text speaks of resolution and satisfaction alone.
GROUNDS = {
    Outcome.MISDISPATCH: Ground.MISDISPATCH,
    Outcome.DUPLICATE: Ground.DUPLICATE,
    Outcome.EXPLAINED: Ground.UNREASONABLE,
    Outcome.REDIRECTED: Ground.REDIRECTED,
    Outcome.REJECTED: Ground.REJECTED,
    Outcome.NO_REPLY: Ground.NO_REPLY,
}


@dataclass(frozen=True, slots=True)
class Sort:
    """Everything about a leg that is assessed.

    ``dispatched`` is whether it ever reached the agency. ``contacted`` and ``finished`` are
    whether that came in time, None where it was not to come yet. ``stars`` are of the rating that
    closed it, None where there is none that counts. ``verified`` means somebody looked and found
    it done, ``missed`` that a step of its plan was not reached in time.
    """

    agency: str
    status: Status = Status.CLOSED
    outcome: Outcome | None = None
    conclusion: Conclusion | None = None
    dispatched: bool = True
    contacted: bool | None = None
    finished: bool | None = None
    stars: int | None = None
    verified: bool = False
    missed: bool = False
    red: bool = False
    refused_returns: int = 0
    false_closings: int = 0
    rework: int = 0


def ground_of(sort: Sort) -> Ground | None:
    """Why it is not assessed; None where it is."""
    if sort.status is Status.ON_HOLD:
        return None if sort.missed else Ground.HOLD
    return GROUNDS.get(sort.outcome) if sort.outcome else None


def counts_of(sort: Sort, legs: int = 1) -> Counts:
    """What so many legs of this sort come to; nothing where they are not assessed."""
    if not sort.dispatched or ground_of(sort):
        return Counts()
    solution = solved(sort)
    return Counts(
        due=legs * (sort.contacted is not None),
        contacted=legs * bool(sort.contacted),
        judged=legs * (solution is not None),
        solved=legs * (solution == 1.0),
        partly=legs * (solution == 0.5),
        rated=legs * (sort.stars is not None),
        satisfied=legs * SATISFACTION.get(sort.stars or 0, 0.0),
        ended=legs * (sort.finished is not None),
        finished=legs * bool(sort.finished),
        red=legs * sort.red,
        refused_returns=legs * sort.refused_returns,
        false_closings=legs * sort.false_closings,
        reworked=legs * (sort.rework >= OFTEN),
    )


def solved(sort: Sort) -> float | None:
    """1, ½ or 0 as the caller says, else as whoever looked says; None where nobody said."""
    if sort.outcome in SOLUTION and sort.stars is not None:
        return SOLUTION[sort.outcome]
    if sort.outcome is Outcome.UNRATED and sort.verified:
        return FOUND.get(sort.conclusion, 0.0) if sort.conclusion else 0.0
    return None


def points(
    *, signed: bool, contacted: bool, finished: bool, solution: float, stars: int, rework: int = 0
) -> float:
    """一事一评: what one rated leg earns of 100; 1 for in time, 0 for late."""
    timely = 0.2 * signed + 0.3 * contacted + 0.5 * finished
    earned = 100 * (0.30 * timely + 0.35 * solution + 0.35 * SATISFACTION[stars])
    return max(0.0, earned - min(MOST_FOR_REWORK, FOR_REWORK * rework))


def earned(leg: Leg, rating: Rating | None) -> float | None:
    """What a leg earns once its caller has rated it; None for whatever has no rating that counts.

    A clock that a leg does not have is kept.
    """
    solution = SOLUTION.get(leg.outcome) if leg.outcome else None
    if rating is None or solution is None or leg.set_aside == rating.round:
        return None
    return points(
        signed=_in_time(leg.sign_due, leg.signed_at),
        contacted=_in_time(leg.contact_due, leg.contacted_at),
        finished=_in_time(leg.finish_due, leg.resolved_at),
        solution=solution,
        stars=rating.stars,
        rework=leg.rework,
    )


def _in_time(due: datetime | None, at: datetime | None) -> bool:
    return due is None or (at is not None and at <= due)
