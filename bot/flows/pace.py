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


def paced(draft: Draft, now: datetime, *, album: str = "") -> tuple[Draft, Pace]:
    """The draft with this message counted, and how to answer (security S13).

    The photos of one album are one message: whoever shows ten is not in a hurry.
    """
    second = int(now.timestamp())
    since, count, last = (*draft.get(PACE, (second, 0)), "")[:3]
    if second - since >= 60:
        since, count, last = second, 0, ""
    goes_on = bool(album) and album == last
    count += not goes_on
    counted = {**draft, PACE: [since, count, album]}
    if count <= PER_MINUTE:
        return counted, Pace.CALM
    tells = count == PER_MINUTE + 1 and not goes_on
    return counted, Pace.TELL if tells else Pace.QUIET
