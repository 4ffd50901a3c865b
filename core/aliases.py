"""What corrections teach: words that residents use for an item and the catalogue does not know.

A word is worth offering where several people used it for what staff then found to be one item, the
suggestions missed that item for them, and with the word they would not - while hardly anybody
else's suggestion gets worse. An administrator approves; nothing changes by itself.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from core.board import Board
from core.catalogue import Catalogue, Item
from core.lifecycle import Action
from core.suggesting import Suggester, says_something

CORRECTING = (Action.RECLASS, Action.RECLASS_ABOVE, Action.ADMIT)
LOOKED_AT, TRIED, OFFERED = 60, 8, 5
PEOPLE = 3
SHORTEST, LONGEST = 2, 6
READ = 200
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
Index = Callable[[Catalogue], Suggester]


@dataclass(frozen=True, slots=True)
class Correction:
    """What a resident said, and the item that staff found it to be."""

    caller: int
    words: str
    item: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word for an item: how many said it, how many more are found by it, how many fewer."""

    item: Item
    word: str
    people: int
    better: int
    worse: int


async def corrections(board: Board) -> tuple[Correction, ...]:
    """The newest words that staff gave an item to; nothing restricted, nothing erased."""
    found: dict[int, Correction] = {}
    for action in CORRECTING:
        entries = await board.work.journal.registered(
            action, places=None, before=None, limit=LOOKED_AT
        )
        for entry in entries:
            call = await board.work.calls.get(entry.call_id)
            known = call.item in board.district.catalogue.by_code and bool(call.item)
            if known and call.words and not call.restricted and not call.erased:
                found[call.id] = Correction(call.caller, call.words, call.item)
    return tuple(found.values())


def candidates(
    told: Sequence[Correction], catalogue: Catalogue, index: Index, *, names: Iterable[str] = ()
) -> tuple[Candidate, ...]:
    """The words most worth offering, those that help most first.

    ``names`` are places and agencies: what is part of one says where, not what.
    """
    now = index(catalogue)
    missed = [one for one in told if not _found(now, one)]
    tried = _shared(missed, told, catalogue, "\n".join(names))[:TRIED]
    offered = [_weighed(item, word, n, told, catalogue, index, now) for item, word, n in tried]
    worth = [one for one in offered if one.better > one.worse and one.better > 1]
    return tuple(sorted(worth, key=lambda one: (one.worse - one.better, one.word)))[:OFFERED]


def with_alias(catalogue: Catalogue, code: str, word: str) -> Catalogue:
    """The catalogue with one more word for an item."""
    return Catalogue(
        tuple(
            replace(item, aliases=(*item.aliases, word)) if item.code == code else item
            for item in catalogue.items
        )
    )


def _found(suggester: Suggester, one: Correction) -> bool:
    return any(item.code == one.item for item in suggester.best(one.words))


def _weighed(
    item: Item,
    word: str,
    people: int,
    told: Sequence[Correction],
    catalogue: Catalogue,
    index: Index,
    now: Suggester,
) -> Candidate:
    then = index(with_alias(catalogue, item.code, word))
    before = [_found(now, one) for one in told]
    after = [_found(then, one) for one in told]
    better = sum(b < a for b, a in zip(before, after, strict=True))
    worse = sum(b > a for b, a in zip(before, after, strict=True))
    return Candidate(item, word, people, better, worse)


def _shared(
    missed: Sequence[Correction], told: Sequence[Correction], catalogue: Catalogue, names: str
) -> list[tuple[Item, str, int]]:
    """What several people said for one item and few for others, the weightiest first."""
    everywhere: Counter[str] = Counter()
    for one in told:
        everywhere.update(set(_words(one.words)))
    people: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for one in missed:
        for word in set(_words(one.words)):
            people[one.item, word].add(one.caller)
    worth = {
        (code, word): len(who)
        for (code, word), who in people.items()
        if len(who) >= PEOPLE and 2 * len(who) > everywhere[word] and word not in names
    }
    known = catalogue.by_code
    fresh = {(code, word): n for (code, word), n in worth.items() if not _has(known[code], word)}
    longest = [key for key in fresh if not _within_longer(key, fresh)]
    ranked = sorted(longest, key=lambda key: (-fresh[key] * len(key[1]), key))
    return [(known[code], word, fresh[code, word]) for code, word in ranked]


def _within_longer(key: tuple[str, str], among: Mapping[tuple[str, str], int]) -> bool:
    """Whether a longer word of the same item was used by as many people."""
    code, word = key
    longer = (other for at, other in among if at == code and other != word and word in other)
    return any(among[code, other] >= among[key] for other in longer)


def _has(item: Item, word: str) -> bool:
    return any(word in known for known in (item.name, *item.aliases))


def _words(text: str) -> Iterator[str]:
    """Every piece of a sentence that could be a word: Chinese characters that say something."""
    for run in _CHINESE.findall(text[:READ]):
        for start in range(len(run)):
            for end in range(start + SHORTEST, min(start + LONGEST, len(run)) + 1):
                if all(says_something(sign) for sign in run[start:end]):
                    yield run[start:end]
