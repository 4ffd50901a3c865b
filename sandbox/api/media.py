"""Sends that carry a photo, a voice, a file, or several as an album."""

from __future__ import annotations

from itertools import count

from sandbox.api.parsing import Params
from sandbox.api.refusals import bad
from sandbox.api.registry import Handler, method
from sandbox.api.sending import deliver
from sandbox.api.sources import file_of
from sandbox.api.targets import writing_to
from sandbox.api.wording import caption_of
from sandbox.world.media import part_of
from sandbox.world.ring import Json
from sandbox.world.world import World

SINGLE = ("photo", "voice", "video", "document", "audio", "animation", "sticker")
ALBUMS = count(14_000_000_000_000_001)
SMALLEST, LARGEST = 2, 10
MIXED = frozenset({"photo", "video"})


def sender(kind: str) -> Handler:
    """What sends one file of that kind."""

    def send(world: World, p: Params) -> Json:
        words = caption_of(p)
        target = writing_to(world, p)
        content = {**part_of(file_of(world, p, kind, p[kind])), **words}
        return deliver(world, p, target, content)

    return send


for single in SINGLE:
    method(f"send{single.capitalize()}")(sender(single))


@method("sendMediaGroup")
def send_album(world: World, p: Params) -> list[Json]:
    """Two to ten photos and videos, or documents, or audios; one message each."""
    items: list[Json] = p["media"]
    if not SMALLEST <= len(items) <= LARGEST:
        raise bad("wrong number of messages in a media group, expected 2-10")
    same_kinds(items)
    target = writing_to(world, p)
    contents = [content_of(world, p, item) for item in items]
    group = str(next(ALBUMS))
    return [deliver(world, p, target, {**each, "media_group_id": group}) for each in contents]


def same_kinds(items: list[Json]) -> None:
    """Raise ``Refused`` for an album Telegram does not mix."""
    kinds = {item["type"] for item in items}
    if "animation" in kinds or "sticker" in kinds:
        raise bad("wrong media type in a media group")
    if len(kinds) > 1 and not kinds <= MIXED:
        raise bad(f"{max(kinds - MIXED).capitalize()} can't be mixed with other media types")


def content_of(world: World, p: Params, item: Json) -> Json:
    """One item of an album."""
    stored = file_of(world, p, item["type"], item["media"])
    return {**part_of(stored), **caption_of(item)}
