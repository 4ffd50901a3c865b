"""An agency looks at its own work in its group: what is open, one call, how it all works."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.methods import SendMessage
from aiogram.types import Message

from bot.handlers.standing import IN_GROUP, Bound
from bot.intake.recording import Hint, Record
from bot.screens import lists
from bot.screens.cards import seats_of
from bot.screens.discreet import drawn
from bot.screens.easel import Easel
from bot.screens.prompts import below
from core.board import Board
from core.people import Binding
from core.posting import Purpose
from core.views import LegView

MOST = 30


async def list_calls(
    message: Message, binding: Binding, board: Board, easel: Easel, now: datetime
) -> Any:
    """``/calls``: what this agency has to answer, the earliest due first."""
    views = await board.open_legs(binding.agency, MOST)
    count = await board.open_count(binding.agency)
    return message.answer(**lists.open_calls(views, count, now=now, easel=easel).said())


async def show_call(
    message: Message,
    command: CommandObject,
    binding: Binding,
    board: Board,
    easel: Easel,
    now: datetime,
    record: Record,
) -> SendMessage:
    """``/call N``: the card once more, with its buttons."""
    view = await found(command.args or "", binding.agency, board)
    if view is None:
        return below(message, lists.not_found(command.args or "", easel.bot_name))
    screen = drawn(view, binding.agency, chat=message.chat.id, now=now, easel=easel)
    return record.about(message.answer(**screen.said()), Hint(view.leg.id, Purpose.WORDS))


async def help_here(message: Message, binding: Binding, easel: Easel) -> Any:
    """``/help`` and ``/start`` in a group."""
    return message.answer(**lists.group_help(easel.name_of(binding.agency), easel).said())


async def found(words: str, agency: str, board: Board) -> LegView | None:
    """The leg this agency has a part in: by full number, or by the end of an open one's."""
    said = words.strip().upper()
    fitting = await all_found(words, agency, board)
    if fitting and fitting[-1].call.number != said:
        fitting = [view for view in fitting if view.leg.agency == agency]
    return fitting[-1] if fitting else None


async def all_found(words: str, agency: str, board: Board) -> list[LegView]:
    """Legs this agency has a part in: by full number, or by the end of an open one's."""
    said = words.strip().upper()
    call = await board.call_by_number(said) if said else None
    if call is None and said:
        ends = [one for one in await board.open_legs(agency, MOST) if _ends(one, said)]
        call = await board.call(ends[-1].call.id) if ends else None
    legs = call.legs if call else ()
    return [view for view in legs if seats_of(view, agency)]


def _ends(view: LegView, said: str) -> bool:
    return view.call.number.endswith(said)


def router() -> Router:
    """Looking, in groups of an agency."""
    listing = Router(name="listing")
    listing.message.filter(IN_GROUP, Bound())
    listing.message.register(list_calls, Command("calls"))
    listing.message.register(show_call, Command("call"))
    listing.message.register(help_here, Command("help", "start"))
    return listing
