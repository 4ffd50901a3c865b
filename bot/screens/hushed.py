"""At night a group is rung for what is urgent; everything else comes without a sound.

It is not held back: within a chat order is order, and what waited would keep an alarm waiting
behind it; whoever is on duty at night goes on talking with callers.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.lifecycle import Status
from core.nudging import URGENT
from core.quiet import quiet

if TYPE_CHECKING:
    from bot.delivery.speech import Speech
    from bot.screens.easel import Easel
    from core.board import Board
    from core.outgoing import OutboxRow

# Once it is answered nothing of it presses, however urgent it was: ratings, looks, closing.
ANSWERED = frozenset({Status.RESOLVED, Status.VERIFYING, Status.CLOSED})
SILENTLY = {"disable_notification": True}


async def hushed(speech: Speech, row: OutboxRow, board: Board, easel: Easel) -> Speech:
    """The same, without a sound where it is night for the agency of this group."""
    new = speech.method.startswith("send")
    if row.lane > 0 or speech.leg is None or not new or not await _asleep(row, board, easel):
        return speech
    leg = await board.work.legs.get(speech.leg)
    call = await board.work.calls.get(leg.call_id)
    if call.urgency in URGENT and leg.status not in ANSWERED:
        return speech
    return replace(speech, params={**speech.params, **SILENTLY})


async def _asleep(row: OutboxRow, board: Board, easel: Easel) -> bool:
    binding = await board.group(row.lane)
    if binding is None:
        return False
    calendar = easel.district.calendar_of(binding.agency)
    return quiet(row.created_at, calendar, easel.district.ladder_of(binding.agency))
