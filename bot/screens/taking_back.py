"""Takes back what a group was shown of an erased call: deleted, or else made empty.

Telegram lets a bot delete its own messages for 48 hours, and edit them for ever: so words give way
to a sentence, pictures and files to a grey picture, and what cannot be replaced to a caption.
"""

from __future__ import annotations

import struct
import zlib

from aiogram.utils.formatting import Text

from bot.delivery.speech import Picture, Speech
from bot.screens.saying import worded
from bot.words import _
from core.board import Board
from core.call import Call
from core.outgoing import OutboxRow

SIDE, GREY = 160, 0xC8


def stub(row: OutboxRow, call: Call) -> Speech:
    """The gentlest way that Telegram takes: each is tried where the one before is refused."""
    why = (
        _("{number}：已转专人办理，这里不再显示内容。")
        if call.restricted and not call.erased
        else _("{number}：内容已按当事人要求删除。")
    )
    words = why.format(number=call.number)
    at = {"chat_id": row.lane, "message_id": row.payload["message"]}
    caption = Speech("editMessageCaption", {**at, "caption": words})
    picture = Speech(
        "editMessageMedia", {**at, "media": Picture(grey(), words)}, otherwise=caption
    )
    text = Speech("editMessageText", {**at, **worded(Text(words))}, otherwise=picture)
    return Speech("deleteMessage", at, otherwise=text)


async def going(row: OutboxRow, board: Board) -> Speech | None:
    """Out of a group where nobody bound an agency meanwhile (S5)."""
    chat = row.payload["chat"]
    if await board.work.groups.at_chat(chat):
        return None
    return Speech("leaveChat", {"chat_id": chat})


def grey() -> bytes:
    """A grey square as PNG."""
    head = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 0, 0, 0, 0)
    lines = (b"\x00" + bytes([GREY]) * SIDE) * SIDE
    parts = (b"IHDR", head), (b"IDAT", zlib.compress(lines)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    sum_of = zlib.crc32(name + data)
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", sum_of)
