"""Real messages with their first-level class, and which items of the catalogue stand for which.

The data set lies outside the project and nothing of it is kept here: the example district's
``classes.csv`` names classes by their number in the list, the first being 1.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.catalogue import Item
from core.suggesting import Suggester
from tests.journeys.real_input import folder
from tests.people import ROOT

MESSAGES, CLASSES = "complaints-labelled.csv", "complaint-taxonomy.csv"
MAPPED = ROOT / "examples" / "liwan" / "classes.csv"
SEED = 20261125
ABSENT = f"{MESSAGES} and {CLASSES} are not here; TESTS_DATA names their folder"
Levels = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody wrote, title first, and the first level of its class."""

    words: str
    level: str


@dataclass(frozen=True, slots=True)
class Halves:
    """One half to tune on, one that nobody looks into."""

    tuning: tuple[Message, ...]
    held_out: tuple[Message, ...]


def found() -> bool:
    """Whether the data set is here."""
    return all((folder() / name).is_file() for name in (MESSAGES, CLASSES))


def mapped() -> Mapping[str, tuple[int, ...]]:
    """For each item the numbers of the classes it stands for."""
    rows = _rows(MAPPED)
    return {row["编号"]: tuple(int(n) for n in row["类号"].split("、")) for row in rows}


def classes() -> Sequence[tuple[str, ...]]:
    """All classes in the order of the list, three levels each."""
    return [tuple(row.values()) for row in _rows(folder() / CLASSES)]


def levels() -> Levels:
    """For each item the first levels of the classes it stands for."""
    known = classes()
    return {
        item: frozenset(known[n - 1][0] for n in numbers) for item, numbers in mapped().items()
    }


def halves() -> Halves:
    """The messages, shuffled once and for all, cut in the middle."""
    rows = _rows(folder() / MESSAGES)
    told = [Message(f"{row['subject']}\n{row['text']}", row["level1"]) for row in rows]
    random.Random(SEED).shuffle(told)
    return Halves(tuple(told[::2]), tuple(told[1::2]))


def fits(items: Iterable[Item], message: Message, known: Levels) -> bool:
    """Whether one of these items stands for a class of the message's first level."""
    return any(message.level in known.get(item.code, ()) for item in items)


def share(suggester: Suggester, messages: Sequence[Message], n: int, known: Levels) -> float:
    """How many of the messages have a fitting item among the first ``n`` suggestions."""
    hits = [fits(suggester.best(message.words, n), message, known) for message in messages]
    return sum(hits) / len(hits)


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))
