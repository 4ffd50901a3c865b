"""What somebody sends, from the words of the control interface to parts of messages."""

from __future__ import annotations

from itertools import count

from sandbox.world.acts import CHANNEL, text_content
from sandbox.world.entities import marked, split
from sandbox.world.media import KINDS, NoSuchMedia, made, part_of
from sandbox.world.people import Person
from sandbox.world.ring import Json
from sandbox.world.world import Impossible, World

ALBUMS = count(13_000_000_000_000_001)
CAPTION = 1024
ALBUM = 10


def contents_of(world: World, person: Person, wish: Json) -> list[Json]:
    """One content for each message that is to be sent."""
    extra = forwarded(world, wish)
    if wish.get("text") is not None:
        return [{**text, **extra} for text in texts(wish)]
    try:
        if wish.get("album"):
            return [{**part, **extra} for part in album(world, wish)]
        return [{**single(world, person, wish), **extra}]
    except NoSuchMedia as flaw:
        raise Impossible(str(flaw), 400) from flaw


def texts(wish: Json) -> list[Json]:
    """The text in messages Telegram's client would send."""
    text = wish["text"].strip()
    if not text:
        raise Impossible("the text is empty", 400)
    pieces = split(text)
    if len(pieces) == 1:
        return [text_content(text, wish.get("entities"))]
    return [text_content(piece) for piece in pieces]


def single(world: World, person: Person, wish: Json) -> Json:
    """One photo, file, place or contact."""
    for kind in KINDS:
        if wish.get(kind) is not None:
            return {**part_of(made(world.files, kind, wish[kind])), **caption(wish)}
    if wish.get("location"):
        where = wish["location"]
        return {"location": {key: float(where[key]) for key in ("latitude", "longitude")}}
    if wish.get("contact"):
        return {"contact": contact(person, wish["contact"])}
    raise Impossible("there is nothing to send", 400)


def contact(person: Person, wish: Json) -> Json:
    """A phone card; one's own carries the account's id."""
    card = {key: value for key, value in wish.items() if key != "own"}
    card["phone_number"] = str(wish["phone_number"])
    card.setdefault("first_name", person.user["first_name"])
    return {**card, "user_id": person.id} if wish.get("own") else card


def album(world: World, wish: Json) -> list[Json]:
    """Photos and videos, at most ten under one group id; the caption is on the first."""
    parts, group = [], ""
    for place, item in enumerate(wish["album"]):
        if place % ALBUM == 0:
            group = str(next(ALBUMS))
        kind = item.get("type", "photo") if isinstance(item, dict) else "photo"
        parts.append({**part_of(made(world.files, kind, item)), "media_group_id": group})
    parts[0] |= caption(wish)
    return parts


def caption(wish: Json) -> Json:
    """The words under a picture; a client does not let more than 1024 be typed."""
    words = (wish.get("caption") or "").strip()
    if len(words) > CAPTION:
        raise Impossible("the caption is longer than 1024 characters", 400)
    if not words:
        return {}
    marks = wish.get("caption_entities") or marked(words)
    return {"caption": words, "caption_entities": marks} if marks else {"caption": words}


def forwarded(world: World, wish: Json) -> Json:
    """Where a forwarded message came from: a person's id, a name that hides, or ``"channel"``."""
    origin = wish.get("forward_from")
    if origin is None:
        return {}
    date = world.clock.date()
    if origin == "channel":
        source = {"type": "channel", "date": date, "chat": CHANNEL, "message_id": 1}
    elif isinstance(origin, str):
        source = {"type": "hidden_user", "date": date, "sender_user_name": origin}
    else:
        user = world.person(int(origin)).user
        source = {"type": "user", "date": date, "sender_user": user}
    return {"forward_origin": source}
