"""Sliding windows over moments that are known from above only; pure.

The one rule: what Telegram counted between ``said`` and ``answered`` is counted here as late as
``answered``, and its place is given away one window after that, to a request that is not said
before. So no order and no delay of arrivals can make Telegram's own window see more than allowed;
all it costs is the time from a request to its answer.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence

DRIFT = 0.0005
"""How much faster Telegram's clock may run than ours: a window of ours is so much longer."""


class Window:
    """Messages by when they are counted at the latest, under one or more limits.

    A limit is (most, seconds): at most so many in any time of that length.
    """

    __slots__ = ("_limits", "_most", "_times")

    def __init__(self, *limits: tuple[int, float]) -> None:
        self._limits = [(most, seconds * (1 + DRIFT)) for most, seconds in limits if most]
        self._most = max((most for most, _ in self._limits), default=0)
        self._times: list[float] = []

    @property
    def times(self) -> Sequence[float]:
        """What it counts, the earliest first."""
        return tuple(self._times)

    @property
    def opens(self) -> float:
        """From when on one more is allowed."""
        return self.opens_for(1)

    def opens_for(self, weight: int) -> float:
        """From when on ``weight`` more are allowed; what is too big waits for an empty window."""
        return max((self._opens(*limit, weight) for limit in self._limits), default=0.0)

    def room(self, by: float) -> int | None:
        """How many more will be allowed by then if nobody speaks; None is without limit."""
        free = (
            most - len(self._times) + bisect_right(self._times, by - seconds)
            for most, seconds in self._limits
        )
        return min(free, default=None)

    def take(self, latest: float, weight: int) -> None:
        """Count so many that will have arrived by then."""
        for _ in range(min(weight, self._most)):
            insort(self._times, latest)
        del self._times[: -self._most]

    def land(self, latest: float, answered: float, weight: int) -> None:
        """What was taken like this has arrived by ``answered``."""
        for _ in range(weight):
            if latest in self._times:
                self._times.remove(latest)
                insort(self._times, answered)

    def recall(self, times: Iterable[float]) -> None:
        """Count these and nothing else."""
        self._times = sorted(times)[-self._most :] if self._most else []

    def quiet_since(self, moment: float) -> bool:
        """Whether nothing is counted after that moment."""
        return not self._times or self._times[-1] <= moment

    def _opens(self, most: int, seconds: float, weight: int) -> float:
        may_stay = most - min(weight, most)
        full = len(self._times) > may_stay
        return self._times[-(may_stay + 1)] + seconds if full else 0.0
