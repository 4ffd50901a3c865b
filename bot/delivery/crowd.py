"""How many requests may be under way at once: as few as keep nobody waiting.

Each one that is under way when the process is killed may be said twice (I10).
"""

from __future__ import annotations

from collections.abc import Iterator, KeysView

AT_ONCE = 12
"""Thirty a second, each four tenths of a second from its claim to its answer."""
SLOW = 0.1
LATE = 0.05


class Crowd:
    """The lanes that are being spoken to; one at a time, more the longer others have to wait.

    A request that takes longer than ``SLOW`` keeps nobody else waiting.
    """

    def __init__(self) -> None:
        self._began: dict[int, float] = {}
        self._wide = 1

    def __bool__(self) -> bool:
        """Whether anything is under way."""
        return bool(self._began)

    @property
    def lanes(self) -> KeysView[int]:
        """Who is being spoken to."""
        return self._began.keys()

    def room(self, now: float) -> int:
        """How many more may be claimed."""
        brisk = sum(1 for _ in self._brisk(now))
        return max(0, min(AT_ONCE - len(self._began), self._wide - brisk))

    def wakes(self, now: float) -> Iterator[float]:
        """Moments to come from which on there is more room."""
        return (began + SLOW for began in self._brisk(now))

    def enter(self, lane: int, at: float) -> None:
        """This lane is spoken to from then on."""
        self._began[lane] = at

    def leave(self, lane: int) -> None:
        """Its answer is written down."""
        self._began.pop(lane, None)

    def waited(self, seconds: float) -> None:
        """How long the one that waited longest did so: wider, or narrower again."""
        self._wide = min(self._wide * 2, AT_ONCE) if seconds > LATE else max(self._wide - 1, 1)

    def _brisk(self, now: float) -> Iterator[float]:
        return (began for began in self._began.values() if began > now - SLOW)
