"""What this process has done since it started, as plain numbers that cost next to nothing."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import inf

BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
# Longer than a loop may wait by itself: its pause after failures, a long poll, three minutes.
PATIENCE: Mapping[str, float] = {"worker": 60, "courier": 60, "intake": 120, "minute": 300}
ALWAYS = frozenset({"worker", "courier"})


def standing_still() -> float:
    """A clock for those whom nobody watches."""
    return 0.0


@dataclass(slots=True)
class Tally:
    """Counts and pulses; ``seconds`` is monotonic. Nothing here names a person or a chat."""

    seconds: Callable[[], float] = standing_still
    handled: Counter[str] = field(default_factory=Counter)
    sends: Counter[str] = field(default_factory=Counter)
    durations: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    handling_seconds: float = 0.0
    ticks: int = 0
    tick_seconds: float = 0.0
    last_tick: float | None = None
    pending: int | None = None
    _beats: dict[str, float] = field(default_factory=dict)

    def handled_one(self, fate: str, started: float) -> None:
        """An update had its turn, begun at that moment."""
        took = self.seconds() - started
        self.handled[fate] += 1
        self.handling_seconds += took
        self.durations[bisect_left(BOUNDS, took)] += 1

    def ticked(self, at: float, started: float) -> None:
        """The minute passed; ``at`` is the time it was, in seconds since 1970."""
        self.ticks += 1
        self.last_tick, self.tick_seconds = at, self.seconds() - started

    def beat(self, name: str) -> None:
        """That loop is alive."""
        self._beats[name] = self.seconds()

    def stands(self, name: str) -> None:
        """That part is alive until it leaves: it serves, and has no loop of its own."""
        self._beats[name] = inf

    def leave(self, name: str) -> None:
        """That part ended as it should: nobody waits for it."""
        self._beats.pop(name, None)

    def silent(self) -> tuple[str, ...]:
        """The loops that should have shown themselves by now and have not."""
        now = self.seconds()
        late = {n for n, beat in self._beats.items() if now - beat > PATIENCE.get(n, 60)}
        return tuple(sorted(late | (ALWAYS - self._beats.keys())))
