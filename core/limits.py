"""When silence becomes late: the limits of each urgency and of the steps in between."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from core.catalogue import Urgency


class Unit(StrEnum):
    """What a limit counts in."""

    MINUTES = "min"
    HOURS = "h"
    DAYS = "d"
    WORKING_HOURS = "wh"
    WORKING_DAYS = "wd"


class Clock(StrEnum):
    """The clocks of a leg, in the order in which they run out; a plan's steps have theirs."""

    SIGN = "sign"
    CONTACT = "contact"
    ARRIVE = "arrive"
    INTERIM = "interim"
    FINISH = "finish"
    MILESTONE = "milestone"


@dataclass(frozen=True, slots=True)
class Span:
    """So much time, in natural or in working time."""

    amount: float
    unit: Unit


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the rules sheet: a figure, and the clause that gives it.

    ``cap`` is for figures like "5 working days, at most 7 days": whichever comes first holds.
    """

    name: str
    span: Span
    clause: str = ""
    cap: Span | None = None


@dataclass(frozen=True)
class Limits:
    """The district's figures; every one comes from the rules sheet (limits.md has the defaults).

    ``clocks[urgency][clock]`` is absent where that clock does not run. ``steps`` holds the spans
    inside steps under these names: ``return_request``, ``return_request_urgent``,
    ``return_decision``, ``rating_reminder``, ``rating_end``, ``urge_cooldown``,
    ``urge_cooldown_urgent``, ``bind_code``, ``join_link``, ``draft``, ``parent_answer``,
    ``reopen``. ``clauses`` names the documents behind a step: ``dispatch``, ``fallback``,
    ``return``, ``call_up``, ``reject``; "{item}" in one stands for an item's code. ``counts``
    holds plain figures: ``press_supporters``, with how many supporters a call is pressed.
    ``whistles[whistle][clock]`` is what a whistle asks for instead of the urgency's own limit.
    """

    clocks: Mapping[Urgency, Mapping[Clock, Rule]] = field(default_factory=dict)
    steps: Mapping[str, Rule] = field(default_factory=dict)
    clauses: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, float] = field(default_factory=dict)
    whistles: Mapping[str, Mapping[Clock, Rule]] = field(default_factory=dict)

    def clock(self, urgency: Urgency, clock: Clock) -> Span | None:
        """How long this clock runs for this urgency, or None where it does not run."""
        rule = self.clocks.get(urgency, {}).get(clock)
        return rule.span if rule else None

    def step(self, name: str) -> Span:
        """How long a step may take; ``KeyError`` when the sheet does not say."""
        return self.steps[name].span
