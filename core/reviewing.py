"""A whole sheet looked over before anybody decides: its mistakes, or what it would change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from core.mistakes import Mistake, MistakeCode, SheetMistakes
from core.rulebook import Rulebook
from core.sent_sheets import Sent
from core.sheet_edits import Difference, differences


@dataclass(frozen=True, slots=True)
class Review:
    """``stands_on`` is the digest of the sheet it was compared with; ``since`` None is at once."""

    sheet: str
    changes: Difference
    mistakes: tuple[Mistake, ...]
    stands_on: str
    since: datetime | None = None


async def review(book: Rulebook, sent: Sent, *, since: datetime | None, now: datetime) -> Review:
    """All mistakes of file and sheet at once; the changes against what is in force then."""
    at = since or now
    before = await book.text(sent.sheet, at)
    found: tuple[Mistake, ...] = ()
    try:
        await book.try_out(sent.sheet, sent.text, since=at)
    except SheetMistakes as mistakes:
        found = mistakes.mistakes
    changes = differences(before, sent.text)
    return Review(sent.sheet, changes, _together(sent, found), digest(before), since)


def digest(text: str) -> str:
    """Short enough for a fact, long enough that two sheets never share it."""
    return sha256(text.encode()).hexdigest()[:16]


def _together(sent: Sent, found: tuple[Mistake, ...]) -> tuple[Mistake, ...]:
    """A cell that is a formula is not called empty as well."""
    said = {(slip.file, slip.row, slip.column) for slip in sent.slips}
    others = [
        mistake
        for mistake in found
        if mistake.code is not MistakeCode.CELL_EMPTY
        or (mistake.file, mistake.row, mistake.column) not in said
    ]
    own = sorted([*sent.slips, *others], key=lambda one: (one.file != sent.sheet, one.row))
    return tuple(own)
