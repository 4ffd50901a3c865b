"""Photos, voices, files and pins by file id, as methods of the Bot API."""

from __future__ import annotations

from typing import Any

from aiogram.utils.formatting import Text

from bot.screens.screen import worded
from core.call import Medium, Piece
from core.portions import Portion

LONGEST_CAPTION = 1024
SENDS = {
    Medium.PHOTO: ("sendPhoto", "photo"),
    Medium.VIDEO: ("sendVideo", "video"),
    Medium.VOICE: ("sendVoice", "voice"),
    Medium.FILE: ("sendDocument", "document"),
}
Method = tuple[str, dict[str, Any]]


def shown(portion: Portion, head: Text | None) -> Method:
    """The method that shows a portion of media; ``head`` goes above its caption if it fits."""
    if len(portion.pieces) > 1:
        first, *others = portion.pieces
        media = [_item(first, head), *(_item(piece, None) for piece in others)]
        return "sendMediaGroup", {"media": media}
    piece = portion.pieces[0]
    if piece.medium is Medium.PLACE:
        return _place(piece, head)
    method, field = SENDS[piece.medium]
    return method, {field: piece.file, **caption(piece, head)}


def carries_buttons(portion: Portion) -> bool:
    """Whether a keyboard may stand below it: Telegram allows none below an album."""
    return len(portion.pieces) <= 1


def caption(piece: Piece, head: Text | None) -> dict[str, Any]:
    """The caption unchanged, the headline above it where both fit."""
    text = Text(piece.text)
    if head is not None:
        above = Text(head, "\n", piece.text) if piece.text else head
        text = above if len(above.render()[0]) <= LONGEST_CAPTION else text
    return worded(text, "caption", "caption_entities")


def _item(piece: Piece, head: Text | None) -> dict[str, Any]:
    return {"type": piece.medium.value, "media": piece.file, **caption(piece, head)}


def _place(piece: Piece, head: Text | None) -> Method:
    """A pin has no caption: a venue carries the headline and the place's name instead."""
    assert piece.point is not None  # noqa: S101 - a place is a point
    at = {"latitude": piece.point.latitude, "longitude": piece.point.longitude}
    if head is None and not piece.text:
        return "sendLocation", at
    title = head.render()[0] if head is not None else piece.text
    return "sendVenue", {**at, "title": title, "address": piece.text or "📍"}
