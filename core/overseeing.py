"""Reads registers page by page; restricted calls stand in none."""

from __future__ import annotations

from datetime import datetime

from core.board import Board
from core.journal import Entry
from core.registers import Line, Page, Register, area

BATCH = 50
ROUNDS = 20


async def page(
    board: Board, register: Register, agency: str, *, before: int | None, now: datetime, size: int
) -> Page:
    """``size`` lines of a register for the area of an agency, older than entry ``before``.

    Where very many entries stand in it no more, a page may be shorter than the next ones.
    """
    lines: list[Line] = []
    for _round in range(ROUNDS):
        found = await _entries(board, register, agency, before)
        for entry in found:
            before = entry.id
            if (line := await _line(board, register, entry, now)) is not None:
                lines.append(line)
            if len(lines) == size:
                return Page(tuple(lines), before)
        if len(found) < BATCH:
            return Page(tuple(lines))
    return Page(tuple(lines), before)


async def _entries(
    board: Board, register: Register, agency: str, before: int | None
) -> list[Entry]:
    """The next entries of all its acts together, the newest first."""
    places = area(board.district.tree, agency)
    found: list[Entry] = []
    for action in register.actions:
        found += await board.work.journal.registered(
            action, places=places, before=before, limit=BATCH
        )
    return sorted(found, key=lambda entry: -entry.id)[:BATCH]


async def _line(board: Board, register: Register, entry: Entry, now: datetime) -> Line | None:
    leg = await board.work.legs.get(entry.leg_id)
    if not register.keeps(entry, leg, now):
        return None
    view = await board.leg(leg.id)
    return None if view.call.restricted else Line(entry, view)
