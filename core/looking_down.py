"""The board looks below: what is late under a street or the district, by agency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core.board import Board
from core.late import Tally, below
from core.standing import standing
from core.views import LegView

LOOKED_AT = 60


@dataclass(frozen=True)
class RedList:
    """``tallies`` are of agencies with something late, the worst first; ``views`` some of it."""

    tallies: Mapping[str, Tally] = field(default_factory=dict)
    views: tuple[LegView, ...] = ()

    @property
    def count(self) -> int:
        """How many legs are late in all."""
        return sum(tally.late for tally in self.tallies.values())


async def red_list(board: Board, agency: str, *, now: datetime, most: int) -> RedList:
    """What is late below this agency; nothing for those with nobody below."""
    codes = below(board.district.tree, agency)
    return await red_list_of(board, codes, now=now, most=most) if codes else RedList()


async def presses(board: Board, agency: str, *, now: datetime, most: int = LOOKED_AT) -> bool:
    """Whether anything here is to be done today, or late below: else no board is said again.

    Of what is open at most so much is looked at, the earliest finishing date first, until one is.
    """
    if await board.work.legs.to_verify(agency, 1):
        return True
    for leg in await board.work.legs.open_of(agency, most):
        own = standing([await board.leg(leg.id)], now=now, calendar=board.district.calendar)
        if own.pressing:
            return True
    return bool((await red_list(board, agency, now=now, most=0)).count)


async def red_list_of(
    board: Board, codes: tuple[str, ...], *, now: datetime, most: int
) -> RedList:
    """What is late in the hands of these agencies, at most so many legs of it."""
    found = await board.work.late.tallies(codes, now)
    worst = sorted(found.items(), key=lambda pair: (-pair[1].late, pair[0]))
    tallies = {code: tally for code, tally in worst if tally.late}
    legs = await board.work.late.worst(codes, now, most) if tallies else ()
    return RedList(tallies, tuple([await board.leg(leg.id) for leg in legs]))
