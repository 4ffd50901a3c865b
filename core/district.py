"""A district as its sheets describe it: who answers, about what, by which hours and rules."""

from __future__ import annotations

from dataclasses import dataclass

from core.agency import AgencyTree
from core.canned import CannedAnswer
from core.catalogue import Catalogue
from core.limits import Limits
from core.worktime import WorkCalendar


@dataclass(frozen=True)
class District:
    """Everything the sheets say, read once at start. ``prefix`` opens public numbers (LW)."""

    prefix: str
    tree: AgencyTree
    catalogue: Catalogue
    calendar: WorkCalendar
    limits: Limits
    canned: tuple[CannedAnswer, ...] = ()
