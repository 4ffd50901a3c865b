"""What a store counts for the assessment: calls and legs by what they have in common."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from core.behind import Behind
from core.scoring import Sort

Matter = tuple[str, str]
"""The code of an item, empty where nobody has sorted the call, and of a community."""


Wanted = tuple[str, str]
"""The value of an intent, and the code of a community."""


class Span(NamedTuple):
    """From an instant on, and before another."""

    since: datetime
    until: datetime


class Figures(Protocol):
    """Of calls raised within a span; restricted ones are in no figure.

    A call belongs to the time it was raised in whatever became of it since: so a month's figures
    stand on the same calls whenever they are asked for. What a long span costs grows with it, so
    it is asked for piece by piece (``core.stats``).
    """

    async def sorts(self, span: Span, now: datetime) -> Mapping[Sort, int]:
        """How many legs of each sort there are, as they stand at ``now``."""

    async def sorts_by_item(self, span: Span, now: datetime) -> Mapping[tuple[str, Sort], int]:
        """The same told apart by the item of the call as well."""

    async def raised(self, span: Span) -> Mapping[Matter, int]:
        """How many calls were raised about what, and where."""

    async def wanted(self, span: Span) -> Mapping[Wanted, int]:
        """How many calls wanted what (``core.intent``), and where."""

    async def suspects(
        self,
        behind: Behind,
        span: Span,
        agencies: Collection[str],
        *,
        now: datetime,
        after: int,
        limit: int,
    ) -> Sequence[tuple[int, Sort]]:
        """Legs of these agencies with an id beyond ``after``, by id, that may be behind a figure.

        All that are, and few others: ``core.behind.stands`` says which.
        """

    async def given(self, span: Span, agencies: Collection[str]) -> Mapping[Matter, int]:
        """How many calls came to these agencies and were theirs."""
