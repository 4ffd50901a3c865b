"""What one person asks for and a second one must agree to, where it hangs on no leg (R7).

A petition keeps what would be done, never that it was done: the act itself stands in the chain of
acts once somebody else agreed. Nobody agrees to what he asked for himself, and nothing waits for
ever. Decision 0013 tells which acts need it and who may be the second one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from core.sheet_edits import Difference

LIFE = timedelta(hours=24)
AGENCIES = "agencies.csv"


class Asked(StrEnum):
    """What is asked for; the subject of the petition is a sheet, an agency or a call's number."""

    SHEET = "sheet"
    UNBIND = "unbind"
    ERASE = "erase"
    EXPORT = "export"
    """A file that shows people; the subject is what of, the facts the wish and where to tell."""
    RANKING = "ranking"
    """A ranking in the channel; the subject is whose members, the facts the words and when."""
    BREACH = "breach"
    """A notice to everybody affected by a breach; the subject is empty."""


class Fate(StrEnum):
    """What became of a petition; only one that waits can become anything."""

    WAITING = "waiting"
    SECONDED = "seconded"
    DECLINED = "declined"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Petition:
    """One act that waits for a second person until ``due``; ``facts`` are plain JSON values."""

    asked: Asked
    subject: str
    by: int
    by_name: str
    at: datetime
    due: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)
    fate: Fate = Fate.WAITING
    settled_at: datetime | None = None
    settled_by: str = ""
    id: int = 0

    def waits(self, now: datetime) -> bool:
        """Whether somebody may still decide it."""
        return self.fate is Fate.WAITING and now < self.due


class Petitions(Protocol):
    """Petitions by id and by whether they wait."""

    async def add(self, petition: Petition) -> Petition:
        """Keep it; gives it back with its id."""

    async def get(self, petition_id: int) -> Petition:
        """The petition, or ``NotFound``."""

    async def settle(self, petition: Petition) -> bool:
        """Keep fate, facts, when and by whom; False, and nothing, unless it waited until now."""

    async def waiting(self) -> Sequence[Petition]:
        """All that nobody decided, those past ``due`` too; the first due first."""


def needs_second(sheet: str, changes: Difference) -> bool:
    """Whether a sheet changes in two hands: an agency goes, or more than one is touched."""
    if sheet != AGENCIES:
        return False
    touched = {row for row, *_cell in changes.changed} | {*changes.added}
    return bool(changes.removed) or len(touched) > 1


def as_facts(changes: Difference) -> dict[str, Any]:
    """A difference as plain values, so that the second person reads what the first one read."""
    lists = {"added": list(changes.added), "removed": list(changes.removed)}
    return {**lists, "changed": [list(cell) for cell in changes.changed]}


def as_difference(facts: Mapping[str, Any]) -> Difference:
    """The difference a petition keeps."""
    changed = tuple((row, column, old, new) for row, column, old, new in facts["changed"])
    return Difference(tuple(facts["added"]), tuple(facts["removed"]), changed)
