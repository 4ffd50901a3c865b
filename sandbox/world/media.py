"""Photos, voices, documents and the like as parts of a message."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from sandbox.world.files import Bytes, Files, StoredFile
from sandbox.world.pictures import picture_of
from sandbox.world.ring import Json

KINDS = ("photo", "voice", "video", "document", "audio", "sticker", "animation")
SIZES = ((90, 68), (480, 360))
USUAL: dict[str, tuple[str, str, int]] = {
    "photo": ("image/png", "photo.png", 0),
    "voice": ("audio/ogg", "voice.ogg", 24_000),
    "video": ("video/mp4", "video.mp4", 900_000),
    "document": ("application/pdf", "材料.pdf", 48_000),
    "audio": ("audio/mpeg", "audio.mp3", 320_000),
    "sticker": ("image/webp", "sticker.webp", 18_000),
    "animation": ("video/mp4", "animation.mp4", 200_000),
}
ABOUT: dict[str, Json] = {
    "photo": {"width": 480, "height": 360},
    "voice": {"duration": 6},
    "video": {"width": 640, "height": 480, "duration": 12},
    "document": {},
    "audio": {"duration": 30},
    "sticker": {
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
        "emoji": "👍",
    },
    "animation": {"width": 320, "height": 240, "duration": 3},
}
NAMED = frozenset({"video", "document", "audio", "animation"})


class NoSuchMedia(Exception):
    """What was given does not describe a photo, a voice or another file."""


def store(files: Files, kind: str, data: Bytes) -> StoredFile:
    """Keep uploaded or made-up content; a photo gets a small and a large size."""
    about = dict(ABOUT[kind])
    if kind in NAMED:
        about["file_name"] = data.name
    if kind not in ("photo", "sticker"):
        about["mime_type"] = data.mime
    if kind != "photo":
        return files.add(kind, data, about)
    return family(files, [(data, width, height) for width, height in SIZES])


def family(files: Files, sizes: list[tuple[Bytes, int, int]]) -> StoredFile:
    """The sizes of one photo, which know each other; answers the largest."""
    kept = [
        files.add("photo", data, {"width": width, "height": height})
        for data, width, height in sizes
    ]
    for size in kept:
        size.family = kept
    return kept[-1]


def sample_photo(files: Files, number: int) -> StoredFile:
    """One of the drawn pictures."""
    sizes = []
    for width, height in SIZES:
        content = picture_of(number, width, height)
        sizes.append((Bytes(len(content), "image/png", "photo.png", content), width, height))
    return family(files, sizes)


def part_of(stored: StoredFile) -> Json:
    """The field of a message that shows this file."""
    if stored.kind == "photo":
        return {"photo": [size.view() for size in stored.family]}
    if stored.kind == "animation":
        return {"animation": stored.view(), "document": stored.view()}
    return {stored.kind: stored.view()}


def made(files: Files, kind: str, wish: Any) -> StoredFile:
    """A file as the control interface describes it: ``"sample"``, a number, bytes or a size."""
    wish = {"sample": 1} if wish == "sample" else wish
    if not isinstance(wish, dict):
        raise NoSuchMedia(f'{kind} must be "sample" or an object')
    if kind == "photo" and "sample" in wish:
        return sample_photo(files, int(wish["sample"]))
    mime, name, size = USUAL[kind]
    mime, name = wish.get("mime", mime), wish.get("name", name)
    if "base64" in wish:
        return store(files, kind, held(wish["base64"], mime, name))
    return store(files, kind, Bytes(int(wish.get("size", size)) or 1, mime, name))


def held(text: str, mime: str, name: str) -> Bytes:
    """Content given as base64."""
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as flaw:
        raise NoSuchMedia(f"base64 cannot be read: {flaw}") from flaw
    return Bytes(len(content), mime, name, content)
