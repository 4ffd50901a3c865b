"""How fast somebody speaks: a flood is kept, but not answered word by word."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.flows.steps import Draft

PER_MINUTE = 20
PACE = "_pace"


class Pace(StrEnum):
    """Answer, answer with the one notice, or keep without a word."""

    CALM = "calm"
    TELL = "tell"
    QUIET = "quiet"


def paced(draft: Draft, now: datetime) -> tuple[Draft, Pace]:
    """The draft with this message counted, and how to answer (security S13)."""
    second = int(now.timestamp())
    since, count = draft.get(PACE, (second, 0))
    if second - since >= 60:
        since, count = second, 0
    count += 1
    counted = {**draft, PACE: [since, count]}
    if count <= PER_MINUTE:
        return counted, Pace.CALM
    return counted, Pace.TELL if count == PER_MINUTE + 1 else Pace.QUIET
