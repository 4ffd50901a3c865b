"""Files sent into a room, and the errands that come of them, run once."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from openpyxl import Workbook

from bot.delivery.transport import TooMuch
from bot.errands import Errander
from bot.screens.studio import Studio
from core.in_force import InForce
from core.people import Actor
from core.sent_sheets import Sent
from storage.sheets import Over
from storage.sheets_file import grids_of
from storage.sheets_sent import sent
from tests.bot.group.room import TAPS, Room
from tests.core.playing import EXAMPLE, SU

SU_AT = SU.account or 0
CALENDAR = (EXAMPLE / "calendar.csv").read_text("utf-8-sig")


async def opened_here(
    content: bytes, /, *, words: Mapping[str, str], hints: Sequence[str]
) -> Sent:
    """As in the child, without the child."""
    return sent(grids_of(content), words=words, hints=hints)


@dataclass
class Files:
    """What Telegram keeps; ``trouble`` is raised instead, once each."""

    kept: dict[str, bytes] = field(default_factory=dict)
    trouble: list[Exception] = field(default_factory=list)
    called: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)

    async def fetch(self, file: str, most: int) -> bytes:
        if self.trouble:
            raise self.trouble.pop(0)
        if len(self.kept[file]) > most:
            raise TooMuch
        return self.kept[file]

    async def call(self, method: str, params: Mapping[str, Any]) -> Any:
        if self.trouble:
            raise self.trouble.pop(0)
        self.called.append((method, params))
        return {"message_id": 1}


@dataclass
class Post:
    """A room whose errands are run."""

    room: Room
    files: Files
    errander: Errander

    @classmethod
    def of(cls, room: Room) -> Post:
        rules: InForce = InForce(room.stage.district, read=Over(EXAMPLE))
        files = Files()
        errander = Errander(
            units=room.stage.units,
            studio=Studio(rules, TAPS, "huying_bot"),
            administrators=frozenset({SU_AT}),
            clock=lambda: room.stage.now,
            voice=files,
            opens=opened_here,
        )
        return cls(room, files, errander)

    async def sends(
        self,
        content: bytes | str,
        name: str = "日历.csv",
        caption: str = "",
        *,
        who: Actor = SU,
        chat: int | None = None,
        **more: Any,
    ) -> None:
        """Somebody sends a file, and what comes of it is said."""
        body = content.encode("utf-8-sig") if isinstance(content, str) else content
        number = f"file-{len(self.files.kept)}"
        self.files.kept[number] = body
        document = {"file_id": number, "file_unique_id": number, "file_name": name}
        document |= {"file_size": len(body)}
        if caption.startswith("/"):
            head = {"type": "bot_command", "offset": 0, "length": len(caption.split()[0])}
            more["caption_entities"] = [head]
        said = {"document": document, **({"caption": caption} if caption else {}), **more}
        await self.room.says(who, chat or who.account or 0, **said)
        await self.runs()

    async def runs(self) -> None:
        """The errands that wait are run, and what is owed is said."""
        await self.errander.once()
        await self.room.delivers()


def a_workbook(*rows: Sequence[Any], title: str = "日历", **formats: str) -> bytes:
    """An Excel file with these rows; ``formats`` gives cells a number format."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for cell, shown_as in formats.items():
        sheet[cell].number_format = shown_as
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


NEW_YEAR = datetime(2031, 1, 1, tzinfo=UTC).replace(tzinfo=None)
