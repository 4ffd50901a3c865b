"""Coming to the place (到场), or reporting in to who whistled (报到); and who may leave again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from core.whistle import Whistle

if TYPE_CHECKING:
    from core.call import Piece
    from core.leg import Leg

WORDS = re.compile(r"(我们|人员|人)?(已|已经)?(到场|到现场|到达现场|报到)(了|啦)?")
NOT_A_WORD = re.compile(r"[\W_]+", re.UNICODE)


def says_arrived(piece: Piece) -> bool:
    """Whether these words, or this caption, say that somebody is there, and nothing else."""
    return bool(WORDS.fullmatch(NOT_A_WORD.sub("", piece.text)))


def awaits_arrival(leg: Leg) -> bool:
    """Whether somebody is to come and has not; nobody has to once they were released."""
    return bool(leg.arrive_due) and not leg.arrived_at and not leg.released_at


def awaits_release(leg: Leg) -> bool:
    """Whether nobody leaves before the street that whistled says so (应急哨)."""
    return leg.whistle is Whistle.EMERGENCY and leg.open and not leg.released_at


def reports_in(leg: Leg) -> bool:
    """Whether coming means reporting in to the street that whistled, not being on the spot."""
    return leg.whistle is not None and leg.whistle is not Whistle.EMERGENCY
