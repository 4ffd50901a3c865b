"""One limit changed by a word, to see what it would do: ``P2 finish=3wd``."""

from __future__ import annotations

import re
from dataclasses import replace

from core.catalogue import Urgency
from core.limits import Clock, Limits, Rule, Span, Unit

CHANGE = re.compile(r"\s*(P[0-4])\s+([a-z]+)\s*=\s*([0-9.]+)\s*(min|h|d|wh|wd)\s*")


class BadChange(ValueError):
    """Nobody can tell which limit is meant, or what it should be."""


def changed(limits: Limits, told: str) -> Limits:
    """The limits with this one changed, its cap left out; ``BadChange``."""
    found = CHANGE.fullmatch(told)
    if found is None:
        raise BadChange(told)
    try:
        urgency, clock = Urgency(found[1]), Clock(found[2])
        span = Span(float(found[3]), Unit(found[4]))
    except ValueError as error:
        raise BadChange(told) from error
    clocks = {known: dict(rules) for known, rules in limits.clocks.items()}
    before = clocks.setdefault(urgency, {}).get(clock, Rule(f"{urgency} {clock}", span))
    clocks[urgency][clock] = replace(before, span=span, cap=None)
    return replace(limits, clocks=clocks)
