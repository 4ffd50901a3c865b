"""A sheet of the district as a file, made when it is sent."""

from __future__ import annotations

from bot.delivery.speech import File, Speech
from bot.screens.easel import Easel
from bot.screens.ruling import WORDS, caption, earlier
from bot.spreadsheets import Form, written
from bot.words import SOURCE, _, speaking
from core.outgoing import OutboxRow
from core.rulebook import Rulebook
from core.sheet_edits import records_of


async def file(row: OutboxRow, book: Rulebook, easel: Easel) -> Speech:
    """The sheet that was in force when it was asked for, or the version that was named."""
    sheet, form = row.payload["sheet"], Form(row.payload["form"])
    number = row.payload["version"]
    at = row.created_at
    text = await (book.text_of(sheet, number) if number else book.text(sheet, at))
    version = await (book.version_of(sheet, number) if number else book.version(sheet, at))
    resident = await book.work.people.resident(row.lane) if row.lane > 0 else None
    with speaking(resident.language if resident else SOURCE):
        said = earlier(sheet, version, easel) if number else caption(sheet, version, easel)
        name = _("{sheet}-第{n}版").format(sheet=WORDS[sheet], n=version.version if version else 1)
    content = written(records_of(text), form, WORDS[sheet])
    params = {"chat_id": row.lane, "document": File(f"{name}.{form}", content), "caption": said}
    return Speech("sendDocument", params)
