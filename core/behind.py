"""Figures that can be opened: which legs stand behind one, by the same law that counted them."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from core.scoring import Sort, counts_of, solved

if TYPE_CHECKING:
    from core.stats import Report


class Behind(StrEnum):
    """A figure by what its legs have in common; the first two stand as of now.

    Late at this moment, open at this moment; of a period's calls not finished in time, not
    contacted in time, not solved altogether.
    """

    LATE = "l"
    OPEN = "o"
    OVERDUE = "f"
    UNHEARD = "c"
    UNSOLVED = "u"


OF_NOW = frozenset({Behind.LATE, Behind.OPEN})


def count_of(behind: Behind, report: Report) -> int:
    """What the figure says."""
    counts = report.counts
    return {
        Behind.LATE: report.late,
        Behind.OPEN: report.open,
        Behind.OVERDUE: counts.ended - counts.finished,
        Behind.UNHEARD: counts.due - counts.contacted,
        Behind.UNSOLVED: counts.judged - counts.solved,
    }[behind]


def stands(behind: Behind, sort: Sort) -> bool:
    """Whether a leg of this sort is one of those counted; of a period's figures only."""
    counts = counts_of(sort)
    if behind is Behind.OVERDUE:
        return counts.ended > counts.finished
    if behind is Behind.UNHEARD:
        return counts.due > counts.contacted
    return counts.judged > 0 and solved(sort) != 1.0
