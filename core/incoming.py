"""Updates as they arrive: kept raw before they are confirmed, handled one lane at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Fate(StrEnum):
    """Where an update stands; ``ignored`` is not ours to handle, ``dead`` gave up after tries."""

    NEW = "new"
    DONE = "done"
    IGNORED = "ignored"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class RawUpdate:
    """``lane`` is the person in private, else the chat; ``body`` the JSON exactly as it came."""

    bot_id: int
    update_id: int
    lane: int
    kind: str
    body: str


@dataclass(frozen=True, slots=True)
class InboxRow:
    """An update whose turn it is: the head of its lane."""

    bot_id: int
    update_id: int
    lane: int
    kind: str
    body: str
    attempts: int
    received_at: datetime
