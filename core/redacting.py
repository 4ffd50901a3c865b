"""What a caller may take back of their own words, one telling at a time (what was done stays).

A piece of the first telling gives way to ``GONE`` where it stood; anything said later, corrections
and the rest of its album included, loses its words as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.albums import album_of
from core.call import Call, Medium, Piece
from core.journal import Entry
from core.lifecycle import Action
from core.records import replace

GONE = Piece(Medium.WORDS)
"""Words without a word: nothing else is said like that."""
FIRST = frozenset({Action.DISPATCH, Action.RAISE, Action.ERASE})
"""Entries that hold the first telling, or what was left of it."""
LATER = frozenset({Action.ADD, Action.ANSWER, Action.AMEND, Action.REOPEN})
DETAILS = "details"


@dataclass(frozen=True, slots=True)
class Own:
    """One telling: taken back by its ``key``; ``entries`` hold it; ``first`` of all or not."""

    key: str
    pieces: tuple[Piece, ...]
    entries: tuple[int, ...]
    first: bool = False


def tellings(call: Call, entries: Iterable[Entry]) -> tuple[Own, ...]:
    """Everything that can be taken back, in the order in which it was said."""
    known = tuple(entries)
    holding = tuple(e.id for e in known if e.action in FIRST and e.pieces)
    own = [
        Own(f"p{n}", (piece,), holding, first=True)
        for n, piece in enumerate(call.pieces)
        if piece != GONE and piece.medium is not Medium.PLACE
    ]
    if call.details:
        own.append(Own(DETAILS, (Piece(Medium.WORDS, call.details),), (), first=True))
    return (*own, *_later(call, known))


def without(call: Call, own: Own) -> Call:
    """The call as it reads once this is taken back."""
    if own.key == DETAILS:
        return replace(call, details="")
    if not own.first:
        return call
    at = int(own.key[1:])
    return replace(call, pieces=(*call.pieces[:at], GONE, *call.pieces[at + 1 :]))


def left(call: Call) -> tuple[Piece, ...]:
    """What still stands of the first telling."""
    return tuple(piece for piece in call.pieces if piece != GONE)


def _later(call: Call, entries: Sequence[Entry]) -> list[Own]:
    said = [
        e
        for e in entries
        if e.action in LATER and e.pieces and e.agency is None and e.actor == call.caller
    ]
    together: dict[str, list[Entry]] = {}
    for entry in said:
        together.setdefault(_unit(entry, together), []).append(entry)
    return [
        Own(key, _as_it_stands(unit), tuple(entry.id for entry in unit))
        for key, unit in together.items()
    ]


def _unit(entry: Entry, known: dict[str, list[Entry]]) -> str:
    """Under which key it is: that of what it corrects, or of the album it belongs to."""
    put_right, album = entry.facts.get("corrects"), album_of(entry)
    for key, unit in known.items():
        if any(e.id == put_right or (album and album_of(e) == album) for e in unit):
            return key
    return f"e{entry.id}"


def _as_it_stands(unit: Sequence[Entry]) -> tuple[Piece, ...]:
    """All photos of an album; of words put right the last ones."""
    if any(entry.action is Action.AMEND for entry in unit):
        return unit[-1].pieces
    return tuple(piece for entry in unit for piece in entry.pieces)
