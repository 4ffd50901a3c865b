"""Personal data got out, or may have: whoever is affected is told, once, on two persons' word.

The law asks for it (personal information protection law, article 57): what got out, why, what harm
may come of it, what was done, what one may do oneself, and whom to ask.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from core.ports import Work

SHORTEST, LONGEST = 20, 1500
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Breach:
    """What is told, and to whom: who raised or stood by a call in the span; else everybody."""

    words: str
    since: datetime | None = None
    until: datetime | None = None

    def facts(self) -> dict[str, Any]:
        """As a petition, an errand and an act have it."""
        span = {"since": self.since, "until": self.until}
        return {"text": self.words, **{name: at.isoformat() for name, at in span.items() if at}}


def breach_of(facts: Mapping[str, Any]) -> Breach:
    """Read back."""
    since, until = (facts.get(name) for name in ("since", "until"))
    return Breach(
        str(facts["text"]),
        datetime.fromisoformat(since) if since else None,
        datetime.fromisoformat(until) if until else None,
    )


async def page_of(work: Work, breach: Breach, after: int) -> Sequence[int]:
    """Accounts of those affected, in order, from beyond this one on; empty is the end.

    Callers of restricted calls are among them: they are told, not shown to anybody.
    """
    if breach.since and breach.until:
        return await work.whole.concerned(breach.since, breach.until, after, AT_ONCE)
    return [one.account for one in await work.whole.residents(after, AT_ONCE)]


async def pages(work: Work, breach: Breach) -> AsyncIterator[Sequence[int]]:
    """All of them, page by page, of one moment."""
    after = 0
    while found := await page_of(work, breach, after):
        yield found
        after = found[-1]


async def affected(work: Work, breach: Breach) -> int:
    """How many there are."""
    count = 0
    async for found in pages(work, breach):
        count += len(found)
    return count
