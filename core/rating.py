"""What the caller says of the answer: solved, partly, unsolved, and one to five."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from core.lifecycle import Outcome


class Verdict(StrEnum):
    """Is it solved? Says the caller."""

    SOLVED = "solved"
    PARTLY = "partly"
    UNSOLVED = "unsolved"


class Conclusion(StrEnum):
    """What the agency claims when it resolves."""

    SOLVED = "solved"
    PARTLY = "partly"
    EXPLAINED = "explained"


@dataclass(frozen=True, slots=True)
class Rating:
    """One leg, one round, one rating by its caller (R5)."""

    leg_id: int
    round: int
    by: int
    verdict: Verdict
    stars: int
    words: str
    rated_at: datetime


class Opinion(NamedTuple):
    """What a caller says of an answer, before it counts."""

    verdict: Verdict
    stars: int
    words: str = ""

    def facts(self) -> dict[str, Any]:
        """As the journal has it."""
        return {"verdict": self.verdict.value, "stars": self.stars, "words": self.words}

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> Opinion:
        """Read back from the journal."""
        return cls(Verdict(facts["verdict"]), int(facts["stars"]), str(facts["words"]))


def outcome_of(verdict: Verdict) -> Outcome:
    """How a leg closes on this verdict."""
    return Outcome(verdict.value)


class Ratings(Protocol):
    """One rating a leg and round (R5, I14)."""

    async def add(self, rating: Rating) -> bool:
        """Keep it; False when this round was rated already, and then nothing changes."""

    async def of_leg(self, leg_id: int) -> Sequence[Rating]:
        """The ratings of a leg, in order."""
