"""Whether a pin lies so near to the border of two areas that only who is there knows which.

Where outlines are known they are the border; where only centres are, the line half-way between.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import cos, hypot, inf, radians
from typing import Protocol, TypeVar

from core.agency import Point
from core.places import distance_m, inside

NEAR_M = 30.0
FARTHEST_M = 100.0
"""A pin that says it is off by more is off by so much: else half the district were an edge."""
DEGREE_M = 111_195.0


class Area(Protocol):
    """What has a place on the map: a community, a grid."""

    @property
    def centre(self) -> Point | None:
        """Its middle, where known."""

    @property
    def boundary(self) -> tuple[Point, ...]:
        """Its outline; empty where unknown."""


Place = TypeVar("Place", bound=Area)


def reach_of(accuracy: float) -> float:
    """How near to a border a pin may be: 30 m, or as far off as the phone says, to 100 m."""
    return min(max(NEAR_M, accuracy), FARTHEST_M)


def beside(point: Point, own: Place, others: Iterable[Place], *, within: float) -> Place | None:
    """The area across the border that is within so many metres; None away from any."""
    away = [(_border_m(point, own, other), other) for other in others if other is not own]
    nearest = min(away, key=lambda one: one[0], default=None)
    return nearest[1] if nearest and nearest[0] <= within else None


def outline_m(point: Point, outline: Sequence[Point]) -> float:
    """Metres from a point to the nearest stretch of an outline."""
    corners = [_metres(point, corner) for corner in (*outline[-1:], *outline)]
    return min(_to_line(one, two) for one, two in pairwise(corners))


def _border_m(point: Point, own: Area, other: Area) -> float:
    if own.boundary and other.boundary:
        return 0.0 if inside(point, other.boundary) else outline_m(point, other.boundary)
    if own.centre is None or other.centre is None:
        return inf
    apart = distance_m(own.centre, other.centre)
    if not apart:
        return 0.0
    here, there = distance_m(point, own.centre), distance_m(point, other.centre)
    return abs(there**2 - here**2) / (2 * apart)


def _metres(origin: Point, other: Point) -> tuple[float, float]:
    """East and north of the origin; a district is small enough to be flat."""
    east = (other.longitude - origin.longitude) * DEGREE_M * cos(radians(origin.latitude))
    return east, (other.latitude - origin.latitude) * DEGREE_M


def _to_line(one: tuple[float, float], two: tuple[float, float]) -> float:
    """From the origin to the stretch between two points."""
    dx, dy = two[0] - one[0], two[1] - one[1]
    length = dx * dx + dy * dy
    share = max(0.0, min(1.0, -(one[0] * dx + one[1] * dy) / length)) if length else 0.0
    return hypot(one[0] + share * dx, one[1] + share * dy)
