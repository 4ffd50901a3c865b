"""One part of a notice as a method of the Bot API: headline, words or media, buttons, place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiogram.utils.formatting import Text

from bot.delivery.speech import Speech
from bot.screens import cards, media, screen
from bot.screens.buttons import Rows
from bot.screens.notices import Telling, Told
from core.call import Piece
from core.outgoing import TELLING, Kind, Outgoing, Policy, Rank
from core.people import Binding
from core.portions import Portion, beside_card, portions
from core.posting import Purpose
from core.redacting import FIRST

GENERAL_TOPIC = 1
NO_PREVIEW = {"link_preview_options": {"is_disabled": True}}


def said(told: Told, telling: Telling, part: int) -> Speech | None:
    """Part ``part`` of a notice; None past the end of what is relayed.

    The first part carries the headline, the last that can hold a keyboard carries the buttons.
    """
    pieces = telling.entry.pieces if told.relays else ()
    parts = portions(cards.in_groups(pieces) if told.hides else pieces) or (Portion(0),)
    if part >= len(parts):
        return None
    head = told.head if part == _opening(telling, pieces) else None
    method, params = _spoken(parts[part], head)
    rows = told.buttons if part == _closing(parts) else ()
    return Speech(
        method=method,
        params={"chat_id": telling.chat, **params, **keyboard(rows)},
        leg=telling.view.leg.id,
        purpose=Purpose.WORDS,
    )


def _opening(telling: Telling, pieces: tuple[Piece, ...]) -> int:
    """Which part comes first: what begins a leg sends only what its card could not show."""
    beside = beside_card(pieces) if telling.entry.action in FIRST else ()
    return beside[0] if beside else 0


def _closing(parts: tuple[Portion, ...]) -> int:
    able = [portion.index for portion in parts if media.carries_buttons(portion)]
    return able[-1] if able else -1


def _spoken(portion: Portion, head: Text | None) -> media.Method:
    if portion.pieces:
        return media.shown(portion, head)
    if head is None:
        return "sendMessage", worded(Text(portion.words))
    text = Text(head, "\n", portion.words) if portion.words else head
    return "sendMessage", worded(text)


def worded(text: Text) -> dict[str, Any]:
    """Text parameters; links in it unfold nothing (S6)."""
    return {**screen.worded(text), **NO_PREVIEW}


def keyboard(rows: Rows) -> dict[str, Any]:
    """The inline keyboard as plain parameters."""
    drawn = screen.Screen(Text(), rows).keyboard()
    return {"reply_markup": drawn} if drawn else {}


def in_topic(binding: Binding | None, thread: int | None = None) -> dict[str, Any]:
    """This topic, else the one a group was bound in; the general one is left out (A23).

    A group with a topic for every leg hears what is of no leg in the general one.
    """
    if thread is None and binding is not None and not binding.topics:
        thread = binding.thread
    return {"message_thread_id": thread} if thread and thread != GENERAL_TOPIC else {}


def message_row(
    chat: int,
    params: Mapping[str, Any],
    *,
    method: str = "sendMessage",
    policy: Policy = Policy.AT_LEAST_ONCE,
    rank: Rank = TELLING,
    dedupe: str | None = None,
) -> Outgoing:
    """A ready-made message as it is owed, in the lane of its chat."""
    payload = {"method": method, "params": {"chat_id": chat, **params}}
    return Outgoing(chat, Kind.SAY, payload, policy=policy, rank=rank, dedupe=dedupe)


def replying(message: int) -> dict[str, Any]:
    """As a reply, which may outlive the message it answers."""
    return {
        "reply_parameters": {"message_id": message, "allow_sending_without_reply": True},
    }
