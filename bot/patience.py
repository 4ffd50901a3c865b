"""How long to wait before trying again what failed."""

from __future__ import annotations

import random

LADDER = (1.0, 2.0, 5.0, 15.0, 30.0)


def pause(failures: int) -> float:
    """Seconds to wait after so many failures in a row (1 is the first)."""
    return LADDER[min(max(failures, 1), len(LADDER)) - 1]


def scattered(failures: int) -> float:
    """The same with jitter, so that many who failed together do not return together."""
    return pause(failures) * random.uniform(0.7, 1.3)
