"""The phone task: what no message reaches a caller with, for the agency to say; one a leg."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.utils.formatting import BlockQuote, Bold, Text, as_list

from bot.delivery.speech import Speech
from bot.screens import links, topical
from bot.screens.cards import clipped
from bot.screens.easel import Easel
from bot.screens.masking import masked
from bot.screens.notices import Telling
from bot.screens.saying import in_topic, keyboard, replying, worded
from bot.screens.screen import Button, Screen
from bot.screens.to_caller import TO_CALLER
from bot.screens.told_proposals import TO_CALLER as DECIDED
from bot.words import _
from core.board import Board
from core.claiming import to_be_phoned
from core.journal import Entry
from core.outgoing import OutboxRow
from core.people import Binding, Party
from core.posting import Posting, Purpose
from core.views import LegView

MOST, LONGEST_WORDS = 8, 400
WORDS_OF = TO_CALLER | DECIDED


async def task(row: OutboxRow, board: Board, easel: Easel) -> Speech | None:
    """The task as it stands; where nothing is left of one that was shown, that it is done."""
    view, binding = await board.leg(row.payload["leg"]), await board.group(row.lane)
    shown = await board.work.postings.phone_task(view.leg.id, row.lane)
    if binding is None or view.agency.code != binding.agency:
        return None
    legs = await board.work.legs.of_call(view.call.id)
    own = [leg for leg in legs if leg.parent_id is None]
    entries = await board.work.journal.of_call(view.call.id)
    untold = to_be_phoned(view.leg, entries, own)
    if untold:
        return await _spoken(asked(view, untold, row.lane, easel), view, binding, shown, board)
    return _over(done(view), view, row.lane, shown) if shown else None


def asked(view: LegView, untold: Sequence[Entry], chat: int, easel: Easel) -> Screen:
    """What to say, the oldest first, and the button for when it was said."""
    call = view.call
    why = (
        _("来电人还没有认领，消息送不到。")
        if call.unclaimed
        else _("呼叫人收不到消息（停用了机器人）。")
    )
    lines: list[Text | str] = [
        Text("☎️ ", Bold(call.number), " ", Bold(_("请打电话告诉呼叫人："))),
        *(_line(entry, view, chat, easel) for entry in untold[-MOST:]),
        why,
        _number(view),
    ]
    leg = view.leg
    link = easel.links.duty(links.LOG_PHONE, leg.id, leg.version)
    return Screen(as_list(*lines), ((Button(_("☎️ 已电话告知"), url=link),),))


def done(view: LegView) -> Screen:
    """Nothing is left to be said."""
    told = (
        _(" 已经告诉呼叫人了，不用再打。")
        if view.leg.phone_from is not None
        else _(" 呼叫人现在能收到消息，不用再打电话。")
    )
    return Screen(Text("✅ ", Bold(view.call.number), told))


def _number(view: LegView) -> str:
    if view.call.phone:
        return _("号码只给签收人看：点卡片上的「更多」，再点「查看电话」。")
    if view.call.unclaimed:
        return _("对方没有留电话，等对方再来时当面告诉。")
    return _("对方没有留电话，请上门告知，或者等对方回来。")


def _line(entry: Entry, view: LegView, chat: int, easel: Easel) -> Text:
    """The headline a caller would have read, and the words that go with it."""
    tells = WORDS_OF.get(entry.action)
    told = tells(Telling(entry, view, Party.CALLER, chat, easel)) if tells else None
    words = " ".join(piece.text for piece in entry.pieces if piece.text) if told else ""
    if told is None:
        return Text("· ", _("这件事有新的进展。"))
    if not told.relays or not words:
        return Text("· ", told.head)
    return Text("· ", told.head, "\n", BlockQuote(clipped(masked(words), LONGEST_WORDS)))


async def _spoken(
    screen: Screen, view: LegView, binding: Binding, shown: Posting | None, board: Board
) -> Speech:
    said = {"chat_id": binding.chat, **worded(screen.text), **keyboard(screen.buttons)}
    if shown:
        said |= {"message_id": shown.message}
    else:
        card = await board.work.postings.card(view.leg.id, binding.chat)
        thread = card.thread if card else await topical.own(view.leg.id, binding, board)
        said |= in_topic(binding, thread) | (replying(card.message) if card else {})
    return Speech(
        method="editMessageText" if shown else "sendMessage",
        params=said,
        leg=view.leg.id,
        purpose=Purpose.PHONE_TASK,
        replaces=shown.message if shown else None,
    )


def _over(screen: Screen, view: LegView, chat: int, shown: Posting) -> Speech:
    """A reply to it is still about the leg; the next task begins a message of its own."""
    params = {"chat_id": chat, "message_id": shown.message, **worded(screen.text)}
    return Speech(
        method="editMessageText",
        params=params,
        leg=view.leg.id,
        purpose=Purpose.WORDS,
        replaces=shown.message,
    )
