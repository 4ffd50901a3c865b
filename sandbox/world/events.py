"""What happens in the sandbox, in order: the page and the tests follow it."""

from __future__ import annotations

from collections import defaultdict, deque
from typing import Any

from sandbox.world.bell import Bell
from sandbox.world.clock import Clock, iso
from sandbox.world.ring import Json, Ring

KEPT = 200_000
KEPT_A_CHAT = 2_000


class Events:
    """One numbered stream of events, also to be followed for a single chat."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._all = Ring(KEPT)
        self._by_chat: dict[int, deque[Json]] = defaultdict(lambda: deque(maxlen=KEPT_A_CHAT))
        self._anything = Bell()
        self._bells: dict[int, Bell] = {}

    @property
    def last(self) -> int:
        """The number of the latest event."""
        return self._all.last

    def tell(self, kind: str, chat: int | None = None, **facts: Any) -> None:
        """Add an event and wake whoever follows."""
        at = iso(self._clock.now())
        row = self._all.append({"seq": 0, "at": at, "type": kind, "chat": chat, **facts})
        self._anything.ring()
        if chat is None:
            return
        self._by_chat[chat].append(row)
        if bell := self._bells.pop(chat, None):
            bell.ring()

    def after(self, seq: int, chat: int | None = None) -> list[Json]:
        """The events after that number, of one chat or of all."""
        if chat is None:
            return self._all.after(seq)
        found: list[Json] = []
        for row in reversed(self._by_chat.get(chat, ())):
            if row["seq"] <= seq:
                break
            found.append(row)
        return found[::-1]

    async def wait(self, seq: int, chat: int | None, seconds: float) -> list[Json]:
        """The same, but wait up to ``seconds`` for the first one."""
        found = self.after(seq, chat)
        if found or seconds <= 0:
            return found
        bell = self._anything if chat is None else self._bells.setdefault(chat, Bell())
        await bell.heard(seconds)
        return self.after(seq, chat)
