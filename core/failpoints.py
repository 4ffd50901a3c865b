"""Named moments at which a test may have the process die (C1); without a test they are nothing.

``HUYING_FAILPOINT=P5:2`` in the environment ends the process the second time it comes by P5, as
``kill -9`` would. Only the tests set it; it is read once, when the service starts.
"""

from __future__ import annotations

import os
from collections.abc import Callable

VARIABLE = "HUYING_FAILPOINT"
KILLED = 137


class NoSuchMoment(Exception):
    """The variable does not read ``NAME:HIT``, the hit from 1 on."""


def armed(wish: str, die: Callable[[int], object]) -> Callable[[str], None]:
    """What to do at each point under this wish; ``NoSuchMoment`` when it cannot be read."""
    if not wish:
        return _pass_by
    point, _, number = wish.partition(":")
    if not point or not number.isdecimal() or int(number) < 1:
        raise NoSuchMoment(wish)
    left = int(number)

    def come_by(name: str) -> None:
        nonlocal left
        if name == point:
            left -= 1
            if left == 0:
                die(KILLED)

    return come_by


def _pass_by(name: str) -> None:
    pass


failpoint = armed(os.environ.get(VARIABLE, ""), os._exit)
