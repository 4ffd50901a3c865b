"""An agency's group at work: buttons of a card, and replies that reach the caller.

Every act is one call on the desk, which decides from the database who may do what (I19).
"""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.methods import SendMessage, SetMessageReaction
from aiogram.types import CallbackQuery, Message

from bot.flows.accepting import ANYTHING, parsed
from bot.flows.steps import Reason
from bot.handlers.relaying import put_right, way_of
from bot.handlers.standing import IN_GROUP, TAP_IN_GROUP, AboutLeg, Bound, OfficerHere
from bot.intake.recording import Hint, Record
from bot.screens import gestures, prompts
from bot.screens.taps import Tap, Tapped
from core.board import Board
from core.call import Origin, Piece
from core.desk import Desk
from core.errors import NothingSaid, NotYourPart
from core.lifecycle import Action
from core.people import Actor, Binding
from core.posting import Posting

PROMPTS = (gestures.REPLY, gestures.PROGRESS)


async def ask_for_words(
    query: CallbackQuery, tap: Tap, board: Board, actor: Actor, record: Record
) -> SendMessage:
    """回复 and 进展: a prompt that only this person sees as an open reply."""
    await query.answer()
    view = await board.leg(tap.leg)
    prompt, purpose = prompts.ask(query, tap, view, actor)
    return record.about(prompt, Hint(view.leg.id, purpose))


async def turned_away(query: CallbackQuery, tap: Tap) -> None:
    """Somebody not registered for the agency of this chat pressed a button."""
    raise NotYourPart(action=Action.REPLY)


async def relay(
    message: Message,
    posting: Posting,
    binding: Binding,
    board: Board,
    desk: Desk,
    actor: Actor,
    now: datetime,
    record: Record,
) -> SendMessage | SetMessageReaction | None:
    """A reply to anything about a leg: to the caller, or inside with ``//``."""
    heard = parsed(message, ANYTHING)
    if not isinstance(heard, Piece):
        return prompts.kindly(message, heard if isinstance(heard, Reason) else None)
    view, inside = await board.leg(posting.leg_id), False
    if heard.album:
        inside = await board.kept_inside(heard, view.call.id, by=actor)
    way = way_of(heard, posting, view, binding, inside=inside)
    leg = await way.take(desk, by=actor, now=now, origin=_origin(message))
    told = prompts.receipt(message, way, leg, await board.leg(leg.id))
    return record.about(told, prompts.once_an_album(message))


async def edited(
    message: Message, posting: Posting, board: Board, desk: Desk, actor: Actor, now: datetime
) -> SendMessage | SetMessageReaction | None:
    """An edited reply goes out once more as a correction: nothing changes behind one's back.

    Words that bear the mark ``//`` from now on stay inside, whatever was passed on before.
    """
    heard = parsed(message, ANYTHING)
    if not isinstance(heard, Piece):
        raise NothingSaid()
    call = (await board.leg(posting.leg_id)).call
    return await put_right(message, heard, call.id, desk, by=actor, now=now)


def _origin(message: Message) -> Origin:
    return Origin(message.chat.id, message.message_id)


def router() -> Router:
    """Buttons and replies in groups."""
    duty = Router(name="duty")
    duty.callback_query.filter(TAP_IN_GROUP)
    duty.callback_query.register(ask_for_words, Tapped(*PROMPTS), OfficerHere())
    duty.callback_query.register(turned_away, Tapped(*PROMPTS))
    relayed = ~F.text.regexp(r"^/[^/／]")
    duty.message.register(relay, IN_GROUP, relayed, AboutLeg(), Bound())
    duty.edited_message.register(edited, IN_GROUP, relayed, AboutLeg())
    return duty
