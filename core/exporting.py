"""What is exported, for whom: whoever audits; with people's data only for a reason given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

SHORTEST_REASON = 4
LIVES = 600
"""Seconds until an export that was confirmed and not yet sent is given up (S21)."""


class What(StrEnum):
    """One row per call, per leg, per person of the staff, per act, per resident."""

    CALLS = "calls"
    LEGS = "legs"
    PEOPLE = "people"
    AUDIT = "audit"
    RESIDENTS = "residents"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants; ``why`` opens people's data, without it they are masked.

    Opening takes two persons. Residents are nothing but people's data: never without a reason.

    Of calls raised, and acts done, from ``since`` on and before ``until``; of residents those who
    raised a call then.
    """

    what: What
    form: str = "xlsx"
    why: str = ""
    since: datetime | None = None
    until: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether people are shown as they are."""
        return bool(self.why)

    def holds(self, at: datetime) -> bool:
        """Whether that moment is within."""
        return (self.since is None or at >= self.since) and (self.until is None or at < self.until)

    def facts(self) -> dict[str, Any]:
        """As an errand and an act have it."""
        span = {"since": self.since, "until": self.until}
        dated = {name: at.isoformat() for name, at in span.items() if at}
        return {"what": self.what.value, "form": self.form, "why": self.why, **dated}


def wish_of(facts: dict[str, Any]) -> Wish:
    """Read back."""
    since, until = (facts.get(name) for name in ("since", "until"))
    return Wish(
        What(facts["what"]),
        facts["form"],
        facts["why"],
        datetime.fromisoformat(since) if since else None,
        datetime.fromisoformat(until) if until else None,
    )
