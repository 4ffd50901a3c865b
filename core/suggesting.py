"""Which items somebody's words may be about: BM25 over pairs of characters and whole Latin words.

A catalogue is too small to know which words say nothing, and what a letter is about stands in its
beginning: so everyday words are named here, and what comes later counts less.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from math import log
from operator import add

from core.catalogue import Catalogue, Item

SATURATION = 1.2  # BM25's k1 and b, the textbook values
LENGTH = 0.5
SINGLE = 0.25  # one character says far less than a pair
NAME, ALIASES, SITUATION, CATEGORY = 3, 2, 1, 1
BEGINNING = 40  # characters: a title, or a first sentence
LATER = 0.5
_RUNS = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")
_EVERYDAY_WORDS = (
    "没有 一个 一下 一直 个月 好多 问题 工作 人员 严重 作为 情况 时间 时候 现在 已经 可以 行为"
    " 影响 需要 电话 了解 个人 使用 举报 或者 提供 长期 看到 说法 不了 地方 管理 公司 自己 希望"
    " 有关 相关 部门 领导 您好 你好 谢谢 反映 处理 解决 请问 投诉 建议 咨询 有 和 不 到 说 去 为"
    " 请 在 a an and at from in is no not of on the to"
)
_EVERYDAY = frozenset(_EVERYDAY_WORDS.split())
_PARTICLES = frozenset("的了是我你您他她们么吗呢啊吧这那就都也很把")
Fold = Callable[[str], str]


def as_written(text: str) -> str:
    """No folding: every script stays what it is."""
    return text


class Suggester:
    """Suggests items of one catalogue; the index is built once, a suggestion takes < 1 ms.

    ``fold`` makes scripts alike, Traditional Chinese like Simplified, in words and catalogue.
    """

    def __init__(self, catalogue: Catalogue, fold: Fold = as_written) -> None:
        self._items = catalogue.items
        self._fold = fold
        self._weights = _weights([self._terms_of(item) for item in catalogue.items])

    def best(self, words: str, n: int = 3) -> tuple[Item, ...]:
        """The ``n`` items most like these words, best first; fewer or none when nothing fits."""
        return tuple(item for item, _score in self.scored(words, n))

    def scored(self, words: str, n: int = 3) -> tuple[tuple[Item, float], ...]:
        """As ``best``, each with how like it is: only to be compared with one another."""
        scores: defaultdict[int, float] = defaultdict(float)
        for term, told in self._told(words.strip()).items():
            for index, weight in self._weights[term].items():
                scores[index] += told * weight
        ranked = sorted(scores, key=lambda index: (-round(scores[index], 9), index))
        return tuple((self._items[index], scores[index]) for index in ranked[:n])

    def knows(self, words: str) -> bool:
        """Whether a word of these stands in the catalogue, and not single characters alone."""
        asked = set(self._terms(words.strip()))
        return any(len(term) > 1 or len(asked) == 1 for term in asked & self._weights.keys())

    def _told(self, words: str) -> Mapping[str, float]:
        """Each term of the words that says something, with how much it counts."""
        beginning, later = set(self._terms(words[:BEGINNING])), set(self._terms(words[BEGINNING:]))
        told = {term: LATER for term in later & self._weights.keys() if len(term) > 1}
        return told | dict.fromkeys(beginning & self._weights.keys(), 1.0)

    def _terms(self, text: str) -> Iterator[str]:
        return terms(self._fold(text))

    def _terms_of(self, item: Item) -> Counter[str]:
        counted: Counter[str] = Counter()
        for text, weight in (
            (item.name, NAME),
            ("、".join(item.aliases), ALIASES),
            (item.situation, SITUATION),
            (item.category, CATEGORY),
        ):
            for term in filter(says_something, self._terms(text)):
                counted[term] += weight
        return counted


def terms(text: str) -> Iterator[str]:
    """Characters and their pairs, Latin words whole, no numbers.

    Pairs never reach across punctuation.
    """
    for run in _RUNS.findall(unicodedata.normalize("NFKC", text).lower()):
        if not run.isascii():
            yield from run
            yield from map(add, run, run[1:])
        elif not run.isdigit():
            yield _singular(run)


def says_something(term: str) -> bool:
    """Whether a term is more than an everyday word or a particle."""
    return term not in _EVERYDAY and _PARTICLES.isdisjoint(term)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] != "s" else word


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
