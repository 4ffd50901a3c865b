"""How fast Telegram may be spoken to; pure: the time, in seconds, is an argument.

Every limit is a sliding window over sends and edits alike (A15). A message takes its turn a little
before it is said, so that the database is asked while the turn comes.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.delivery.transport import TOTAL
from bot.delivery.window import Window
from core.pace import EVERYBODY

AHEAD = 0.1
"""How long before its turn a message may be claimed."""
LONGEST = TOTAL + 1.0
"""A request arrives within so many seconds after its turn, or never."""
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


@dataclass(slots=True)
class Turn:
    """A message that may be said from ``at`` on; ``answered`` once it was."""

    at: float
    weight: int
    answered: float | None = None

    @property
    def latest(self) -> float:
        """When it will have arrived, whatever becomes of its answer."""
        return self.at + LONGEST


class Pacing:
    """When a lane may speak next, by its own window, the one of all, and what 429s said.

    ``take`` counts a message as late as it can arrive, ``landed`` as late as it can have arrived:
    between them the windows may have been recalled from the database, with what others did.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._all = Window((limits.per_second, 1.0))
        self._lanes: dict[int, Window] = {}
        self._turns: dict[int, Turn] = {}
        self._closed: dict[int, float] = {}
        self._held_all = 0.0
        self._floods: deque[tuple[float, int]] = deque()

    @property
    def limited(self) -> bool:
        """Whether there is any limit to keep to."""
        limits = self._limits
        return bool(limits.per_second or limits.chat_per_second or limits.group_per_minute)

    def recall(self, known: Mapping[int, Sequence[float]], now: float) -> None:
        """What all couriers together said lately; what is to come too late is a clock set back."""
        for lane, times in known.items():
            latest = now + AHEAD + LONGEST
            self._window(lane).recall(time for time in times if time <= latest)

    def memory(self, lanes: Collection[int]) -> dict[int, Sequence[float]]:
        """What other couriers, and this one after a restart, have to know of these lanes."""
        return {lane: self._window(lane).times for lane in (EVERYBODY, *lanes)}

    def opens(self, lane: int, weight: int = 1) -> float:
        """From when on this lane may say ``weight`` messages."""
        windows = (self._all, self._window(lane))
        moments = (window.opens_for(weight) for window in windows)
        return max(self._held_all, self._closed.get(lane, 0.0), *moments)

    def room(self, now: float) -> int:
        """How many messages all together may be claimed now."""
        if self._held_all > now + AHEAD:
            return 0
        room = self._all.room(now + AHEAD)
        return MANY if room is None else room

    def closed(self, now: float) -> Collection[int]:
        """The lanes of which nothing may be claimed now."""
        self._closed = {lane: opens for lane, opens in self._closed.items() if opens > now}
        return [lane for lane, opens in self._closed.items() if opens > now + AHEAD]

    def wakes(self, now: float) -> Iterable[float]:
        """Moments to come from which on something may be claimed that may not be now."""
        opens = (self._held_all, self._all.opens, *self._closed.values())
        return (moment - AHEAD for moment in opens if moment > now + AHEAD)

    def take(self, lane: int, at: float, weight: int = 1) -> None:
        """Count what will be said from ``at`` on, which is when it may be."""
        self._turns[lane] = turn = Turn(at, weight)
        for window in (self._all, self._window(lane)):
            window.take(turn.latest, weight)
        if len(self._lanes) > LANES:
            self._forget(at - IDLE)

    def turn(self, lane: int) -> float:
        """From when on this lane may say what was taken for it."""
        return self._turns[lane].at if lane in self._turns else 0.0

    def answered(self, lane: int, now: float) -> None:
        """What was taken for this lane is said, or will never be."""
        if lane in self._turns:
            self._turns[lane].answered = now

    def landed(self, lane: int) -> None:
        """Count what was answered as no later than its answer; its place is free a window on."""
        turn = self._turns.get(lane)
        if turn is None or turn.answered is None:
            return
        del self._turns[lane]
        window = self._window(lane)
        for each in (self._all, window):
            each.land(turn.latest, turn.answered, turn.weight)
        self._close(lane, window.opens)

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

    def _window(self, lane: int) -> Window:
        if lane == EVERYBODY:
            return self._all
        if lane not in self._lanes:
            self._lanes[lane] = self._new(lane)
        return self._lanes[lane]

    def _new(self, lane: int) -> Window:
        limits, pace = self._limits, []
        burst = min(limits.chat_burst, GROUP_BURST) if lane < 0 else limits.chat_burst
        if limits.chat_per_second:
            pace.append((burst, burst / limits.chat_per_second))
        if lane < 0:
            pace.append((limits.group_per_minute, 60.0))
        return Window(*pace)

    def _forget(self, moment: float) -> None:
        """Drop what no longer says anything, so that the state does not grow for ever."""
        self._lanes = {
            lane: window for lane, window in self._lanes.items() if not window.quiet_since(moment)
        }
