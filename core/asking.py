"""What a caller is asked, and how often (lifecycle rows 6 and 23)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from core.lifecycle import Action

if TYPE_CHECKING:
    from core.call import Piece
    from core.journal import Entry

MOST_ASKS, MOST_INQUIRIES = 2, 1
QUESTIONS = frozenset({Action.ASK, Action.INQUIRE})


def question_of(entries: Iterable[Entry], leg_id: int) -> tuple[Piece, ...]:
    """The last question of a leg, as it was put; nothing where none was."""
    put = [entry for entry in entries if entry.leg_id == leg_id and entry.action in QUESTIONS]
    return put[-1].pieces if put else ()


def asked_last(entries: Iterable[Entry], leg_id: int) -> str:
    """The same in words."""
    return " ".join(piece.text for piece in question_of(entries, leg_id) if piece.text)
