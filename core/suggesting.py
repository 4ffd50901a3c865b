"""Which items somebody's words may be about: BM25 over characters and pairs of characters."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import groupby, pairwise
from math import log

from core.catalogue import Catalogue, Item

SATURATION = 1.2  # BM25's k1 and b, the textbook values
LENGTH = 0.5
SINGLE = 0.25  # one character says far less than a pair
NAME, ALIASES, SITUATION, CATEGORY = 3, 2, 1, 1


class Suggester:
    """Suggests items of one catalogue; the index is built once, a suggestion takes < 1 ms."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._items = catalogue.items
        self._weights = _weights([_terms_of(item) for item in catalogue.items])

    def best(self, words: str, n: int = 3) -> tuple[Item, ...]:
        """The ``n`` items most like these words, best first; fewer or none when nothing fits."""
        scores: defaultdict[int, float] = defaultdict(float)
        for term in set(terms(words)) & self._weights.keys():
            for index, weight in self._weights[term].items():
                scores[index] += weight
        ranked = sorted(scores, key=lambda index: (-scores[index], index))
        return tuple(self._items[index] for index in ranked[:n])


def terms(text: str) -> Iterator[str]:
    """The characters of a text and their pairs; pairs never reach across punctuation."""
    folded = unicodedata.normalize("NFKC", text).lower()
    for is_word, run in groupby(folded, str.isalnum):
        if is_word:
            characters = list(run)
            yield from characters
            yield from (first + second for first, second in pairwise(characters))


def _terms_of(item: Item) -> Counter[str]:
    counted: Counter[str] = Counter()
    for text, weight in (
        (item.name, NAME),
        ("、".join(item.aliases), ALIASES),
        (item.situation, SITUATION),
        (item.category, CATEGORY),
    ):
        for term in terms(text):
            counted[term] += weight
    return counted


def _weights(documents: list[Counter[str]]) -> Mapping[str, Mapping[int, float]]:
    """For each term, how much it speaks for each item that has it."""
    having = Counter(term for document in documents for term in document)
    average = sum(document.total() for document in documents) / max(len(documents), 1)
    weights: defaultdict[str, dict[int, float]] = defaultdict(dict)
    for index, document in enumerate(documents):
        damping = SATURATION * (1 - LENGTH + LENGTH * document.total() / average)
        for term, count in document.items():
            rarity = log(1 + (len(documents) - having[term] + 0.5) / (having[term] + 0.5))
            share = SINGLE if len(term) == 1 else 1.0
            weights[term][index] = share * rarity * count * (SATURATION + 1) / (count + damping)
    return dict(weights)
