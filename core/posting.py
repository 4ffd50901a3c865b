"""Which message shows which leg in which chat: a reply to any of them is about that leg."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Purpose(StrEnum):
    """What the message was posted for."""

    CARD = "card"
    WORDS = "words"
    PHONE_TASK = "phone_task"
    ASKS_REPLY = "asks_reply"
    ASKS_PROGRESS = "asks_progress"
    ASKS_NOTE = "asks_note"
    NUDGE = "nudge"
    TOPIC = "topic"
    """Not a message but the topic of a leg: its thread is the number."""


@dataclass(frozen=True, slots=True)
class Posting:
    """``lost`` means the message is gone or out of reach and must be posted again.

    ``thread`` is the topic it stands in, None in the general one and in groups without topics.
    """

    chat: int
    message: int
    leg_id: int
    purpose: Purpose
    lost: bool = False
    thread: int | None = None
