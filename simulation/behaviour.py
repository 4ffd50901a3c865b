"""How people behave in a simulated district: when residents call, how long officers take."""

from __future__ import annotations

import tomllib
from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

USUAL = Path(__file__).parent / "usual.toml"


class BadBehaviour(ValueError):
    """The file of behaviour lacks something, or has a figure that cannot be: ``where`` says it."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


@dataclass(frozen=True, slots=True)
class Spread:
    """Hours, log-normal: half of all take less than ``median``; ``spread`` is its sigma."""

    median: float
    spread: float

    def draw(self, chance: Random) -> float:
        """So many hours this time; never more than forty times the median."""
        drawn = self.median * chance.lognormvariate(0.0, self.spread)
        return min(drawn, 40 * self.median)


@dataclass(frozen=True)
class Behaviour:
    """``calls[weekday][hour]`` are weights; ``shares`` are between 0 and 1.

    ``delays[step]`` holds spreads by urgency, in the working hours of the agency where the urgency
    counts in them, else in natural hours; "all" is for urgencies without one of their own. What
    residents take (``rate``) is in natural hours.
    """

    calls: Sequence[Sequence[float]]
    items: Mapping[str, float]
    shares: Mapping[str, float]
    delays: Mapping[str, Mapping[str, Spread]]

    def takes(self, step: str, urgency: str, chance: Random) -> float:
        """How many hours a step takes this time."""
        by_urgency = self.delays[step]
        return by_urgency.get(urgency, by_urgency["all"]).draw(chance)

    def happens(self, what: str, chance: Random) -> bool:
        """Whether it happens this time."""
        return chance.random() < self.shares[what]


SHARES = (
    *("return", "agree", "extend", "approve", "partly", "verify_fails", "rate", "unsolved"),
    *("sleeps", "danger", "rework"),
)
DELAYS = ("sign", "contact", "arrive", "interim", "finish", "decide", "verify", "rate")


def read(file: Path = USUAL) -> Behaviour:
    """The behaviour in a TOML file; what it leaves out is as usual. Raises ``BadBehaviour``."""
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadBehaviour(f"{file}: {error}") from error
    usual = told if file == USUAL else tomllib.loads(USUAL.read_text(encoding="utf-8"))
    known = {**usual, **told}
    shares = {**usual["shares"], **told.get("shares", {})}
    delays = {**usual["delays"], **told.get("delays", {})}
    return Behaviour(_calls(known["calls"]), known["items"], _shares(shares), _delays(delays))


class Lot:
    """Draws an index, as often as its weight says."""

    def __init__(self, weights: Iterable[float]) -> None:
        self._sums = [*accumulate(weights)]

    def draw(self, chance: Random) -> int:
        """One of them."""
        sums = self._sums
        return min(bisect(sums, chance.random() * sums[-1]), len(sums) - 1)


def _calls(told: Any) -> list[list[float]]:
    if len(told) != 7 or any(len(day) != 24 or min(day) < 0 for day in told):
        raise BadBehaviour("calls")
    return [list(day) for day in told]


def _shares(told: Mapping[str, Any]) -> dict[str, float]:
    for name in SHARES:
        if not 0 <= float(told.get(name, -1)) <= 1:
            raise BadBehaviour(f"shares.{name}")
    return {name: float(told[name]) for name in SHARES}


def _delays(told: Mapping[str, Any]) -> dict[str, dict[str, Spread]]:
    found = {}
    for name in DELAYS:
        step = told.get(name, {})
        if "all" not in step or any(len(pair) != 2 or min(pair) < 0 for pair in step.values()):
            raise BadBehaviour(f"delays.{name}")
        found[name] = {urgency: Spread(*pair) for urgency, pair in step.items()}
    return found
