"""The lists: what a street may decide, what a community must do, helps with, and need not accept.

A task that somebody wants done in communities is looked for here first: the admission gate (准入).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

SHORTEST = 2


class ListKind(StrEnum):
    """Of which list a row is, in the order in which they decide about a task."""

    FORBIDDEN = "forbidden"
    ASSIST = "assist"
    COMMUNITY = "community"
    STREET = "street"


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of a list; ``items`` are codes of the catalogue, ``lead`` an agency's code."""

    kind: ListKind
    code: str
    name: str
    items: tuple[str, ...] = ()
    lead: str = ""
    clause: str = ""
    aliases: tuple[str, ...] = ()

    def fits(self, words: str) -> bool:
        """Whether these words, without spaces, name it: either may hold the other."""
        return any(
            words in name or (len(name) >= SHORTEST and name in words)
            for name in ("".join(each.split()) for each in (self.name, *self.aliases))
        )


def listed(lists: Iterable[Listed], words: str) -> tuple[Listed, ...]:
    """Every row these words name, those that decide first first; none for too short words."""
    plain = "".join(words.split())
    if len(plain) < SHORTEST:
        return ()
    order = [*ListKind]
    found = [row for row in lists if row.fits(plain)]
    return tuple(sorted(found, key=lambda row: order.index(row.kind)))


def street_decides(lists: Iterable[Listed], item: str) -> Listed | None:
    """The row by which a street may settle this item itself, if one does."""
    powers = (row for row in lists if row.kind is ListKind.STREET and item in row.items)
    return next(powers, None)


def gate(lists: Iterable[Listed], words: str) -> Listed | None:
    """What decides about a task for communities; None where it needs an admission first."""
    rows = (row for row in listed(lists, words) if row.kind is not ListKind.STREET)
    return next(rows, None)
