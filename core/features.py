"""What is switched on in which street, so that a district begins with one street and goes on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from core.agency import AgencyKind, AgencyTree


class Feature(StrEnum):
    """What may be off.

    Raising calls, standing by somebody's call, a topic for every leg, the morning's brief.
    """

    CALLS = "calls"
    SUPPORTERS = "supporters"
    TOPICS = "topics"
    BRIEFS = "briefs"


@dataclass(frozen=True, slots=True)
class Features:
    """By feature and code of a street; "" is every street not named. On unless said off."""

    said: Mapping[tuple[Feature, str], bool] = field(default_factory=dict)

    def on(self, feature: Feature, place: str, tree: AgencyTree) -> bool:
        """Whether it is on at this agency; what stands above all streets follows ""."""
        street = tree.ancestor(place, AgencyKind.STREET) if place in tree.by_code else None
        everywhere = self.said.get((feature, ""), True)
        return self.said.get((feature, street.code), everywhere) if street else everywhere
