"""Which way a reply in a group goes: to the caller, to the agency called up, or nowhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from aiogram.methods import SendMessage, SetMessageReaction
from aiogram.types import Message

from bot.screens import prompts
from bot.screens.cards import seats_of
from core.arriving import awaits_arrival, says_arrived
from core.call import Origin, Piece
from core.desk import Desk
from core.leg import Leg
from core.lifecycle import Action
from core.people import Actor, Binding, Party
from core.posting import Posting, Purpose
from core.views import LegView

INSIDE = ("//", "／／", "/／", "／/")  # input methods mix the two signs
BY_PURPOSE = {Purpose.ASKS_PROGRESS: Action.PROGRESS, Purpose.ASKS_NOTE: Action.NOTE}


@dataclass(frozen=True, slots=True)
class Way:
    """What a reply does, to which leg, in which chat."""

    action: Action
    leg_id: int
    chat: int
    piece: Piece

    async def take(self, desk: Desk, *, by: Actor, now: datetime, origin: Origin) -> Leg:
        """The one call on the desk."""
        said = (self.piece,)
        if self.action is Action.ADD:
            return await desk.add(self.leg_id, said, by=by, now=now, origin=origin)
        doors = {
            Action.PROGRESS: desk.progress,
            Action.NOTE: desk.note,
            Action.ARRIVE: desk.arrive,
        }
        door = doors.get(self.action, desk.reply)
        return await door(self.leg_id, said, by=by, now=now, origin=origin, chat=self.chat)


def way_of(
    piece: Piece, posting: Posting, view: LegView, binding: Binding, *, inside: bool = False
) -> Way:
    """By the seat of this chat in the leg, the mark ``//``, and what the message asked for.

    ``inside``: it is another photo of an album whose caption bears the mark.

    Where the chat is the caller's (it called up), words go down to the agency that was called,
    and a note stays with the chat's own leg.
    """
    seats = seats_of(view, binding.agency)
    calls_up = Party.CALLER in seats and Party.AGENCY not in seats
    if inside or marked_inside(piece):
        own = view.leg.parent_id if calls_up else None
        return Way(
            Action.NOTE, own or view.leg.id, posting.chat, piece if inside else unmarked(piece)
        )
    action = Action.ADD if calls_up else BY_PURPOSE.get(posting.purpose, Action.REPLY)
    if not calls_up and says_arrived(piece) and awaits_arrival(view.leg):
        action = Action.ARRIVE
    return Way(action, view.leg.id, posting.chat, piece)


def marked_inside(piece: Piece) -> bool:
    """Whether the words begin with the mark that keeps them inside."""
    return piece.text.lstrip().startswith(INSIDE)


def unmarked(piece: Piece) -> Piece:
    """The piece without the mark that keeps it inside."""
    return replace(piece, text=piece.text.lstrip()[2:].lstrip())


async def put_right(
    message: Message, heard: Piece, call: int, desk: Desk, *, by: Actor, now: datetime
) -> SendMessage | SetMessageReaction | None:
    """The words of an edited message go out once more as a correction, or stay inside by a mark.

    None where the words are the same. Raises ``NothingToCorrect`` and ``NothingSaid``.
    """
    inside = marked_inside(heard)
    piece = unmarked(heard) if inside else heard
    place, chat = Origin(message.chat.id, message.message_id), message.chat.id
    before = await desk.correct(
        call, piece, origin=place, by=by, now=now, chat=chat, inside=inside
    )
    return prompts.put_right(message, before, inside=inside) if before else None
