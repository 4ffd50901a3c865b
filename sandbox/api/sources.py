"""Where the file of a request comes from: an upload, a file Telegram has, never the internet."""

from __future__ import annotations

from typing import Any

from sandbox.api.parsing import Params, Upload
from sandbox.api.refusals import WRONG_FILE, bad
from sandbox.world.files import Bytes, StoredFile
from sandbox.world.media import store
from sandbox.world.world import World

ATTACHED = "attach://"
BIGGEST = 50 << 20
BIGGEST_PHOTO = 10 << 20
TITLES = {"voice": "VoiceNote"}


def file_of(world: World, p: Params, kind: str, wanted: Any) -> StoredFile:
    """The file to send; raises ``Refused`` where Telegram would."""
    if not isinstance(wanted, str) or not wanted:
        raise bad(f"there is no {kind} in the request")
    if wanted.startswith(ATTACHED):
        return uploaded(world, p, kind, wanted.removeprefix(ATTACHED))
    if wanted.startswith(("http://", "https://")):
        raise bad("failed to get HTTP URL content")
    return kept(world, kind, wanted)


def uploaded(world: World, p: Params, kind: str, part: str) -> StoredFile:
    """A file sent along with the request."""
    upload = p.uploads.get(part)
    if upload is None:
        raise bad(WRONG_FILE)
    if not upload.content:
        raise bad("file must be non-empty")
    if len(upload.content) > (BIGGEST_PHOTO if kind == "photo" else BIGGEST):
        raise bad(f"file of size {len(upload.content)} bytes is too big for a {kind}")
    return store(world.files, kind, held(upload))


def held(upload: Upload) -> Bytes:
    """An upload as a file's content."""
    return Bytes(len(upload.content), upload.mime, upload.name, upload.content)


def kept(world: World, kind: str, file_id: str) -> StoredFile:
    """A file sent before; it stays what it was."""
    stored = world.files.get(file_id)
    if stored is None:
        raise bad(WRONG_FILE)
    if stored.kind != kind:
        have, want = (TITLES.get(each, each.capitalize()) for each in (stored.kind, kind))
        raise bad(f"can't use file of type {have} as {want}")
    return stored
