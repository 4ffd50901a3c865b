"""Small messages of the group: what to write, what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiogram.methods import SendMessage, SetMessageReaction
from aiogram.types import (
    CallbackQuery,
    ForceReply,
    Message,
    ReactionTypeEmoji,
    ReplyParameters,
)
from aiogram.utils.formatting import Text

from bot.flows.accepting import unfit
from bot.flows.steps import Reason
from bot.intake.recording import Hint
from bot.screens import gestures, names
from bot.screens.saying import GENERAL_TOPIC
from bot.words import N_, _
from core.journal import Entry
from core.leg import Leg
from core.lifecycle import Action
from core.people import Actor
from core.posting import Purpose
from core.views import LegView

if TYPE_CHECKING:
    from bot.handlers.relaying import Way
    from bot.screens.screen import Screen
    from bot.screens.taps import Tap

PURPOSES = {gestures.REPLY: Purpose.ASKS_REPLY, gestures.PROGRESS: Purpose.ASKS_PROGRESS}
ASKS = {
    gestures.REPLY: N_("，请回复这条消息，写给{caller}的话（{number}）。会原样转达。"),
    gestures.PROGRESS: N_("，请回复这条消息，写办理进展（{number}）。会原样转达。"),
}
PLACEHOLDER = {gestures.REPLY: N_("写给{caller}的话"), gestures.PROGRESS: N_("办理进展")}
RELAYED, KEPT_INSIDE, PUT_RIGHT = "👍", "✍", "👌"


def ask(
    query: CallbackQuery, tap: Tap, view: LegView, actor: Actor
) -> tuple[SendMessage, Purpose]:
    """A prompt below the card; the mention makes the open reply this person's alone."""
    who = names.mention(actor.account or 0, actor.name)
    caller = names.caller_of(view)
    words = Text(who, _(ASKS[tap.action]).format(number=view.call.number, caller=caller))
    placeholder = _(PLACEHOLDER[tap.action]).format(caller=caller)
    markup = ForceReply(selective=True, input_field_placeholder=placeholder)
    said, entities = words.render()
    prompt = _below(query.message, text=said, entities=entities, reply_markup=markup)
    return prompt.as_(query.bot), PURPOSES[tap.action]


def below(message: Message, text: str) -> SendMessage:
    """A plain sentence in answer to a message of a group."""
    return _below(message, text=text).as_(message.bot)


def beneath(message: Message, screen: Screen) -> SendMessage:
    """A screen in answer to a message of a group."""
    return _below(message, **screen.said()).as_(message.bot)


def under(query: CallbackQuery, screen: Screen) -> SendMessage:
    """A screen in answer to the message that was tapped."""
    return _below(query.message, **screen.said()).as_(query.bot)


def kindly(message: Message, reason: Reason | None) -> SendMessage:
    """Why this reply cannot be relayed."""
    return below(message, reason.text if reason else unfit(message))


def receipt(
    message: Message, way: Way, leg: Leg, view: LegView
) -> SendMessage | SetMessageReaction:
    """A mark on the reply (relayed, kept inside), or a sentence where something is missing."""
    speaks = way.action in (Action.REPLY, Action.PROGRESS) and view.caller_agency is None
    if speaks and not view.reachable:
        return below(message, _("⚠️ 已记下，但暂时联系不上呼叫人，对方回来后才会看到。"))
    if way.action is Action.REPLY and leg.contacted_at is None:
        return below(
            message, _("已转达。只说“收到”不算首次联系，请再说明怎么处理、什么时候处理。")
        )
    mark = KEPT_INSIDE if way.action is Action.NOTE else RELAYED
    return message.react([ReactionTypeEmoji(emoji=mark)])


def put_right(
    message: Message, before: Entry, *, inside: bool
) -> SendMessage | SetMessageReaction:
    """The mark on an edited reply whose correction was relayed; what became of it otherwise."""
    if inside and before.action is not Action.NOTE:
        return below(message, _("改后的话只记在内部。原来的话已经转达，收不回来。"))
    return message.react([ReactionTypeEmoji(emoji=PUT_RIGHT)])


def once_an_album(message: Message) -> Hint:
    """Photos of one album arrive one by one and are confirmed once (A11)."""
    album = message.media_group_id
    return Hint(dedupe=f"album:{message.chat.id}:{album}" if album else None)


def _below(message: Any, **said: Any) -> SendMessage:
    thread = getattr(message, "message_thread_id", None)
    in_topic = getattr(message, "is_topic_message", None) and thread != GENERAL_TOPIC
    return SendMessage(
        chat_id=message.chat.id,
        message_thread_id=thread if in_topic else None,
        reply_parameters=ReplyParameters(
            message_id=message.message_id, allow_sending_without_reply=True
        ),
        **said,
    )
