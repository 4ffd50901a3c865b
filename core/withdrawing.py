"""When a caller's word alone does not end a call (lifecycle row 14)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from core.lifecycle import Action, Status
from core.nudging import URGENT

if TYPE_CHECKING:
    from core.call import Call
    from core.journal import Entry


def needs_a_look(call: Call) -> bool:
    """Whether somebody may be in danger: whoever withdraws may not see it, or be made to."""
    return call.danger or call.urgency in URGENT


def asked_to_withdraw(entries: Iterable[Entry], leg_id: int) -> bool:
    """Whether the caller asked for it since this leg was last closed."""
    own = [entry for entry in entries if entry.leg_id == leg_id]
    last = max((n for n, e in enumerate(own) if e.after is Status.CLOSED), default=-1)
    return any(entry.action is Action.ASK_TO_WITHDRAW for entry in own[last + 1 :])
