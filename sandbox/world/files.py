"""Files people and the bot have sent, under ids like Telegram's; made-up ones hold no memory."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass, field
from itertools import count

from sandbox.world.ring import Json

FILLER = b"huying sandbox made-up file\n"
FOLDERS = {"photo": "photos", "voice": "voice", "video": "videos", "sticker": "stickers"}
PREFIX = {
    "photo": "AgACAgUAAxkBAAI",
    "voice": "AwACAgUAAxkBAAI",
    "video": "BAACAgUAAxkBAAI",
    "document": "BQACAgUAAxkBAAI",
    "sticker": "CAACAgUAAxkBAAI",
    "audio": "CQACAgUAAxkBAAI",
    "animation": "CgACAgUAAxkBAAI",
}


@dataclass(slots=True)
class Bytes:
    """What a file holds: real content, or only a size when it is made up."""

    size: int
    mime: str
    name: str
    content: bytes | None = None

    def read(self) -> bytes:
        """The content; a made-up file repeats one line."""
        if self.content is not None:
            return self.content
        return (FILLER * (self.size // len(FILLER) + 1))[: self.size]


@dataclass(slots=True)
class StoredFile:
    """A file as Telegram knows it; the sizes of one photo share ``family``."""

    id: str
    unique: str
    kind: str
    path: str
    data: Bytes
    about: Json
    family: list[StoredFile] = field(default_factory=list)

    def view(self) -> Json:
        """The part every kind of Telegram's file objects has, with what this kind adds."""
        return {
            "file_id": self.id,
            "file_unique_id": self.unique,
            **self.about,
            "file_size": self.data.size,
        }


class Files:
    """Every file, by id and by path."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._numbers = count(1)

    def add(self, kind: str, data: Bytes, about: Json) -> StoredFile:
        """Keep a file of that kind."""
        number = next(self._numbers)
        ending = mimetypes.guess_extension(data.mime) or ".bin"
        stored = StoredFile(
            id=f"{PREFIX[kind]}{number:010d}NgQ",
            unique=f"AQAD{number:010d}",
            kind=kind,
            path=f"{FOLDERS.get(kind, 'documents')}/file_{number}{ending}",
            data=data,
            about=about,
        )
        stored.family.append(stored)
        self._by_id[stored.id] = stored
        self._by_path[stored.path] = stored
        return stored

    def get(self, file_id: str) -> StoredFile | None:
        """The file of that id, or none."""
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        """The file ``getFile`` gave that path to, or none."""
        return self._by_path.get(path)
