"""Where somebody is: the communities around a pin, and the places a typed name may mean."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import pairwise
from math import asin, cos, inf, radians, sin, sqrt
from operator import itemgetter
from typing import NamedTuple

from core.agency import Agency, AgencyKind, AgencyTree, Point

EARTH_M = 6_371_000
FAR_M = 10_000  # without an outline of the district, nothing farther than this is near
SPARE = 8  # so many more are measured exactly than are asked for
OFFICES = ("居民委员会", "居委会会", "居委会", "居委", "办事处", "街道办")
LEVELS = ("社区", "街道", "街")
SHORTEST_IN_A_SENTENCE = 2
IN_FULL, BARE, IN_A_SENTENCE = 0, 1, 5


def inside(point: Point, boundary: Sequence[Point]) -> bool:
    """Whether a point lies inside an outline (ray casting; the outline closes itself)."""
    crossings = 0
    for one, two in pairwise([*boundary[-1:], *boundary]):
        if (one.latitude > point.latitude) != (two.latitude > point.latitude):
            share = (point.latitude - one.latitude) / (two.latitude - one.latitude)
            crossing = one.longitude + share * (two.longitude - one.longitude)
            crossings += point.longitude < crossing
    return crossings % 2 == 1


def distance_m(one: Point, two: Point) -> float:
    """Metres between two points, along the earth."""
    south, north = radians(one.latitude), radians(two.latitude)
    east = radians(two.longitude - one.longitude)
    bow = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin(east / 2) ** 2
    return 2 * EARTH_M * asin(sqrt(bow))


def folded(text: str) -> str:
    """Letters and digits only, half width: how names are compared."""
    normal = unicodedata.normalize("NFKC", text).lower()
    return "".join(character for character in normal if character.isalnum())


class Said(NamedTuple):
    """What was typed, folded; without the word for an office; and without that for a level."""

    whole: str
    called: str
    short: str

    @classmethod
    def heard(cls, words: str) -> Said:
        """The three ways to read it."""
        whole = folded(words)
        called = _without_ending(whole, OFFICES)
        return cls(whole, called, _without_ending(called, LEVELS))


@dataclass(frozen=True, slots=True)
class Names:
    """How one agency may be called: in full, and without the word for its level."""

    agency: Agency
    street: str
    full: frozenset[str]
    bare: frozenset[str]

    def rank(self, said: Said) -> tuple[int, int] | None:
        """How well it fits what was said, lower is better; None when it does not."""
        whole, called, short = said
        if whole in self.full or called in self.full:
            return IN_FULL, 0
        if short in self.bare:
            return BARE, 0
        if longest := _longest(name for name in self.full if name in whole):
            return 2, -longest
        if any(name.startswith(short) for name in self.bare):
            return 3, 0
        if any(short in name for name in self.bare):
            return 4, 0
        longest = _longest(name for name in self.bare if name in whole)
        return (IN_A_SENTENCE, -longest) if longest >= SHORTEST_IN_A_SENTENCE else None


Order = tuple[int, bool, int]
Found = tuple[Order, Names]


class PlaceFinder:
    """Finds communities and streets of one district; the names are prepared once."""

    def __init__(self, tree: AgencyTree) -> None:
        self._district = tree.district
        self._communities = tree.of_kind(AgencyKind.COMMUNITY)
        places = (*self._communities, *tree.of_kind(AgencyKind.STREET))
        self._names = tuple(_names(agency, tree) for agency in places)
        self._in_full = frozenset[str]().union(*(names.full for names in self._names))
        self._outlined = tuple(agency for agency in self._communities if agency.boundary)
        self._pinned = tuple(
            (agency.centre.latitude, agency.centre.longitude, agency)
            for agency in self._communities
            if agency.centre and not agency.boundary
        )

    def near(self, point: Point, n: int = 3) -> tuple[Agency, ...]:
        """The ``n`` communities a pin may be in: by outline first, then by nearest centre.

        None when the pin is outside the district. Pins sent from phones in China may be 500 m off,
        so the answer is always to be shown and confirmed.
        """
        outline = self._district.boundary
        if outline and not inside(point, outline):
            return ()
        candidates = (*self._outlined, *self._around(point, n + SPARE))
        farthest = inf if outline else FAR_M
        reach = [(_reach(agency, point), agency) for agency in candidates]
        reach.sort(key=itemgetter(0))
        return tuple(agency for metres, agency in reach[:n] if metres < farthest)

    def _around(self, point: Point, n: int) -> tuple[Agency, ...]:
        """The ``n`` nearest centres as if the earth were flat: exact enough for a district."""
        north, east, narrower = point.latitude, point.longitude, cos(radians(point.latitude))
        flat = [
            ((y - north) ** 2 + ((x - east) * narrower) ** 2, at)
            for at, (y, x, _) in enumerate(self._pinned)
        ]
        return tuple(self._pinned[at][2] for _, at in nsmallest(n, flat))

    def named(self, words: str, n: int = 6) -> tuple[Agency, ...]:
        """Communities and streets that a typed name, alias, fragment or address may mean.

        Exact names come first, fragments and names inside a sentence after them; those whose
        street is named too before their namesakes, and communities before streets. All that share
        a name are given. Whoever types a name as it is written means that place, not the street
        whose name is inside it.
        """
        said = Said.heard(words)
        if not said.short:
            return ()
        among = self._named_in_full(said) or self._names
        ranks = [(names, names.rank(said)) for names in among]
        found = [(_order(names, rank, said.whole), names) for names, rank in ranks if rank]
        found.sort(key=itemgetter(0))
        return tuple(names.agency for _, names in _meant(found)[:n])

    def _named_in_full(self, said: Said) -> Sequence[Names]:
        """Those whose whole name was written: nobody else is meant then, nor has to be asked."""
        if not {said.whole, said.called} & self._in_full:
            return ()
        return [one for one in self._names if said.whole in one.full or said.called in one.full]


def _meant(found: Sequence[Found]) -> Sequence[Found]:
    """Names written in full leave no room for guesses; bare ones none for parts of themselves."""
    best = found[0][0][0] if found else IN_A_SENTENCE
    if best == IN_FULL:
        return [one for one in found if one[0][0] == IN_FULL]
    return [one for one in found if best > BARE or one[0][0] < IN_A_SENTENCE]


def _order(names: Names, rank: tuple[int, int], said: str) -> Order:
    fit, length = rank
    return fit, not (names.street and names.street in said), length


def _reach(agency: Agency, point: Point) -> float:
    if agency.boundary and inside(point, agency.boundary):
        return -1.0
    return distance_m(agency.centre, point) if agency.centre else inf


def _names(agency: Agency, tree: AgencyTree) -> Names:
    name = folded(agency.name)
    short = _without_ending(name, OFFICES)
    bare = _without_ending(short, LEVELS)
    aliases = frozenset(folded(alias) for alias in agency.aliases)
    above = tree.ancestor(agency.parent or "", AgencyKind.STREET)
    return Names(
        agency=agency,
        street=_without_ending(folded(above.short_name), LEVELS) if above else "",
        full=frozenset({name, short} if short != bare else {name}) | aliases - {bare},
        bare=frozenset({bare}) | aliases,
    )


def _without_ending(name: str, endings: tuple[str, ...]) -> str:
    return next((name.removesuffix(end) for end in endings if name.endswith(end)), name)


def _longest(names: Iterator[str]) -> int:
    return max(map(len, names), default=0)
