"""Canned answers: what agencies say often, by item and by where a leg stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.lifecycle import Status

OFFERED = 6


@dataclass(frozen=True, slots=True)
class CannedAnswer:
    """One row of the replies sheet; ``item`` empty is for all items, ``while_in`` None always."""

    number: int
    words: str
    item: str = ""
    while_in: Status | None = None

    def fits(self, item: str, status: Status) -> bool:
        """Whether it may be said about this item while a leg stands so."""
        return self.item in ("", item) and self.while_in in (None, status)


def fitting(
    answers: Iterable[CannedAnswer], *, item: str, status: Status
) -> tuple[CannedAnswer, ...]:
    """At most six that fit, those made for the item before the general ones."""
    found = [answer for answer in answers if answer.fits(item, status)]
    return tuple(sorted(found, key=lambda answer: answer.item == ""))[:OFFERED]
