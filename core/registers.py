"""What the oversight keeps an eye on: a list of every act that should be rare (lifecycle).

A register is read out of the journal, the newest first, for the area of whoever asks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.agency import AgencyKind, AgencyTree
from core.journal import Entry
from core.leg import Leg
from core.lifecycle import Action, Status
from core.views import LegView

HELD_TOO_LONG = timedelta(days=180)
SEES_REGISTERS = frozenset({AgencyKind.STREET, AgencyKind.DISTRICT})
Keeps = Callable[[Entry, Leg, datetime], bool]


def _always(_entry: Entry, _leg: Leg, _now: datetime) -> bool:
    return True


def _after_contact(_entry: Entry, leg: Leg, _now: datetime) -> bool:
    """Somebody had spoken to the caller: was the withdrawal the caller's own wish?"""
    return leg.contacted_at is not None


def _nothing_done(entry: Entry, _leg: Leg, _now: datetime) -> bool:
    return bool(entry.facts.get("nothing_done"))


def _on_hold(_entry: Entry, leg: Leg, _now: datetime) -> bool:
    return leg.status is Status.ON_HOLD


def _for_leaders(entry: Entry, leg: Leg, now: datetime) -> bool:
    """Pressed and not done, or on hold for half a year (limits.md, P4)."""
    if entry.action is Action.HOLD:
        return _on_hold(entry, leg, now) and now - entry.at >= HELD_TOO_LONG
    return leg.open and leg.pressed_at is not None


@dataclass(frozen=True, slots=True)
class Register:
    """One list: which acts stand in it, and which of them still do."""

    code: str
    actions: tuple[Action, ...]
    keeps: Keeps = _always


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what happened, and the leg as it is now."""

    entry: Entry
    view: LegView


@dataclass(frozen=True, slots=True)
class Page:
    """Lines, the newest first; ``before`` opens the next page, None where there is none."""

    lines: tuple[Line, ...]
    before: int | None = None


RECLASSED = (Action.RECLASS, Action.RECLASS_ABOVE, Action.RETYPE, Action.RETYPE_ABOVE)
HOLDS = Register("holds", (Action.HOLD,), _on_hold)
REGISTERS: tuple[Register, ...] = (
    Register("rejects", (Action.REJECT,)),
    Register("elsewhere", (Action.REDIRECT,)),
    Register("late", (Action.DISPATCH_LATE,)),
    Register("merges", (Action.MERGE,)),
    Register("withdrawn", (Action.WITHDRAW, Action.LET_GO), _after_contact),
    Register("returns", (Action.RETURN,)),
    Register("badreturns", (Action.DECLINE,)),
    Register("misrouted", (Action.AGREE,)),
    Register("disputes", (Action.CONVENE,)),
    Register("whistles", (Action.CALL_UP,)),
    Register("longer", (Action.EXTEND,)),
    HOLDS,
    Register("false", (Action.FAIL,), _nothing_done),
    Register("reworks", (Action.REWORK,)),
    Register("reopened", (Action.REOPEN, Action.REOPEN_BY_HAND, Action.REOPEN_ABOVE)),
    Register("rebounds", (Action.CAME_BACK,)),
    Register("classes", RECLASSED),
    Register("findings", (Action.FIND_UNREASONABLE,)),
    Register("contested", (Action.SET_ASIDE,)),
    Register("leaders", (Action.PRESS, Action.PRESS_BY_HAND, Action.HOLD), _for_leaders),
)
BY_CODE = {register.code: register for register in REGISTERS}


def area(tree: AgencyTree, agency: str) -> tuple[str, ...] | None:
    """The places a street oversees, itself among them; None for the district, which is all."""
    if tree.get(agency).kind is AgencyKind.DISTRICT:
        return None
    below = tree.of_kind(AgencyKind.COMMUNITY)
    inside = (one.code for one in below if any(a.code == agency for a in tree.upwards(one.code)))
    return (agency, *inside)
