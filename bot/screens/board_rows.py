"""Turns a row that owes a board into the message: of a group, or of a leader in private."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from bot.delivery.speech import Speech
from bot.screens import boards, red_lists
from bot.screens.saying import in_topic, keyboard, worded
from core.late import below
from core.looking_down import presses, red_list, red_list_of
from core.standing import standing

if TYPE_CHECKING:
    from bot.screens.easel import Easel
    from bot.screens.screen import Screen
    from core.agency import Agency
    from core.board import Board
    from core.outgoing import OutboxRow

LINES = 60


async def board(row: OutboxRow, board: Board, easel: Easel) -> Speech | None:
    """What the agency has open at this moment; None where that is nothing."""
    agency = easel.agency(row.payload["agency"])
    if agency is None:
        return None
    if row.payload.get("stationed"):
        return await _stationed(row, agency, board, easel)
    binding = await board.group(row.lane)
    if binding is None:
        return None
    now = row.created_at
    if row.payload.get("again") and not await presses(board, agency.code, now=now):
        return None
    screen = await drawn(agency, board, easel, chat=row.lane, now=now)
    if screen is None:
        return None
    params = {"chat_id": row.lane, **in_topic(binding), **worded(screen.text)}
    return Speech("sendMessage", {**params, **keyboard(screen.buttons)})


async def drawn(
    agency: Agency, board: Board, easel: Easel, *, chat: int, now: datetime
) -> Screen | None:
    """The board as it is shown in the morning; None where nothing is open, here or below."""
    views = await board.open_legs(agency.code, LINES)
    looks = await board.to_verify(agency.code, LINES)
    red = await red_list(board, agency.code, now=now, most=red_lists.MOST_LEGS)
    if not (views or looks or red.count):
        return None
    sorted_out = standing(views, looks, now=now, calendar=easel.calendar)
    under = red_lists.below(red, now, easel)
    return boards.board(agency, sorted_out, chat=chat, now=now, easel=easel, under=under)


async def _stationed(row: OutboxRow, agency: Agency, board: Board, easel: Easel) -> Speech | None:
    codes = (agency.code, *below(easel.district.tree, agency.code))
    now = row.created_at
    found = await red_list_of(board, codes, now=now, most=red_lists.MOST_LEGS)
    tallies = await board.work.late.tallies(codes, now)
    count = sum(tally.open for tally in tallies.values())
    if not count:
        return None
    legs = await board.work.late.next(codes, now, red_lists.MOST_LEGS)
    coming = tuple([await board.leg(leg.id) for leg in legs])
    text = red_lists.stationed(agency, found, coming, count, now=now, easel=easel)
    return Speech("sendMessage", {"chat_id": row.lane, **worded(text)})
