"""Who must answer: agencies, and the tree they stand in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


class AgencyKind(StrEnum):
    """The level an agency stands on."""

    COMMUNITY = "community"
    STREET = "street"
    DEPARTMENT = "department"
    ENTERPRISE = "enterprise"
    DISTRICT = "district"


@dataclass(frozen=True, slots=True)
class Point:
    """A place on earth, WGS-84 degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Agency:
    """One row of the agencies sheet; ``code`` never changes, ``parent`` is the level above.

    A ``restricted`` one is a team of named people, for what no other group may read.
    """

    code: str
    name: str
    kind: AgencyKind
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    centre: Point | None = None
    boundary: tuple[Point, ...] = ()
    phone: str = ""
    restricted: bool = False

    @property
    def short_name(self) -> str:
        """The name people say: without the official endings."""
        for ending in ("居民委员会", "居委会会", "居委会", "办事处"):
            if self.name.endswith(ending):
                return self.name.removesuffix(ending)
        return self.name


@dataclass(frozen=True)
class AgencyTree:
    """All agencies of a district, by code and by place in the tree."""

    agencies: tuple[Agency, ...] = field(default=())

    @cached_property
    def by_code(self) -> dict[str, Agency]:
        """Every agency under its code."""
        return {agency.code: agency for agency in self.agencies}

    @cached_property
    def district(self) -> Agency:
        """The district itself: the last to answer when nobody else is named."""
        return next(agency for agency in self.agencies if agency.kind is AgencyKind.DISTRICT)

    def get(self, code: str) -> Agency:
        """The agency with this code; ``KeyError`` when there is none."""
        return self.by_code[code]

    def children(self, code: str) -> tuple[Agency, ...]:
        """Agencies directly below, in the order of the sheet."""
        return tuple(agency for agency in self.agencies if agency.parent == code)

    def upwards(self, code: str) -> Iterator[Agency]:
        """The agency itself, its parent, and so on to the district."""
        agency: Agency | None = self.by_code.get(code)
        while agency is not None:
            yield agency
            agency = self.by_code.get(agency.parent) if agency.parent else None

    def ancestor(self, code: str, kind: AgencyKind) -> Agency | None:
        """The nearest agency of this kind at or above ``code``."""
        return next((agency for agency in self.upwards(code) if agency.kind is kind), None)

    def of_kind(self, *kinds: AgencyKind) -> tuple[Agency, ...]:
        """All agencies of these kinds, in the order of the sheet."""
        return tuple(agency for agency in self.agencies if agency.kind in kinds)

    def team_for(self, code: str, *, avoids: str = "") -> Agency | None:
        """The restricted team for a place: its street's, else the district's; None for none.

        A team of the level that is to be avoided is passed over.
        """
        levels = [agency.code for agency in self.upwards(code) if agency.code != avoids]
        teams = [agency for agency in self.agencies if agency.restricted]
        near = (team for level in levels for team in teams if team.parent == level)
        return next(near, None)


def tree_of(agencies: Iterable[Agency]) -> AgencyTree:
    """A tree of these agencies."""
    return AgencyTree(tuple(agencies))
