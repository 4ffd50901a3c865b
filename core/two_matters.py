"""Whether words tell two matters, and where the second begins: seldom said, seldom wrong.

Letters are full of "besides" that goes on about the same. So the words must say that another
matter follows - or be short, and begin a sentence with "besides" - and both halves must be about
items that neither would be taken for, of different categories.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from core.catalogue import Item

SHORT = 120  # characters: beyond that "besides" alone says nothing
LEAST = 5
ANOTHER = re.compile(
    r"(?:另外|还有|另|[再还](?:想|要)?(?:反映|说|讲)?)(?:有)?(?:一下|下)?一[件个](?:事情?|问题)"
    r"|另一件事|第二件(?:事|是)?"
)
JOINING = re.compile(r"[，,、；;\s]*(?:另外|还有|此外|顺便)?[，,、；;\s]*$")
BESIDES = re.compile(r"(?:[。！!？?；;\n]|^)\s*(?:另外|还有|此外|顺便)")
LEADING = "，,、：:。！!；; \n是"
RIVALS, NEAR = 3, 0.5
"""An item that is at least half as likely as the best might be meant as well."""
Scores = Callable[[str, int], tuple[tuple[Item, float], ...]]


class Halves(NamedTuple):
    """What was said, cut in two; nothing but the joint is left out."""

    first: str
    second: str


def halves(words: str, scores: Scores) -> Halves | None:
    """Both matters, or None where it is one for all anybody can tell."""
    marks = [*ANOTHER.finditer(words)]
    if len(words) <= SHORT:
        marks += BESIDES.finditer(words)
    for mark in marks:
        cut = Halves(JOINING.sub("", words[: mark.start()]), words[mark.end() :].lstrip(LEADING))
        if min(map(len, cut)) >= LEAST and _apart(cut, scores):
            return cut
    return None


def _apart(cut: Halves, scores: Scores) -> bool:
    one, other = (_likely(half, scores) for half in cut)
    if not one or not other or one[0].category == other[0].category:
        return False
    return one[0] not in other and other[0] not in one


def _likely(half: str, scores: Scores) -> list[Item]:
    found = scores(half, RIVALS)
    return [item for item, score in found if score >= NEAR * found[0][1]]
