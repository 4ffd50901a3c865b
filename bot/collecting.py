"""How often the garbage collector looks: rarely, for what grows old here is kept for good."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

RARELY = 50_000


def collect_rarely() -> None:
    """From now on; what there is already is never looked at again."""
    gc.enable()
    gc.collect()
    gc.freeze()
    gc.set_threshold(RARELY, 20, 20)


@contextmanager
def as_in_service() -> Iterator[None]:
    """As the service has it, for as long as this lasts."""
    usual = gc.get_threshold()
    collect_rarely()
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()
