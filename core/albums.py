"""Photos of one album arrive one by one and are told as one answer (A11)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from core.call import Piece
from core.journal import Entry
from core.lifecycle import Action
from core.outgoing import Outgoing
from core.portions import IN_ALBUMS

GATHERS = timedelta(seconds=2)


def gathered(row: Outgoing, entry: Entry, *, now: datetime) -> Outgoing:
    """The row of a notice, waiting a moment for the rest where it tells of one photo of an album.

    Later photos put no row of their own while this one waits: it tells of all there are when it
    goes. One that comes after that is told by itself, so nothing is lost.
    """
    album = album_of(entry)
    if not album:
        return row
    together = f"album:{entry.leg_id}:{row.lane}:{row.payload['to']}:{album}"
    return replace(row, coalesce=together, not_before=now + GATHERS)


def together(entry: Entry, entries: Iterable[Entry]) -> Entry:
    """The entry with the photos of its album that were said after it, by the same person.

    What was kept inside stays apart from what was said.
    """
    album = album_of(entry)
    if not album:
        return entry
    later = [
        other
        for other in entries
        if other.id >= entry.id
        and other.actor == entry.actor
        and album_of(other) == album
        and (other.action is Action.NOTE) is (entry.action is Action.NOTE)
    ]
    return replace(entry, pieces=tuple(piece for one in later for piece in one.pieces))


def album_of(entry: Entry) -> str:
    """The album this entry adds one photo or video to; nothing for everything else."""
    if len(entry.pieces) != 1 or entry.pieces[0].medium not in IN_ALBUMS:
        return ""
    return entry.pieces[0].album


def kept_inside(piece: Piece, by: int | None, entries: Iterable[Entry]) -> bool:
    """Whether this belongs to an album whose last photo stayed inside: one caption is for all."""
    if not piece.album or piece.text:
        return False
    before = [one for one in entries if one.actor == by and album_of(one) == piece.album]
    return bool(before) and before[-1].action is Action.NOTE
