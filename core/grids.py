"""Which grid of its community a call lies in: the smallest area, that one worker walks.

Nothing of it is stored with a call: its place and the sheet of the grids say it whenever somebody
looks. A call without a pin has no grid, and a sheet that changes moves no call.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from core.agency import Point
from core.edges import NEAR_M, beside, outline_m
from core.places import distance_m, inside

FAR_M = 1_000  # what is farther from every centre is in none: a grid is a few streets


@dataclass(frozen=True, slots=True)
class Grid:
    """One row of the grids sheet: a part of a community, with an outline, a centre, or both.

    ``worker`` is the name of who walks it, empty where the sheet names nobody.
    """

    code: str
    name: str
    community: str
    worker: str = ""
    centre: Point | None = None
    boundary: tuple[Point, ...] = ()

    @property
    def short_name(self) -> str:
        """The name without the word for what it is."""
        return self.name.removesuffix("网格") or self.name


class Within(NamedTuple):
    """The grid that holds a pin, and the one across the border where the pin lies at it."""

    grid: Grid
    beside: Grid | None = None


def within(grids: Sequence[Grid], point: Point | None) -> Within | None:
    """Which of a community's grids holds this pin; None for no pin, or one that none holds.

    An outline that holds the pin comes first, then the nearest centre of a grid without outline,
    then an outline that the pin misses by no more than 30 m: lines drawn by hand leave gaps.
    """
    if point is None:
        return None
    ranked = [(rank, grid) for grid in grids if (rank := _rank(grid, point)) is not None]
    own = min(ranked, key=lambda one: one[0], default=None)
    return Within(own[1], beside(point, own[1], grids, within=NEAR_M)) if own else None


def _rank(grid: Grid, point: Point) -> tuple[int, float] | None:
    """How well a grid holds a pin, lower is better; None where it does not."""
    if grid.boundary and inside(point, grid.boundary):
        return 0, 0.0
    if grid.boundary:
        away = outline_m(point, grid.boundary)
        return (2, away) if away <= NEAR_M else None
    away = distance_m(grid.centre, point) if grid.centre else FAR_M
    return (1, away) if away < FAR_M else None
