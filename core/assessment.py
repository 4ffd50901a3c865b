"""How well an agency answers: the three rates, and the index they come to (assessment.md, e2).

Only agencies are assessed, never people; how much is called for is never held against anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import reduce
from operator import add, attrgetter
from typing import Any, NamedTuple

PER = 100
"""Deductions and additions are counted per so many legs."""
MOST_DEDUCTED, MOST_ADDED = 15.0, 5.0
LEAST_RATED = 0.3
"""Below this share of rated or verified answers no rank is given, but a warning."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each rate counts in the index, and the pull towards the district's mean.

    An index is out of 100 whatever the three come to.

    ``prior`` is with how many legs at that mean every agency begins, so that a few good answers
    make no champion and a few bad ones no culprit.
    """

    response: float = 30.0
    resolution: float = 35.0
    satisfaction: float = 35.0
    prior: float = 15.0

    @classmethod
    def of(cls, counts: Mapping[str, float]) -> Weights:
        """As the rules sheet says (``core.limits.Limits.counts``); as usual where it is silent."""
        said = {name: counts[row] for name, row in WEIGHED.items() if row in counts}
        return cls(**said)

    @property
    def named(self) -> str:
        """As every published figure carries them: 30/35/35."""
        return f"{self.response:g}/{self.resolution:g}/{self.satisfaction:g}"


WEIGHED = {
    "response": "weight_response",
    "resolution": "weight_resolution",
    "satisfaction": "weight_satisfaction",
    "prior": "legs_at_mean",
}


@dataclass(frozen=True, slots=True)
class Counts:
    """What the legs of an agency, or of many, come to; sums that add up.

    ``due`` are legs whose caller was to be contacted by now, ``contacted`` those in time.
    ``judged`` were rated or, where nobody rated, verified; ``solved`` and ``partly`` are of them.
    ``rated`` have stars, which come to ``satisfied``. ``ended`` are legs that were to be finished
    by now, ``finished`` those in time. The others count against the agency, or for it.
    """

    due: int = 0
    contacted: int = 0
    judged: int = 0
    solved: int = 0
    partly: int = 0
    rated: int = 0
    satisfied: float = 0.0
    ended: int = 0
    finished: int = 0
    red: int = 0
    refused_returns: int = 0
    false_closings: int = 0
    reworked: int = 0
    self_found: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*map(add, COUNTED(self), COUNTED(other)))


COUNTED: Callable[[Counts], tuple[Any, ...]] = attrgetter(*(each.name for each in fields(Counts)))


def summed(counts: Iterable[Counts]) -> Counts:
    """All of them together."""
    return reduce(Counts.__add__, counts, Counts())


class Rates(NamedTuple):
    """响应率, 解决率, 满意率: each from 0 to 1, None where there is nothing to go by."""

    response: float | None = None
    resolution: float | None = None
    satisfaction: float | None = None


def rates_of(counts: Counts) -> Rates:
    """The three rates as they are."""
    return Rates(
        _share(counts.contacted, counts.due),
        _share(counts.solved + counts.partly / 2, counts.judged),
        _share(counts.satisfied, counts.rated),
    )


def on_time(counts: Counts) -> float | None:
    """Of what was to be finished by now, the share that was finished in time."""
    return _share(counts.finished, counts.ended)


def shrunk(counts: Counts, mean: Rates, *, prior: float) -> Rates:
    """Every rate with ``prior`` legs at the district's mean added to it."""
    return Rates(
        _drawn(counts.contacted, counts.due, mean.response, prior),
        _drawn(counts.solved + counts.partly / 2, counts.judged, mean.resolution, prior),
        _drawn(counts.satisfied, counts.rated, mean.satisfaction, prior),
    )


def deduction(counts: Counts) -> float:
    """What is taken off: long overdue, refused returns, false closings, done over and over."""
    points = (
        0.2 * counts.red
        + 0.4 * counts.refused_returns
        + 1.0 * counts.false_closings
        + 0.4 * counts.reworked
    )
    return min(_per_hundred(points, counts.due), MOST_DEDUCTED)


def addition(counts: Counts) -> float:
    """What is added for matters found and solved before anybody called (未诉先办)."""
    return min(_per_hundred(0.1 * counts.self_found, counts.due), MOST_ADDED)


class Band(StrEnum):
    """Agencies are ranked among those of like volume only; ``FEW`` are shown and not ranked."""

    MANY = "many"
    SOME = "some"
    LESS = "less"
    FEW = "few"


LEAST_OF = {Band.MANY: 300, Band.SOME: 80, Band.LESS: 20, Band.FEW: 0}


@dataclass(frozen=True, slots=True)
class Assessment:
    """One agency and period: ``index`` is None where a rate has nothing to go by anywhere."""

    counts: Counts
    rates: Rates
    band: Band
    index: float | None

    @property
    def covered(self) -> bool:
        """Whether enough answers were rated or verified to say anything by."""
        return self.counts.judged >= LEAST_RATED * self.counts.due

    @property
    def ranks(self) -> bool:
        """Whether it takes a place: enough legs, and enough of them judged."""
        return self.band is not Band.FEW and self.covered and self.index is not None


def assess(counts: Counts, mean: Rates, weights: Weights = Weights()) -> Assessment:
    """The monthly index of an agency; ``mean`` are the rates of the whole district."""
    band = next(band for band, least in LEAST_OF.items() if counts.due >= least)
    rates = shrunk(counts, mean, prior=weights.prior)
    return Assessment(counts, rates_of(counts), band, _index(counts, rates, weights))


def ranked(assessed: Mapping[str, Assessment]) -> dict[str, int]:
    """The place of each agency in its band, the best first; equals share one."""
    places: dict[str, int] = {}
    for band in Band:
        there = {code: one for code, one in assessed.items() if one.band is band and one.ranks}
        indices = sorted((round(one.index or 0, 2) for one in there.values()), reverse=True)
        places |= {
            code: 1 + indices.index(round(one.index or 0, 2)) for code, one in there.items()
        }
    return places


def _index(counts: Counts, rates: Rates, weights: Weights) -> float | None:
    each = (weights.response, weights.resolution, weights.satisfaction)
    if None in rates or not sum(each):
        return None
    weighed = zip(each, rates, strict=True)
    points = 100 * sum(weight * (rate or 0.0) for weight, rate in weighed) / sum(each)
    return points - deduction(counts) + addition(counts)


def _share(part: float, whole: int) -> float | None:
    return part / whole if whole else None


def _drawn(part: float, whole: int, mean: float | None, prior: float) -> float | None:
    if mean is None or not whole + prior:
        return _share(part, whole)
    return (part + prior * mean) / (whole + prior)


def _per_hundred(points: float, legs: int) -> float:
    return PER * points / legs if legs else 0.0
