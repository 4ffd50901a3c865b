"""The rungs of the ladder as a district sets them: shares, spans, and how many words a day.

The figures of limits.md are the defaults. An agency may have a tighter ladder of its own; none may
switch one off or loosen it (storage.sheets_ladder refuses that by name).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time

from core.catalogue import Urgency
from core.limits import Span, Unit

HOURS, WORKING_HOURS, WORKING_DAYS = Unit.HOURS, Unit.WORKING_HOURS, Unit.WORKING_DAYS
RED_AFTER, AGAIN, HOLD_WORD = Span(1, WORKING_DAYS), Span(4, WORKING_HOURS), Span(30, Unit.DAYS)
NIGHT, DAWN = time(21, 30), time(8)
PAGES = {Urgency.P0: Span(5, Unit.MINUTES), Urgency.P1: Span(10, Unit.MINUTES)}
WORDS = {
    Urgency.P0: Span(2, HOURS),
    Urgency.P1: Span(12, HOURS),
    Urgency.P2: Span(3, WORKING_DAYS),
    Urgency.P3: Span(5, WORKING_DAYS),
    Urgency.P4: Span(5, WORKING_DAYS),
    Urgency.CONSULT: Span(3, WORKING_DAYS),
    Urgency.SUGGESTION: Span(5, WORKING_DAYS),
    Urgency.REPORT: Span(5, WORKING_DAYS),
}


@dataclass(frozen=True)
class Ladder:
    """Shares are of the limit: ``board`` a line on the board, ``near`` a word, ``red`` red.

    Red comes at the latest ``red_after`` the limit. ``pages`` say how soon an urgent leg nobody
    signed is taken to the next person of the roster, ``again`` how soon another is recalled.
    ``pings`` is how often an agency is rung for one call on a day: it has one open leg of it.
    More than ``digest`` nudges at once in one chat become one message. ``words`` and ``hold_word``
    say how long a caller goes without a word;
    who praised is not owed any. Nobody is rung between ``quiet_from`` and
    ``quiet_until`` but for what is urgent.
    """

    board: float = 0.5
    near: float = 0.8
    red: float = 1.2
    red_after: Span = RED_AFTER
    pages: Mapping[Urgency, Span] = field(default_factory=lambda: PAGES)
    again: Span = AGAIN
    pings: int = 3
    digest: int = 5
    words: Mapping[Urgency, Span] = field(default_factory=lambda: WORDS)
    hold_word: Span = HOLD_WORD
    quiet_from: time = NIGHT
    quiet_until: time = DAWN


USUAL = Ladder()
