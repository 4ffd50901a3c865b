"""A district as its sheets describe it: who answers, about what, by which hours and rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from core.agency import AgencyTree, Point
from core.canned import CannedAnswer
from core.catalogue import Catalogue
from core.clauses import Clause
from core.features import Feature, Features
from core.grids import Grid, Within, within
from core.hours import OwnHours
from core.ladder import USUAL, Ladder
from core.limits import Limits
from core.lists import Listed
from core.worktime import WorkCalendar


@dataclass(frozen=True)
class District:
    """Everything the sheets say, read once at start. ``prefix`` opens public numbers (LW).

    ``hours`` has, by code, the agencies that keep hours of their own, ``ladders`` those that are
    reminded sooner than the others.
    """

    prefix: str
    tree: AgencyTree
    catalogue: Catalogue
    calendar: WorkCalendar
    limits: Limits
    canned: tuple[CannedAnswer, ...] = ()
    hours: Mapping[str, OwnHours] = field(default_factory=dict)
    ladder: Ladder = USUAL
    ladders: Mapping[str, Ladder] = field(default_factory=dict)
    lists: tuple[Listed, ...] = ()
    clauses: Mapping[str, Clause] = field(default_factory=dict)
    features: Features = field(default_factory=Features)
    grids: tuple[Grid, ...] = ()

    def calendar_of(self, agency: str | None) -> WorkCalendar:
        """By which days and hours this agency works; the district's where it has none of its own.

        The same object every time, so that what it has worked out once is kept.
        """
        return self._calendars.get(agency or "", self.calendar)

    def opens(self, feature: Feature, place: str) -> bool:
        """Whether this is switched on where that agency is (a staged roll-out)."""
        return self.features.on(feature, place, self.tree)

    def ladder_of(self, agency: str | None) -> Ladder:
        """How soon this agency is reminded; as the district says where it has no ladder."""
        return self.ladders.get(agency or "", self.ladder)

    def grid_at(self, community: str, point: Point | None) -> Within | None:
        """Which grid of a community holds a pin, as the sheet says now."""
        return within(self._grids.get(community, ()), point)

    @cached_property
    def _grids(self) -> dict[str, list[Grid]]:
        kept = defaultdict(list)
        for grid in self.grids:
            kept[grid.community].append(grid)
        return dict(kept)

    @cached_property
    def _calendars(self) -> dict[str, WorkCalendar]:
        kept: dict[int, WorkCalendar] = {}
        return {
            code: kept.setdefault(id(own), self.calendar.kept_by(own))
            for code, own in self.hours.items()
        }
