"""How many requests may be under way at once: as few as keep nobody waiting long.

Each one that is under way when the process is killed may be said twice (I10).
"""

from __future__ import annotations

from collections.abc import Iterator, KeysView

AT_ONCE = 12
"""Thirty a second, each four tenths of a second from its claim to its answer."""
SLOW = 0.25
"""Telegram answers sooner, also to a machine that is busy with other work; whoever is not answered
by then keeps nobody else waiting."""
FEW = 30
"""So many may wait for one at a time, a second of Telegram's; one more at once for each beyond."""
MANY = FEW + AT_ONCE
"""More than so many make no difference."""
GROWS = 0.5
"""Seconds for each one more at once after the beginning: what ended the last one may end this."""


class Crowd:
    """The lanes that are being spoken to, one at a time until many wait; ``since`` then."""

    def __init__(self, since: float) -> None:
        self._since = since
        self._began: dict[int, float] = {}

    def __bool__(self) -> bool:
        """Whether anything is under way."""
        return bool(self._began)

    @property
    def lanes(self) -> KeysView[int]:
        """Who is being spoken to."""
        return self._began.keys()

    def room(self, now: float, waiting: int) -> int:
        """How many more may be claimed while so many wait."""
        wide = 1 + min(max(waiting - FEW, 0), int((now - self._since) / GROWS))
        brisk = sum(1 for _ in self._brisk(now))
        return max(0, min(AT_ONCE - len(self._began), wide - brisk))

    def wakes(self, now: float) -> Iterator[float]:
        """Moments to come from which on there is more room."""
        return (began + SLOW for began in self._brisk(now))

    def enter(self, lane: int, at: float) -> None:
        """This lane is spoken to from then on."""
        self._began[lane] = at

    def leave(self, lane: int) -> None:
        """Its answer is there."""
        self._began.pop(lane, None)

    def _brisk(self, now: float) -> Iterator[float]:
        return (began for began in self._began.values() if began > now - SLOW)
