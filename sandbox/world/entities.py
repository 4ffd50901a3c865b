"""Parts of a text that Telegram marks by itself, counted as Telegram counts (UTF-16 units)."""

from __future__ import annotations

import re

from sandbox.world.ring import Json

LONGEST = 4096
MARKS = re.compile(
    r"(?P<bot_command>(?<![\w/@])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?!\w))"
    r"|(?P<mention>(?<![\w@])@[A-Za-z]\w{3,31})"
    r"|(?P<url>https?://[^\s，。；、）】]+)"
)


def units(text: str) -> int:
    """How long a text is in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def marked(text: str) -> list[Json]:
    """Commands, mentions and addresses in a text, as message entities."""
    if "/" not in text and "@" not in text:
        return []
    return [
        {"type": m.lastgroup, "offset": units(text[: m.start()]), "length": units(m[0])}
        for m in MARKS.finditer(text)
    ]


def part(text: str, entity: Json) -> str:
    """The words an entity covers."""
    if text.isascii():
        return text[entity["offset"] : entity["offset"] + entity["length"]]
    raw = text.encode("utf-16-le")[entity["offset"] * 2 :][: entity["length"] * 2]
    return raw.decode("utf-16-le", "replace")


def split(text: str) -> list[str]:
    """A long text in pieces a client would send one after the other."""
    return [text[at : at + LONGEST] for at in range(0, len(text), LONGEST)]


def trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Text and entities without the white space around, as Telegram stores them."""
    bare = text.strip()
    if bare == text:
        return text, entities
    shift = units(text[: len(text) - len(text.lstrip())])
    end = units(bare)
    moved = []
    for entity in entities:
        start = max(entity["offset"] - shift, 0)
        stop = min(entity["offset"] + entity["length"] - shift, end)
        if stop > start:
            moved.append({**entity, "offset": start, "length": stop - start})
    return bare, moved
