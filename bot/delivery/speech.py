"""What is said to Telegram: a method of the Bot API with its parameters, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.posting import Purpose
from core.records import replace

RESENT_AS = {
    "editMessageText": "sendMessage",
}
OF_ANOTHER_LANE = frozenset({"leaveChat"})
ONLY_OF_EDITS = frozenset({"message_id", "inline_message_id"})
ONLY_IN_TOPICS = frozenset({"message_thread_id", "reply_parameters"})


@dataclass(frozen=True, slots=True)
class Fleeting:
    """Said at once and never again: the answer to a tap, "typing …" (A8)."""

    method: str
    params: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class File:
    """Bytes that go along as a parameter, as a file of this name."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in place of the one a message shows."""

    content: bytes
    caption: str


@dataclass(frozen=True, slots=True)
class Speech:
    """One request; ``leg`` and ``purpose`` make the sent message a posting of that leg.

    ``replaces`` is the message being edited: when it is gone, that posting is lost. ``otherwise``
    is said where Telegram does not take this one.
    """

    method: str
    params: Mapping[str, Any]
    leg: int | None = None
    purpose: Purpose | None = None
    replaces: int | None = None
    otherwise: Speech | None = None

    @property
    def thread(self) -> int | None:
        """The topic it is meant for."""
        return self.params.get("message_thread_id")

    @property
    def weight(self) -> int:
        """How many messages Telegram counts: an album counts each of its items."""
        return len(self.params.get("media", ())) if self.method == "sendMediaGroup" else 1

    def to(self, chat: int) -> Speech:
        """The same, said in this chat: a group's id may have changed since it was written."""
        there = self.params.get("chat_id") == chat and self.otherwise is None
        if there or self.method in OF_ANOTHER_LANE:
            return self
        instead = self.otherwise.to(chat) if self.otherwise else None
        return replace(self, params={**self.params, "chat_id": chat}, otherwise=instead)

    def in_general(self) -> Speech | None:
        """The same words outside of every topic, where they were meant for one."""
        if self.thread is None or not self.method.startswith("send"):
            return None
        kept = {key: value for key, value in self.params.items() if key not in ONLY_IN_TOPICS}
        return replace(self, params=kept)

    def anew(self) -> Speech | None:
        """The same words as a new message, where an edit can be said that way."""
        if self.method not in RESENT_AS:
            return None
        kept = {key: value for key, value in self.params.items() if key not in ONLY_OF_EDITS}
        return replace(self, method=RESENT_AS[self.method], params=kept, replaces=None)


def ready_made(payload: Mapping[str, Any]) -> Speech:
    """The speech that a ``say`` row holds."""
    posting = payload.get("posting") or {}
    return Speech(
        method=payload["method"],
        params=payload["params"],
        leg=posting.get("leg"),
        purpose=Purpose(posting["purpose"]) if posting else None,
    )
