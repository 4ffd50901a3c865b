"""What a call may be about: domains, categories and items."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from core.agency import AgencyKind


class Urgency(StrEnum):
    """Which limits apply (limits.md, first column): an item's grade, or what the caller wants."""

    P0 = "P0"
    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"
    CONSULT = "consult"
    SUGGESTION = "suggestion"
    REPORT = "report"
    PRAISE = "praise"


GRADES = (Urgency.P0, Urgency.P1, Urgency.P2, Urgency.P3, Urgency.P4)
"""Those that the catalogue may give an item."""


@dataclass(frozen=True, slots=True)
class Item:
    """One row of the catalogue: when it starts, who leads, when it is done.

    ``lead`` and ``co`` are agency codes, or the kind "community" or "street" for the place's own.
    ``needs_verifying``: somebody else looks whether it is done. ``looks_back``: weeks after
    closing the caller is asked once more. A ``restricted`` item is for named people only; one
    that is ``retaliation`` is for callers who are made to suffer for having called.
    """

    code: str
    name: str
    domain: str
    category: str
    situation: str
    done_standard: str
    lead: str
    co: tuple[str, ...] = ()
    urgency: Urgency = Urgency.P2
    answers_first: AgencyKind = AgencyKind.COMMUNITY
    required_facts: tuple[str, ...] = ()
    needs_photo: bool = False
    needs_verifying: bool = False
    looks_back: bool = False
    aliases: tuple[str, ...] = ()
    restricted: bool = False
    retaliation: bool = False


UNSORTED = Item(
    code="",
    name="事项待定",
    domain="",
    category="",
    situation="",
    done_standard="",
    lead=AgencyKind.COMMUNITY.value,
)


@dataclass(frozen=True)
class Catalogue:
    """All items, in the order of the sheet."""

    items: tuple[Item, ...] = field(default=())

    @cached_property
    def by_code(self) -> dict[str, Item]:
        """Every item under its code."""
        return {item.code: item for item in self.items}

    def get(self, code: str) -> Item:
        """The item with this code, ``UNSORTED`` for none; ``KeyError`` for an unknown one."""
        return self.by_code[code] if code else UNSORTED

    @cached_property
    def retaliation(self) -> Item | None:
        """The item for callers who suffer for having called; None where the sheet has none."""
        return next((item for item in self.items if item.retaliation), None)

    @cached_property
    def domains(self) -> tuple[str, ...]:
        """The domains, each once, in the order of the sheet."""
        return tuple(dict.fromkeys(item.domain for item in self.items))

    def categories(self, domain: str) -> tuple[str, ...]:
        """The categories of a domain, in the order of the sheet."""
        return tuple(dict.fromkeys(i.category for i in self.items if i.domain == domain))

    def in_category(self, category: str) -> tuple[Item, ...]:
        """The items of a category, in the order of the sheet."""
        return tuple(item for item in self.items if item.category == category)
