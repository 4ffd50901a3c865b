"""Rows about topics, put into requests when they are said; and where a leg is spoken of."""

from __future__ import annotations

from bot.delivery.speech import Speech
from bot.screens import topics
from core.board import Board
from core.outgoing import OutboxRow
from core.people import Binding


async def topic(row: OutboxRow, board: Board) -> Speech | None:
    """Make the topic of a leg, or close or open it; None where that is not wanted any more."""
    leg, chat, postings = row.payload["leg"], row.lane, board.work.postings
    if row.payload["begins"]:
        return await _begun(leg, chat, board)
    thread = await postings.topic(leg, chat)
    return topics.turning(await board.leg(leg), chat, thread) if thread else None


async def own(leg: int, binding: Binding | None, board: Board) -> int | None:
    """The topic of this leg in a group that gives every leg one."""
    if binding is None or not binding.topics:
        return None
    return await board.work.postings.topic(leg, binding.chat)


async def _begun(leg: int, chat: int, board: Board) -> Speech | None:
    """Not for a leg that is shown there, nor where the bot may make none.

    The name of a topic is read by the whole group and stays: a restricted call gets none.
    """
    binding, view = await board.group(chat), await board.leg(leg)
    footing = await board.work.groups.footing(chat)
    able = footing is None or footing.makes_topics
    waits = view.leg.open or view.leg.proposal is not None
    if binding is None or view.call.restricted or not (binding.topics and able and waits):
        return None
    if await board.work.postings.card(leg, chat) or await board.work.postings.topic(leg, chat):
        return None
    return topics.making(view, chat)
