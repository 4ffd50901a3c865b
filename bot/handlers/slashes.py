"""The acts of a card as commands: in answer to the card, in its topic, or with the number.

Each leads where its button leads: the same call on the desk, or the same form in private.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, Filter
from aiogram.methods import SendMessage, SetMessageReaction
from aiogram.types import Message

from bot.flows.accepting import ANYTHING, parsed
from bot.flows.steps import Reason
from bot.handlers.listing import all_found
from bot.handlers.relaying import INSIDE, marked_inside, way_of
from bot.handlers.standing import IN_GROUP, Bound
from bot.handlers.steps import STEPS
from bot.intake.recording import Hint, Record
from bot.screens import lists, prompts, proposals, slashes
from bot.screens.buttons import OPENED
from bot.screens.cards import seats_of
from bot.screens.easel import Easel
from bot.screens.prompts import below
from bot.words import _
from core.board import Board
from core.call import Medium, Origin, Piece
from core.desk import Desk
from core.desk.helping import ASKS_IN
from core.errors import NothingSaid
from core.lifecycle import Action, open_actions
from core.people import Actor, Binding
from core.posting import Posting, Purpose
from core.views import LegView

SLASHES: Mapping[str, tuple[Action, ...]] = {
    "take": (Action.ACKNOWLEDGE,),
    "done": (Action.RESOLVE,),
    "return": (Action.RETURN,),
    "up": (Action.CALL_UP,),
    "agree": (Action.AGREE,),
    "decline": (Action.DECLINE,),
    "lead": (Action.NAME_LEAD,),
    "pass": (Action.PASS,),
    "fail": (Action.FAIL,),
    "admit": (Action.ADMIT,),
    "ask": (Action.ASK, Action.INQUIRE),
    "elsewhere": (Action.REDIRECT,),
    "reject": (Action.PROPOSE_REJECTION,),
    "letgo": (Action.LET_GO,),
    "phone": (Action.LOG_PHONE,),
    "number": (Action.REVEAL,),
    "co": tuple(ASKS_IN.values()),
    "merge": (Action.MERGE,),
    "split": (Action.SPLIT,),
    "item": (Action.RECLASS, Action.RECLASS_ABOVE),
    "type": (Action.RETYPE, Action.RETYPE_ABOVE),
    "here": (Action.ARRIVE,),
    "release": (Action.RELEASE,),
    "longer": (Action.ASK_EXTENSION,),
    "hold": (Action.PROPOSE_HOLD,),
    "resume": (Action.TAKE_UP, Action.ORDER_UP),
    "step": (Action.REACH_MILESTONE,),
    "finding": (Action.PROPOSE_FINDING,),
    "contest": (Action.OBJECT_TO_RATING,),
    "press": (Action.PRESS_BY_HAND,),
    "reopen": (Action.REOPEN_BY_HAND, Action.REOPEN_ABOVE),
    "approve": (Action.SECOND,),
    "refuse": (Action.REFUSE,),
    "secret": (Action.RESTRICT,),
    "lift": (Action.PROPOSE_LIFT,),
}
# In a topic the last four digits are no number: words may begin with a year.
FULL = re.compile(r"[A-Za-z]+-\d{6}-\d{4}")
NUMBER = re.compile(rf"{FULL.pattern}|\d{{4}}")
WORDED = {
    "reply": Purpose.ASKS_REPLY,
    "progress": Purpose.ASKS_PROGRESS,
    "note": Purpose.ASKS_NOTE,
}


class Meant(NamedTuple):
    """The leg a command is about, and what was said after its number."""

    view: LegView
    words: str


class Means(Filter):
    """``meant`` of a command, None where nobody can tell which leg it is about."""

    async def __call__(
        self, message: Message, command: CommandObject, binding: Binding, board: Board
    ) -> dict[str, Meant | None]:
        """By what is answered; else by the number; else by the topic."""
        words = (command.args or "").strip()
        topic, answered = await _topic(message, board), await _answered(message, board)
        if answered is not None:
            return {"meant": Meant(await board.leg(answered.leg_id), words)}
        number, _space, rest = words.partition(" ")
        numbers = FULL if topic else NUMBER
        if numbers.fullmatch(number) and (views := await all_found(number, binding.agency, board)):
            return {"meant": Meant(_fitting(views, command.command, binding), rest.strip())}
        return {"meant": Meant(await board.leg(topic.leg_id), words) if topic else None}


async def act(
    message: Message,
    command: CommandObject,
    meant: Meant | None,
    binding: Binding,
    desk: Desk,
    actor: Actor,
    easel: Easel,
    now: datetime,
) -> SendMessage:
    """A step that a button takes, or the form that a button opens."""
    if meant is None:
        return below(message, _puzzled(command, easel.bot_name))
    action = chosen(SLASHES[command.command], meant.view, binding)
    leg, chat = meant.view.leg, binding.chat
    if action is Action.REVEAL and not meant.view.call.phone:
        return below(message, slashes.no_number())
    if action in OPENED:
        await desk.could(leg.id, action, by=actor, now=now, version=leg.version, chat=chat)
        return prompts.beneath(message, slashes.form(action, meant.view, easel))
    more: dict[str, Any] = {"by": actor, "now": now, "version": leg.version, "chat": chat}
    if action in STEPS:
        moved = await STEPS[action].door(desk)(leg.id, *_why(action, meant.words), **more)
        return below(message, STEPS[action].told(moved, easel))
    return below(message, await _decided(action, meant.view, desk, easel, more))


def _why(action: Action, said: str) -> tuple[tuple[Piece, ...], ...]:
    """What was written after a command, for a step that takes a reason; else nothing."""
    return ((Piece(Medium.WORDS, said),),) if STEPS[action].worded and said else ()


async def say(
    message: Message,
    command: CommandObject,
    meant: Meant | None,
    binding: Binding,
    board: Board,
    desk: Desk,
    actor: Actor,
    easel: Easel,
    now: datetime,
    record: Record,
) -> SendMessage | SetMessageReaction:
    """``/reply``, ``/progress``, ``/note``: as a reply to the card would."""
    if meant is None:
        return below(message, _puzzled(command, easel.bot_name))
    if not meant.words:
        raise NothingSaid()
    piece = Piece(Medium.WORDS, meant.words)
    posting = Posting(binding.chat, 0, meant.view.leg.id, WORDED[command.command])
    way = way_of(piece, posting, meant.view, binding)
    leg = await way.take(desk, by=actor, now=now, origin=_origin(message))
    told = prompts.receipt(message, way, leg, await board.leg(leg.id))
    return record.about(told, Hint())


async def note_in_topic(
    message: Message,
    topic: Posting,
    binding: Binding,
    board: Board,
    desk: Desk,
    actor: Actor,
    now: datetime,
    record: Record,
) -> SendMessage | SetMessageReaction:
    """``//`` in a topic, answering nothing: a note inside about the call of the topic."""
    piece = parsed(message, ANYTHING)
    if not isinstance(piece, Piece):
        return prompts.kindly(message, piece if isinstance(piece, Reason) else None)
    view = await board.leg(topic.leg_id)
    way = way_of(piece, topic, view, binding, inside=not marked_inside(piece))
    leg = await way.take(desk, by=actor, now=now, origin=_origin(message))
    told = prompts.receipt(message, way, leg, await board.leg(leg.id))
    return record.about(told, prompts.once_an_album(message))


class InTopic(Filter):
    """Said in the topic of a leg, in answer to nothing, as ``topic``."""

    async def __call__(self, message: Message, board: Board) -> bool | dict[str, Any]:
        """``topic`` for the handler, or no match."""
        above = message.reply_to_message
        if above is not None and above.forum_topic_created is None:
            return False
        topic = await _topic(message, board)
        return {"topic": topic} if topic else False


class KeptInside(Filter):
    """Marked ``//``, or one more photo of an album whose caption is: one mark is for all."""

    async def __call__(self, message: Message, topic: Posting, board: Board, actor: Actor) -> bool:
        """Whether it stays with the agency."""
        piece = parsed(message, ANYTHING)
        if not isinstance(piece, Piece) or marked_inside(piece):
            return True
        return await board.kept_inside(piece, (await board.leg(topic.leg_id)).call.id, by=actor)


def _puzzled(command: CommandObject, bot: str) -> str:
    """A number that no call here has, or none at all."""
    number = (command.args or "").strip().partition(" ")[0]
    if NUMBER.fullmatch(number):
        return lists.not_found(number, bot)
    return slashes.which(command.command, bot)


def chosen(could: tuple[Action, ...], view: LegView, binding: Binding) -> Action:
    """Of several acts of one word the one that this chat may take now."""
    here = _open_here(view, binding)
    return next((action for action in could if action in here), could[0])


def _fitting(views: Sequence[LegView], word: str, binding: Binding) -> LegView:
    """Of several legs of a call the one this word can be about here, else the newest."""
    could = set(SLASHES.get(word, (Action.REPLY, Action.PROGRESS, Action.NOTE)))
    able = [view for view in views if could & _open_here(view, binding)]
    return (able or views)[-1]


def _open_here(view: LegView, binding: Binding) -> frozenset[Action]:
    """What this chat may do with the leg as it stands."""
    seats = seats_of(view, binding.agency)
    return frozenset(action for seat in seats for action in open_actions(view.leg.status, seat))


async def _decided(
    action: Action, view: LegView, desk: Desk, easel: Easel, more: Mapping[str, Any]
) -> str:
    """What hangs on a proposal or a plan: the one that waits now."""
    leg = view.leg
    if action is Action.REACH_MILESTONE:
        number = leg.plan.unmet() if leg.plan else None
        await desk.reach_milestone(leg.id, number or 0, **more)
        return _("已记下，呼叫人会收到。")
    mark = leg.proposal.mark if leg.proposal else ""
    if action is Action.REFUSE:
        await desk.refuse(leg.id, which=mark, **more)
        return _("已决定不同意，申请单位会收到。")
    return proposals.approved(await desk.approve(leg.id, which=mark, **more), easel)


async def _answered(message: Message, board: Board) -> Posting | None:
    """What a reply is about; in a topic everything answers what made the topic."""
    above = message.reply_to_message
    posting = await board.about(message.chat.id, above.message_id) if above else None
    return posting if posting and posting.purpose is not Purpose.TOPIC else None


async def _topic(message: Message, board: Board) -> Posting | None:
    thread = message.message_thread_id if message.is_topic_message else None
    posting = await board.about(message.chat.id, thread) if thread else None
    return posting if posting and posting.purpose is Purpose.TOPIC else None


def _marked(text: str | None) -> bool:
    return (text or "").lstrip().startswith(INSIDE)


def _origin(message: Message) -> Origin:
    return Origin(message.chat.id, message.message_id)


def router() -> Router:
    """Commands before replies: a command in answer to a card is no word for the caller."""
    acting = Router(name="slashes")
    acting.message.register(act, IN_GROUP, Command(*SLASHES), Bound(), Means())
    acting.message.register(say, IN_GROUP, Command(*WORDED), Bound(), Means())
    # Cheap before dear: chatter in a topic costs no look at the store.
    marked = F.text.func(_marked) | F.caption.func(_marked) | (F.media_group_id & ~F.caption)
    inside = (IN_GROUP, marked, InTopic(), Bound(), KeptInside())
    acting.message.register(note_in_topic, *inside)
    return acting
