"""Opens a figure: the legs behind it, page by page, for whoever may see the figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.behind import OF_NOW, Behind, stands
from core.board import Board
from core.figures import Span
from core.stats import covered
from core.views import LegView

SUPERGROUPS = -(10**12)
"""Their ids are below this."""
READ = 50
"""So many legs are read at once to find those of a page."""


@dataclass(frozen=True, slots=True)
class Opened:
    """One page, the oldest first; ``after`` opens the next one, None where there is none."""

    views: tuple[LegView, ...]
    after: int | None = None


async def opened(
    board: Board, behind: Behind, code: str, span: Span, *, after: int, size: int, now: datetime
) -> Opened:
    """The legs of an agency and all below it behind a figure; nothing restricted."""
    codes = covered(board.district.tree, code)
    if behind in OF_NOW:
        late = behind is Behind.LATE
        legs = await board.work.late.page(codes, now, late=late, after=after, limit=size + 1)
        found = [leg.id for leg in legs]
    else:
        found = await _of_period(board, behind, codes, span, after=after, most=size + 1, now=now)
    views = tuple([await board.leg(leg) for leg in found[:size]])
    return Opened(views, found[size - 1] if len(found) > size else None)


async def _of_period(
    board: Board,
    behind: Behind,
    codes: tuple[str, ...],
    span: Span,
    *,
    after: int,
    most: int,
    now: datetime,
) -> list[int]:
    found: list[int] = []
    while len(found) < most:
        page = await board.work.figures.suspects(
            behind, span, codes, now=now, after=after, limit=READ
        )
        found += [leg for leg, sort in page if stands(behind, sort)]
        if len(page) < READ:
            break
        after = page[-1][0]
    return found[:most]


async def card_in_group(board: Board, view: LegView) -> tuple[int, int] | None:
    """Chat and message of the card in the group of the agency that answers, where a link leads.

    None without one: no link leads into a plain group.
    """
    binding = await board.home_of(view.agency.code)
    if binding is None or binding.suspended or binding.chat > SUPERGROUPS:
        return None
    card = await board.work.postings.card(view.leg.id, binding.chat)
    return (card.chat, card.message) if card else None
