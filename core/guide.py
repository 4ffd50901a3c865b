"""Finds the item somebody means and the community somebody stands in; built once a district."""

from __future__ import annotations

from functools import cached_property

from core.agency import Agency, Point
from core.catalogue import Item
from core.district import District
from core.edges import beside, reach_of
from core.intent import Intent, guessed
from core.places import PlaceFinder
from core.suggesting import Fold, Suggester, as_written
from core.two_matters import Halves, halves

AROUND = 6
"""Communities around a pin that may border on the one it is in."""


class Guide:
    """One door to suggestion and place finding; ``fold`` makes scripts alike."""

    def __init__(self, district: District, fold: Fold = as_written) -> None:
        self.district = district
        self._fold = fold

    @cached_property
    def _suggester(self) -> Suggester:
        return Suggester(self.district.catalogue, self._fold)

    @cached_property
    def _places(self) -> PlaceFinder:
        return PlaceFinder(self.district.tree)

    def suggest(self, words: str, n: int = 3) -> tuple[Item, ...]:
        """The items these words are most likely about, the likeliest first."""
        return self._suggester.best(words, n)

    def knows(self, words: str) -> bool:
        """Whether the catalogue speaks of this, or only has characters in common with it."""
        return self._suggester.knows(words)

    def intent(self, words: str) -> Intent:
        """What whoever says these words wants, as far as the words say it."""
        return guessed(self._fold(words))

    def two_matters(self, words: str) -> Halves | None:
        """Both matters where these words clearly tell two."""
        return halves(words, self._suggester.scored)

    def near(self, point: Point, n: int = 3) -> tuple[Agency, ...]:
        """Communities around a pin, the nearest first; nothing outside the district."""
        return self._places.near(point, n)

    def edge(self, point: Point, accuracy: float = 0.0) -> tuple[Agency, ...]:
        """The two communities on whose border a pin lies, the nearer one first; else none."""
        own, *others = self.near(point, AROUND) or (None,)
        other = beside(point, own, others, within=reach_of(accuracy)) if own else None
        return (own, other) if own and other else ()

    def named(self, words: str, n: int = 6) -> tuple[Agency, ...]:
        """Communities and streets named in what was typed, the best match first."""
        return self._places.named(words, n) or self._places.named(self._fold(words), n)
