"""The only place callback data is spelled.

Two kinds of button: a *tap* speaks of a leg at one version and is signed, so that a forged or a
copied one is worth nothing (D2); it still grants nothing - the database decides. A *step button*
belongs to one screen of one person's guided conversation.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

from aiogram.filters import Filter
from aiogram.types import CallbackQuery

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
MAC_LENGTH = 8


@lru_cache(maxsize=1024)
def base36(number: int) -> str:
    """A non-negative number in 0-9a-z."""
    digits = ""
    while True:
        number, rest = divmod(number, 36)
        digits = DIGITS[rest] + digits
        if number == 0:
            return digits


@dataclass(frozen=True, slots=True)
class Tap:
    """A button on a card or a notice: ``action`` is a short word, ``extra`` one more."""

    action: str
    leg: int
    version: int
    extra: str = ""


@dataclass(frozen=True, slots=True)
class Taps:
    """Signs taps with ``key`` for one chat, and reads them back."""

    key: bytes

    def data(self, tap: Tap, chat: int) -> str:
        """Callback data of at most 64 bytes: ``v1:action:leg:version:extra:mac``."""
        body = f"v1:{tap.action}:{base36(tap.leg)}:{base36(tap.version)}:{tap.extra}"
        return f"{body}:{self._mac(body, chat)}"

    def read(self, data: str, chat: int) -> Tap | None:
        """The tap, or None for anything this bot never drew for this chat."""
        body, _, mac = data.rpartition(":")
        parts = body.split(":")
        genuine = hmac.compare_digest(mac.encode(errors="replace"), self._mac(body, chat).encode())
        if not genuine or len(parts) != 5:
            return None
        return Tap(parts[1], int(parts[2], 36), int(parts[3], 36), parts[4])

    def _mac(self, body: str, chat: int) -> str:
        digest = hmac.new(self.key, f"{body}|{chat}".encode(errors="replace"), sha256).digest()
        return base36(int.from_bytes(digest[:6], "big"))[-MAC_LENGTH:]


class Tapped(Filter):
    """Lets a genuine tap with one of these actions through, as ``tap``."""

    def __init__(self, *actions: str) -> None:
        self.actions = frozenset(actions)

    async def __call__(self, query: CallbackQuery, taps: Taps) -> bool | dict[str, Any]:
        """``tap`` for the handler, or no match."""
        if not query.data or not query.message:
            return False
        tap = taps.read(query.data, query.message.chat.id)
        if tap is None or tap.action not in self.actions:
            return False
        return {"tap": tap}


@dataclass(frozen=True, slots=True)
class StepTap:
    """A button of a flow's screen: the token of that screen, and what was chosen."""

    token: int
    value: str

    def data(self) -> str:
        """Callback data: ``s:token:value``; ``ValueError`` over 64 bytes."""
        data = f"s:{base36(self.token)}:{self.value}"
        if len(data.encode()) > 64:
            raise ValueError(self.value)
        return data

    @classmethod
    def read(cls, data: str) -> StepTap | None:
        """The step button, or None when it is something else."""
        prefix, _, rest = data.partition(":")
        token, _, value = rest.partition(":")
        if prefix != "s" or not token.isascii() or not token.isalnum():
            return None
        return cls(int(token.lower(), 36), value)
