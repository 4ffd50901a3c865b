"""Which two calls may become one (lifecycle row 12): by their own facts, no persons in it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from core.call import Call
from core.leg import Leg
from core.reclass import lesser


class Apart(StrEnum):
    """Why one call does not go into another."""

    SAME_CALL = "same_call"
    CALLED_UP = "called_up"
    CLOSED = "closed"
    ELSEWHERE = "elsewhere"
    RESTRICTED = "restricted"
    LESS_URGENT = "less_urgent"
    PARTED = "parted"


def apart(leg: Leg, call: Call, into: Call, legs: Iterable[Leg]) -> Apart | None:
    """Why the call of ``leg`` may not go into another one, whose legs these are; None if it may.

    An agency sees the other text only where it works on that call, or where both are of one
    community; nothing restricted is ever shown or mixed. What is more urgent never goes into what
    is less so: there it would wait longer.
    """
    if call.id == into.id:
        return Apart.SAME_CALL
    if leg.parent_id is not None:
        return Apart.CALLED_UP
    if call.restricted or into.restricted:
        return Apart.RESTRICTED
    works = leg.agency in {other.agency for other in legs if other.open}
    if not works and into.community != call.community:
        return Apart.ELSEWHERE
    if into.closed_at is not None:
        return Apart.CLOSED
    return Apart.LESS_URGENT if lesser(into.urgency, call.urgency) else None
