"""A call raised on behalf of somebody waits for its caller, who takes it over with a code.

The code is said aloud or handed over on a slip, so it is short; it works once, and a few wrong
tries close it.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from core.lifecycle import Action, rule_for
from core.people import Party

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.call import Call
    from core.journal import Entry
    from core.leg import Leg

DIGITS = 6
MOST_TRIES = 5
# Asking for the same thing again, or that nothing came of it, is no reason to phone.
NOT_BY_PHONE = frozenset(
    {
        Action.REMIND,
        Action.REMIND_INFO,
        Action.LAPSE,
        Action.REVEAL,
        Action.LOG_PHONE,
        Action.ANSWER_BY_PHONE,
    }
)
TOLD = frozenset({Action.LOG_PHONE, Action.ANSWER_BY_PHONE})


@dataclass(frozen=True, slots=True)
class Claim:
    """What came of a try: the call, or how many tries are left; ``left`` None for no such call."""

    call: Call | None = None
    left: int | None = None


def by_phone(call: Call) -> int | None:
    """From which entry on the caller of a new leg is told by phone; None for not at all."""
    return 0 if call.unclaimed else None


def new_code() -> str:
    """Digits to be said over the phone."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def digest(number: str, code: str) -> str:
    """What is kept of a code: it is short, so its tries are counted."""
    return sha256(f"{number.upper()} {code.strip()}".encode()).hexdigest()


def fits(call: Call, code: str) -> bool:
    """Whether this code takes the call over."""
    return bool(call.claim) and hmac.compare_digest(call.claim, digest(call.number, code))


def to_be_phoned(leg: Leg, entries: Iterable[Entry], own: Iterable[Leg]) -> Sequence[Entry]:
    """What the caller was not told of yet, the oldest first; ``own`` are the legs of residents.

    Somebody who was reached by phone was told everything up to then.
    """
    if leg.phone_from is None:
        return ()
    legs: set[int] = {one.id for one in own}
    untold: list[Entry] = []
    for entry in entries:
        if entry.leg_id not in legs:
            continue
        if entry.action in TOLD and entry.facts.get("reached"):
            untold = []
        tells = Party.CALLER in rule_for(entry.action).telling
        if tells and entry.id >= leg.phone_from and entry.action not in NOT_BY_PHONE:
            untold.append(entry)
    return untold
