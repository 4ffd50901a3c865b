"""What a raw update is and whose turn it belongs to, read without decoding it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.wire_json import dumps
from core.incoming import RawUpdate

WANTED = ("message", "edited_message", "callback_query", "my_chat_member")
SAID = ("text", "photo", "video", "voice", "audio", "document", "sticker", "animation",
        "location", "contact", "video_note", "venue", "poll", "dice", "story")  # fmt: skip
ABOVE = {"callback_query": "message", "message": "reply_to_message"}
HANGS_ON = frozenset({"reply_markup", "entities", "caption_entities", "reply_to_message"})
MARKS = ("entities", "caption_entities")
CALLS_US = frozenset({"bot_command", "mention"})


def sorted_in(raw: Mapping[str, Any], *, bot_id: int) -> RawUpdate:
    """The row an update is kept as; ``KeyError`` without an update id.

    A body with half a surrogate pair is escaped: it must not be able to stop the intake.
    """
    kind = next((key for key in raw if key != "update_id"), "")
    return RawUpdate(
        bot_id=bot_id,
        update_id=int(raw["update_id"]),
        lane=_lane(raw.get(kind)),
        kind=kind,
        body=dumps(raw),
    )


def chatter(raw: Mapping[str, Any]) -> bool:
    """Whether people in a group talk among themselves: not ours to keep (A20).

    A bot without privacy mode sees everything; commands, replies, mentions and service messages
    are what privacy mode would have let through. What has an odd shape is kept: it must not end
    the intake, and decoding sets it aside.
    """
    try:
        return _among_themselves(raw)
    except (AttributeError, TypeError):
        return False


def _among_themselves(raw: Mapping[str, Any]) -> bool:
    message = raw.get("message") or raw.get("edited_message")
    if not isinstance(message, dict) or _answers(message):
        return False
    in_private = message.get("chat", {}).get("type") == "private"
    return not in_private and any(key in message for key in SAID) and not _calls_us(message)


def _answers(message: Mapping[str, Any]) -> bool:
    """Whatever is said in a topic answers, to Telegram, the message that made the topic."""
    above = message.get("reply_to_message")
    return above is not None and "forum_topic_created" not in above


def _calls_us(message: Mapping[str, Any]) -> bool:
    entities = message.get("entities") or message.get("caption_entities") or ()
    text = message.get("text") or message.get("caption") or ""
    return text.startswith("/") or any(entity.get("type") in CALLS_US for entity in entities)


def _lane(event: Any) -> int:
    """The chat: in private that is the person. Taps without a message belong to the person."""
    if not isinstance(event, dict):
        return 0
    message = event.get("message")
    holder = message if isinstance(message, dict) else event
    place = holder.get("chat") or event.get("from")
    lane = place.get("id") if isinstance(place, dict) else 0
    return lane if isinstance(lane, int) else 0


def without_our_buttons(raw: Any) -> Any:
    """The update without what hangs on the message it answers or taps.

    Nobody reads the buttons of what we said ourselves, nor in private its entities, and making a
    model of each takes half of decoding a tap. A command that was answered with buttons is read
    again; so are the entities of what a group reads on (``bot.handlers.written_below``).
    """
    for kind, event in raw.items() if isinstance(raw, dict) else ():
        above = ABOVE.get(kind, "")
        if isinstance(event, dict) and isinstance(event.get(above), dict):
            kept = _bare(event[above]) | _command_above(event[above])
            if kind == "callback_query":
                kept.pop("from", None)  # whose button it is we know
                kept |= _marks_in_a_group(event[above])
            return {**raw, kind: {**event, above: kept}}
    return raw


def _bare(message: Mapping[str, Any]) -> dict[str, Any]:
    return {key: one for key, one in message.items() if key not in HANGS_ON}


def _marks_in_a_group(message: Mapping[str, Any]) -> dict[str, Any]:
    chat = message.get("chat")
    if not isinstance(chat, dict) or chat.get("type") == "private":
        return {}
    return {name: message[name] for name in MARKS if name in message}


def _command_above(message: Mapping[str, Any]) -> dict[str, Any]:
    above = message.get("reply_to_message")
    said = above.get("text") if isinstance(above, dict) else None
    calls = isinstance(above, dict) and isinstance(said, str) and said.startswith("/")
    return {"reply_to_message": _bare(above)} if above and calls else {}
