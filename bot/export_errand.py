"""Makes a file of everything and sends it to whoever asked, alone; nothing of it is kept (S21)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from bot.delivery.speech import File
from bot.exporting import pages
from bot.rooms import room
from bot.screens import exports as screens
from bot.screens.export_rows import TITLES, Drawing
from bot.screens.saying import message_row
from bot.screens.studio import Studio
from bot.spreadsheets import Form, Writer, writer
from bot.words import _
from core.errands import Errand
from core.exporting import Wish, wish_of
from core.failpoints import failpoint
from core.outgoing import CONVERSATION, Policy
from core.ports import Units

EVERY = 3.0
LARGEST = 49 << 20


class TooLargeToSend(Exception):
    """Telegram takes no such file from a bot."""


class Saying(Protocol):
    """What sends a file at once."""

    async def call(self, method: str, params: Mapping[str, Any]) -> Any:
        """Call it once."""


def _write(made: Writer, page: list[list[str]]) -> None:
    for row in page:
        made.row(row)


@dataclass(frozen=True)
class Exporter:
    """One export after another; ``owed`` is rung whenever a word of progress is owed."""

    units: Units
    studio: Studio
    clock: Callable[[], datetime]
    voice: Saying
    owed: Callable[[], None]

    async def send(self, errand: Errand) -> int:
        """Make it, send it; how many rows it holds. Raises what the voice raises."""
        wish = wish_of(dict(errand.facts))
        with room() as folder:
            file = folder / "export"
            rows = await self._made(file, errand, wish)
            if file.stat().st_size > LARGEST:
                raise TooLargeToSend
            content = await asyncio.to_thread(file.read_bytes)
        at = self.clock().astimezone(self.studio.easel.zone)
        title = f"{_(TITLES[wish.what])}-{at:%Y%m%d-%H%M}.{wish.form}"
        document = File(title, content)
        await self.voice.call("sendDocument", {"chat_id": errand.account, "document": document})
        return rows

    async def _made(self, file: Path, errand: Errand, wish: Wish) -> int:
        """Written page by page, in a thread, so that everybody else goes on."""
        drawing, title = Drawing(self.studio.rules.district, wish.open), _(TITLES[wish.what])
        header = drawing.header(wish.what)
        made = await asyncio.to_thread(writer, file, Form(wish.form), title, header)
        try:
            count = await self._filled(made, errand, self._pages(wish, drawing))
            at = drawing.at(self.clock())
            made.row([screens.watermark(errand.facts["name"], errand.account, at)])
        finally:
            await asyncio.to_thread(made.close)
        return count

    async def _filled(
        self, made: Writer, errand: Errand, found: AsyncIterator[list[list[str]]]
    ) -> int:
        count, told = 0, self.clock()
        async for page in found:
            await asyncio.to_thread(_write, made, page)
            failpoint("P16")
            count += len(page)
            if (self.clock() - told).total_seconds() >= EVERY:
                told = self.clock()
                await self.say(errand, screens.going_on(count))
        return count

    def _pages(self, wish: Wish, drawing: Drawing) -> AsyncIterator[list[list[str]]]:
        return pages(self.units.read, wish, drawing)

    async def say(self, errand: Errand, words: str) -> None:
        """In place of what the message said before; the latest word wins."""
        edit = {"message_id": errand.message, "text": words}
        row = message_row(
            *(errand.chat, edit),
            method="editMessageText",
            policy=Policy.LATEST,
            rank=CONVERSATION,
        )
        async with self.units.begin() as work:
            await work.outbox.put(row, now=self.clock())
        self.owed()
