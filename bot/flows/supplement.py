"""What is said about a call that is open already: passed on at once, answered in one line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.flows.accepting import ANYTHING, parsed, unfit
from bot.flows.kindness import HELLO, THANKS, YES, typed
from bot.flows.material import ALBUM
from bot.flows.my_calls import add_to_leg
from bot.flows.pace import Pace, paced
from bot.flows.steps import Chosen, Reason
from bot.flows.telling import Teller
from bot.words import _
from core.conversation import Conversation
from core.lifecycle import Action, Status, open_actions
from core.people import Party

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aiogram.types import Message

    from bot.flows.scene import Scene
    from core.views import LegView

ADDED, ADDED_TO = "_added", "_added_to"
ADDS = frozenset({Action.ADD, Action.ANSWER})
# Said to be kind, not to answer; a plain yes may well be the answer.
KIND = (THANKS | HELLO) - YES


async def leg_meant(message: Message, scene: Scene) -> int | None:
    """The open leg a message is about: it answers a message of that leg, or is a late photo of it.

    None when it speaks of nothing that is open, or of somebody else's.
    """
    leg_id = await _replied_to(message, scene) or await _late(message, scene)
    if leg_id is None:
        return None
    view = await scene.board.leg(leg_id)
    may_add = ADDS & set(open_actions(view.leg.status, Party.CALLER))
    return leg_id if may_add and view.call.caller == scene.account else None


def leg_asked(message: Message, opened: Sequence[LegView]) -> int | None:
    """The one leg in which this person was asked something: whatever they say next is the answer.

    ``opened`` are the legs that answer their open calls. None when nothing was asked, or more
    than one thing - or somebody is only being kind.
    """
    if typed(message.text) in KIND:
        return None
    asked = [view.leg.id for view in opened if view.leg.status is Status.NEED_INFO]
    return asked[0] if len(asked) == 1 else None


async def supplement(leg_id: int, message: Message, scene: Scene, *, hint: str = "") -> None:
    """Give the agency what was said, unless it cannot be taken or comes too fast.

    ``hint`` is said with the receipt.
    """
    teller = Teller(message, scene)
    value = parsed(message, ANYTHING)
    if value is None or isinstance(value, Reason | Chosen):
        await teller.say(value.text if isinstance(value, Reason) else unfit(message))
        return
    pace, goes_on = await _counted(scene, value.album, leg_id)
    if pace is Pace.CALM:
        told = await add_to_leg(leg_id, value, scene)
        if not goes_on:
            await teller.say(told + hint)
    elif pace is Pace.TELL:
        await teller.say(_("您发得太快，这一条起没有转过去。请合成一段话，过一分钟再发。"))


async def _replied_to(message: Message, scene: Scene) -> int | None:
    if message.reply_to_message is None:
        return None
    posting = await scene.board.about(scene.chat, message.reply_to_message.message_id)
    return posting.leg_id if posting else None


async def _late(message: Message, scene: Scene) -> int | None:
    """A photo of an album whose other photos went out before, with the call or after it (A11)."""
    album = message.media_group_id
    if album is None:
        return None
    talk = await scene.conversations.get(scene.account)
    if talk is None:
        return None
    if talk.draft.get(ADDED) == album:
        return talk.draft.get(ADDED_TO)
    with_call = not talk.flow and talk.draft.get(ALBUM) == album
    return talk.draft.get("leg") if with_call else None


async def _counted(scene: Scene, album: str, leg_id: int) -> tuple[Pace, bool]:
    """How fast this person speaks, and whether this album was answered already."""
    talk = await scene.conversations.get(scene.account) or Conversation(
        scene.account, "", "", "", 0, scene.now
    )
    draft, pace = paced(dict(talk.draft), scene.now, album=album)
    goes_on = bool(album) and draft.get(ADDED) == album
    await scene.conversations.save(replace(talk, draft={**draft, ADDED: album, ADDED_TO: leg_id}))
    return pace, goes_on
