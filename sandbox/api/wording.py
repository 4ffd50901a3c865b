"""What Telegram accepts as words: lengths in code points, entities in UTF-16 units."""

from __future__ import annotations

from typing import Any

from sandbox.api.parsing import Params
from sandbox.api.refusals import bad
from sandbox.world.entities import trimmed, units
from sandbox.world.ring import Json

TEXT = 4096
CAPTION = 1024
MOST_ENTITIES = 100


def text_of(p: Params) -> Json:
    """The text and its entities; raises ``Refused`` when empty, too long or wrongly marked."""
    no_parse_mode(p)
    text, entities = marked_words(p["text"], p.get("entities"))
    if not text:
        raise bad("message text is empty")
    if len(text) > TEXT:
        raise bad("message is too long")
    return {"text": text, "entities": entities} if entities else {"text": text}


def caption_of(p: Any) -> Json:
    """The caption and its entities, if there are any."""
    no_parse_mode(p)
    caption, entities = marked_words(p.get("caption") or "", p.get("caption_entities"))
    if len(caption) > CAPTION:
        raise bad("message caption is too long")
    if not caption:
        return {}
    if not entities:
        return {"caption": caption}
    return {"caption": caption, "caption_entities": entities}


def no_parse_mode(p: Any) -> None:
    """The sandbox takes text with entities only, so that a parse mode does not slip in."""
    if p.get("parse_mode"):
        raise bad("unsupported parse_mode")


def marked_words(text: str, entities: list[Json] | None) -> tuple[str, list[Json]]:
    """Words and entities without surrounding white space, each entity inside the words."""
    if not entities:
        return text.strip(), []
    length = units(text)
    for entity in entities[:MOST_ENTITIES]:
        inside(entity, length)
    return trimmed(text, entities[:MOST_ENTITIES])


def inside(entity: Json, length: int) -> None:
    """Raise ``Refused`` unless an entity lies within that many UTF-16 units."""
    offset, size = int(entity["offset"]), int(entity["length"])
    if offset < 0 or offset > length:
        raise bad(f"entity begins after the end of the text at UTF-16 offset {offset}")
    if size <= 0 or offset + size > length:
        raise bad(f"entity beginning at UTF-16 offset {offset} ends after the end of the text")
    if entity["type"] == "text_link" and not entity.get("url"):
        raise bad("entity text_link must have a URL")
