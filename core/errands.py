"""What takes longer than a step may: reading a file somebody sent, writing one somebody asked for.

A step only writes the errand down. It is run outside of every transaction, by one process at a
time, and begun again where that process is killed; what comes of it is told by the outbox.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

KEPT = timedelta(days=1)
"""How long an errand is kept: a proposal is worth a minute, an export ten."""


class ErrandKind(StrEnum):
    """What is to be done.

    ``sheet``: read a file and propose its sheet, facts ``{"file", "name", "word", "since"?}``;
    then ``{"sheet", "stands_on"}`` as well.
    ``breach``: owe everybody affected a notice, facts of ``core.breach.Breach`` and
    ``{"petition"}``.
    ``health``: look around the service; say something only where something is wrong.
    ``export``: write a file and send it, facts of ``core.exporting.Wish`` and ``{"name"}``.
    ``brief``: count a month or a year and owe every group its brief, facts of a ``Period``.
    ``digest``: count a period and tell the public in the channel, facts of a ``Period``.
    ``ranking``: count a period and propose a ranking to be published, facts of a ``Period`` and
    ``{"agency"}``; the text is what would be published.
    ``stats``: count a period and tell it, facts ``{"agency", "stretch", "first", "last",
    "name", "thread"}``.
    """

    SHEET = "sheet"
    EXPORT = "export"
    STATS = "stats"
    BREACH = "breach"
    HEALTH = "health"
    BRIEF = "brief"
    DIGEST = "digest"
    RANKING = "ranking"


class ErrandState(StrEnum):
    """Waiting to be run; shown and waiting for a confirmation; over."""

    WAITING = "waiting"
    PROPOSED = "proposed"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Errand:
    """For ``account`` alone, who asked in ``chat`` with ``message``; ``text`` is a sheet."""

    kind: ErrandKind
    account: int
    chat: int
    message: int
    at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""
    state: ErrandState = ErrandState.WAITING
    tries: int = 0
    id: int = 0


def over(errand: Errand) -> Errand:
    """The same with nothing more to be done; what was to be read or written is forgotten."""
    return replace(errand, state=ErrandState.DONE, text="")


def started(errand: Errand, *, message: int) -> Errand:
    """The same, confirmed and to be run; ``message`` tells how far it is."""
    return replace(errand, state=ErrandState.WAITING, message=message)


def since_of(errand: Errand) -> datetime | None:
    """From when on the sheet is to count; None is at once."""
    since = errand.facts.get("since")
    return datetime.fromisoformat(since) if since else None


class Errands(Protocol):
    """Errands in the order they were asked for."""

    async def add(self, errand: Errand) -> Errand:
        """Keep it, and forget those older than ``KEPT``; gives it back with its id."""

    async def get(self, errand_id: int) -> Errand:
        """The errand, or ``NotFound``."""

    async def waiting(self, limit: int) -> Sequence[Errand]:
        """Those to be run, the oldest first."""

    async def save(self, errand: Errand) -> None:
        """Keep its facts, message, text, state and tries."""
