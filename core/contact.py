"""Which words count as a first contact: "received" is not one (lifecycle R2)."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from core.call import Medium, Piece

if TYPE_CHECKING:
    from core.leg import Leg

# No two of these can be read as a third: long words take no longer than short ones (S23).
EMPTY_WORDS = re.compile(
    "(?:已?收到了?|好的?|知道了?|已?知悉|已?阅|明白了?|已?了解了?|嗯|哦|在|我们?|谢谢[您你]?|感谢|"
    "辛苦了?|[您你]好|1|ok(?:ay)?|received)+"
)
NOT_A_WORD = re.compile(r"[\W_]+", re.UNICODE)


def counts_as_contact(pieces: tuple[Piece, ...]) -> bool:
    """Whether this says something to the caller beyond that it was seen."""
    if any(piece.medium is not Medium.WORDS for piece in pieces):
        return True
    said = NOT_A_WORD.sub("", "".join(piece.text for piece in pieces)).lower()
    return bool(said) and EMPTY_WORDS.fullmatch(said) is None


def spoken(leg: Leg, now: datetime) -> dict[str, Any]:
    """What a word to the caller changes: it is the first contact, or else the interim word."""
    if leg.contacted_at is None:
        return {"contacted_at": now}
    if leg.interim_due is None or leg.interim_at is not None:
        return {}
    return {"interim_at": now}
