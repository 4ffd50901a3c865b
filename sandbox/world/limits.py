"""Telegram's flood limits, counted on the sandbox's clock; off until somebody wants them."""

from __future__ import annotations

import math
from collections import deque

from sandbox.world.chats import Chat
from sandbox.world.clock import Clock


class Window:
    """At most so many in so many seconds."""

    __slots__ = ("_most", "_seconds", "_times")

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._times: deque[float] = deque(maxlen=most)

    def wait(self, now: float) -> float:
        """Seconds until one more is allowed; 0 when it is allowed now."""
        if len(self._times) < self._most:
            return 0.0
        return max(self._times[0] + self._seconds - now, 0.0)

    def take(self, now: float) -> None:
        """Count one."""
        self._times.append(now)


class Limits:
    """1/s in a chat with a burst of three, 20/min in a group, 30/s in all, for sends and edits."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.reset()

    def reset(self) -> None:
        """Not enforced, nothing counted."""
        self.enforced = False
        self._all = Window(30, 1)
        self._chats: dict[int, list[Window]] = {}

    def enforce(self, wanted: bool) -> None:
        """Switch the limits on or off; counting starts anew."""
        self.reset()
        self.enforced = wanted

    def charge(self, chat: Chat) -> int:
        """Count one send or edit; otherwise the whole seconds to wait, nothing counted."""
        if not self.enforced:
            return 0
        now = self._clock.now()
        windows = [self._all, *self._of(chat)]
        if (left := max(window.wait(now) for window in windows)) > 0:
            return max(math.ceil(left), 1)
        for window in windows:
            window.take(now)
        return 0

    def _of(self, chat: Chat) -> list[Window]:
        if chat.id not in self._chats:
            pace = Window(3, 3)
            self._chats[chat.id] = [pace] if chat.private else [pace, Window(20, 60)]
        return self._chats[chat.id]
