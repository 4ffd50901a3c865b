"""The 240 labelled messages: how often a suggested item stands for their first-level class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations
from statistics import fmean, median
from time import process_time

from bench.figures import Figure, beside
from bench.stage import Stage
from bot.simplifying import simplified
from core.aliases import Correction, candidates, with_alias
from core.catalogue import Catalogue
from core.suggesting import Suggester
from storage.sheets import read_district
from tests.core import labelled
from tests.core.labelled import Levels, Message
from tests.people import ROOT

ROUNDS = 5


async def measure(stage: Stage) -> list[Figure]:
    """Both halves beside what needs no words at all, and the processor time of one suggestion."""
    if not labelled.found():
        print(f"suggesting: {labelled.ABSENT}")
        return []
    catalogue = read_district(ROOT / "examples" / "liwan").catalogue
    suggester = Suggester(catalogue, simplified)
    halves, known = labelled.halves(), labelled.levels()
    return [
        *_halves(suggester, halves, known),
        *_taught(catalogue, halves, known),
        _mapped(),
        *_speed(suggester, (*halves.tuning, *halves.held_out)),
    ]


def _halves(suggester: Suggester, halves: labelled.Halves, known: Levels) -> Iterable[Figure]:
    for name, messages in (("tuning", halves.tuning), ("held_out", halves.held_out)):
        for n in (1, 3):
            found = labelled.share(suggester, messages, n, known) * 100
            fixed = _best_fixed(messages, known, n) * 100
            yield beside(f"suggesting_top{n}_{name}", found, "%", "always the same", fixed)
            yield Figure(f"suggesting_top{n}_{name}_random", _random(messages, known, n), "%")
        yield Figure(f"suggesting_ceiling_{name}", _ceiling(messages, known) * 100, "%")


def _taught(catalogue: Catalogue, halves: labelled.Halves, known: Levels) -> Iterable[Figure]:
    """The held-out half once every word that the tuning half's corrections offer is approved.

    Staff are taken to find the first item that stands for a class of the letter's level.
    """
    told = [
        Correction(n, message.words, item)
        for n, message in enumerate(halves.tuning)
        if (item := next((one for one in known if message.level in known[one]), None))
    ]
    approved = 0
    for _round in range(ROUNDS):
        found = candidates(told, catalogue, lambda taught: Suggester(taught, simplified))
        for one in found:
            catalogue = with_alias(catalogue, one.item.code, one.word)
        approved += len(found)
    suggester = Suggester(catalogue, simplified)
    yield Figure("suggesting_aliases_approved", approved, "words")
    for n in (1, 3):
        share = labelled.share(suggester, halves.held_out, n, known) * 100
        yield Figure(f"suggesting_top{n}_held_out_taught", share, "%")


def _best_fixed(messages: Sequence[Message], known: Levels, n: int) -> float:
    """The share that the luckiest ``n`` items would get if they were suggested to everybody."""
    counted = Counter(message.level for message in messages)
    kinds = sorted(set(known.values()), key=sorted)
    best = max(
        sum(counted[level] for level in frozenset().union(*chosen))
        for chosen in combinations(kinds, n)
    )
    return best / len(messages)


def _random(messages: Sequence[Message], known: Levels, n: int) -> float:
    """The percentage that ``n`` items drawn blindly would get, on average."""
    missed = []
    for message in messages:
        without = sum(message.level not in levels for levels in known.values())
        missed.append(_none_of(without, len(known), n))
    return (1 - fmean(missed)) * 100


def _none_of(without: int, items: int, n: int) -> float:
    chance = 1.0
    for drawn in range(n):
        chance *= max(without - drawn, 0) / (items - drawn)
    return chance


def _ceiling(messages: Sequence[Message], known: Levels) -> float:
    """The share whose first level has a class that any item stands for."""
    levels = frozenset().union(*known.values())
    return sum(message.level in levels for message in messages) / len(messages)


def _mapped() -> Figure:
    numbers = {number for of_item in labelled.mapped().values() for number in of_item}
    total = len(labelled.classes())
    return beside("suggesting_classes_mapped", len(numbers), "classes", f"{total} in all", total)


def _speed(suggester: Suggester, messages: Sequence[Message]) -> Iterable[Figure]:
    thousand = ("".join(message.words for message in messages))[:1000]
    yield Figure("suggesting_ms_letter", median(_spent(suggester, messages)) * 1000, "ms")
    many = [Message(thousand, "")] * 100
    mark = median(_spent(suggester, many)) * 1000
    yield beside("suggesting_ms_1000_characters", mark, "ms", "first mark: 1", 1)


def _spent(suggester: Suggester, messages: Sequence[Message]) -> Iterable[float]:
    """Processor seconds a suggestion, of each round."""
    for _ in range(ROUNDS):
        began = process_time()
        for message in messages:
            suggester.best(message.words)
        yield (process_time() - began) / len(messages)
