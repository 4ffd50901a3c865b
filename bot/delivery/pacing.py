"""How fast Telegram may be spoken to; pure: the time, in seconds, is an argument.

Every limit is a sliding window over sends and edits alike (A15), a little longer than the one
Telegram counts, because a request arrives a moment after it was counted here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.pace import EVERYBODY

MARGIN = 0.05
FLOODED_LANES = 3
FLOODED_WITHIN = 10.0
GROUP_BURST = 3
IDLE = 120.0
LANES = 1000
MANY = 1000


@dataclass(frozen=True, slots=True)
class Limits:
    """Telegram's limits; 0 is none. ``chat_burst`` may go at once, if quiet before; a group: 3."""

    per_second: int = 30
    chat_per_second: float = 1.0
    chat_burst: int = 5
    group_per_minute: int = 20


class Window:
    """At most ``most`` in any ``seconds``."""

    __slots__ = ("_most", "_seconds", "_times")

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._times: deque[float] = deque(maxlen=most)

    def opens(self, weight: int = 1) -> float:
        """From when on ``weight`` more are allowed; what is too big waits for an empty one."""
        free = self._most - len(self._times)
        missing = min(weight, self._most) - free
        return float(self._times[missing - 1] + self._seconds) if missing > 0 else 0.0

    def room(self, now: float) -> int:
        """How many more are allowed now."""
        return self._most - sum(1 for time in self._times if time + self._seconds > now)

    def take(self, now: float, weight: int) -> None:
        """Count so many at this time."""
        self._times.extend([now] * min(weight, self._most))

    @property
    def most(self) -> int:
        """How many it remembers."""
        return self._most

    @property
    def times(self) -> tuple[float, ...]:
        """When what it counts happened, oldest first."""
        return tuple(self._times)

    def recall(self, times: Iterable[float]) -> None:
        """Count these and nothing else."""
        self._times = deque(times, maxlen=self._most)

    def quiet_since(self, moment: float) -> bool:
        """Whether nothing was counted after that moment."""
        return not self._times or self._times[-1] <= moment


class Pacing:
    """When a lane may speak next, by its own windows, the one of all, and what 429s said."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._all = _windows((limits.per_second, 1.0))
        self._lanes: dict[int, list[Window]] = {}
        self._closed: dict[int, float] = {}
        self._held_all = 0.0
        self._floods: deque[tuple[float, int]] = deque()

    @property
    def limited(self) -> bool:
        """Whether there is any limit to keep to."""
        limits = self._limits
        return bool(limits.per_second or limits.chat_per_second or limits.group_per_minute)

    def recall(self, known: Mapping[int, Sequence[float]], now: float) -> None:
        """What all couriers together said lately; what is to come yet is a clock set back."""
        for lane, times in known.items():
            windows = self._all if lane == EVERYBODY else self._windows_of(lane)
            for window in windows:
                window.recall(time for time in times if time <= now + MARGIN)

    def memory(self, lanes: Iterable[int]) -> dict[int, tuple[float, ...]]:
        """What other couriers, and this one after a restart, have to know of these lanes."""
        windows = {EVERYBODY: self._all} | {lane: self._windows_of(lane) for lane in lanes}
        return {
            lane: max(those, key=lambda window: window.most).times
            for lane, those in windows.items()
            if those
        }

    def opens(self, lane: int, weight: int = 1) -> float:
        """From when on this lane may say ``weight`` messages."""
        windows = [*self._all, *self._lanes.get(lane, ())]
        moments: list[float] = [window.opens(weight) for window in windows]
        return max([self._held_all, self._closed.get(lane, 0.0), *moments])

    def opens_at_all(self) -> float:
        """From when on anybody may speak."""
        return max([self._held_all, *(window.opens() for window in self._all)])

    def room(self, now: float) -> int:
        """How many messages all together may be said now."""
        if self._held_all > now:
            return 0
        return min([MANY, *(window.room(now) for window in self._all)])

    def closed(self, now: float) -> dict[int, float]:
        """The lanes that may not speak now, each with when it may."""
        self._closed = {lane: opens for lane, opens in self._closed.items() if opens > now}
        return self._closed

    def take(self, lane: int, now: float, weight: int = 1) -> None:
        """Count what is about to be said."""
        windows = self._windows_of(lane)
        for window in (*self._all, *windows):
            window.take(now, weight)
        self._close(lane, max([0.0, *(window.opens() for window in windows)]))
        if len(self._lanes) > LANES:
            self._forget(now - IDLE)

    def flooded(self, lane: int, now: float, seconds: float) -> None:
        """A 429: hold this lane; three lanes within ten seconds hold everybody."""
        self._close(lane, now + seconds)
        self._floods.append((now, lane))
        while self._floods[0][0] <= now - FLOODED_WITHIN:
            self._floods.popleft()
        if len({flooded for _, flooded in self._floods}) >= FLOODED_LANES:
            self._held_all = max(self._held_all, now + seconds)

    def _close(self, lane: int, until: float) -> None:
        self._closed[lane] = max(self._closed.get(lane, 0.0), until)

    def _windows_of(self, lane: int) -> list[Window]:
        if lane not in self._lanes:
            self._lanes[lane] = self._of(lane)
        return self._lanes[lane]

    def _of(self, lane: int) -> list[Window]:
        limits, pace = self._limits, []
        burst = min(limits.chat_burst, GROUP_BURST) if lane < 0 else limits.chat_burst
        if limits.chat_per_second:
            pace.append((burst, burst / limits.chat_per_second))
        if lane < 0:
            pace.append((limits.group_per_minute, 60.0))
        return _windows(*pace)

    def _forget(self, moment: float) -> None:
        """Drop what no longer says anything, so that the state does not grow for ever."""
        self._lanes = {
            lane: windows
            for lane, windows in self._lanes.items()
            if not all(window.quiet_since(moment) for window in windows)
        }


def _windows(*limits: tuple[int, float]) -> list[Window]:
    return [Window(most, seconds + MARGIN) for most, seconds in limits if most]
