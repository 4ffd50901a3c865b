"""A message of ours that asked for something says what came of it, and asks no more."""

from __future__ import annotations

from aiogram.types import CallbackQuery, Message

LONGEST, LONGEST_CAPTION = 4096, 1024


async def written_below(query: CallbackQuery, line: str) -> None:
    """Write a line below the tapped message and take its buttons off; what it said stays.

    Where the line has no room, only the buttons go.
    """
    above = query.message
    if not isinstance(above, Message):
        return
    words = f"{above.text or above.caption or ''}\n\n{line}"
    if above.text and len(words.encode("utf-16-le")) // 2 <= LONGEST:
        await above.edit_text(words, entities=above.entities, reply_markup=None)
    elif above.caption and len(words.encode("utf-16-le")) // 2 <= LONGEST_CAPTION:
        await above.edit_caption(
            caption=words,
            caption_entities=above.caption_entities,
            reply_markup=None,
        )
    else:
        await above.edit_reply_markup(reply_markup=None)
