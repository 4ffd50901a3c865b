"""Every Bot API request and what became of it: the oracle of the tests."""

from __future__ import annotations

from sandbox.world.clock import Clock, iso
from sandbox.world.events import Events
from sandbox.world.ring import Json, Ring

KEPT = 200_000


class Ledger:
    """A bounded list of requests; ``getUpdates`` is left out, it would drown the rest."""

    def __init__(self, clock: Clock, events: Events) -> None:
        self._clock = clock
        self._events = events
        self._rows = Ring(KEPT)

    @property
    def last(self) -> int:
        """The number of the latest request."""
        return self._rows.last

    def enter(self, method: str, params: Json, outcome: Json, ms: float) -> None:
        """Write a request down; ``outcome`` has ``status``, perhaps ``error`` and ``fault``."""
        row = self._rows.append(
            {
                "seq": 0,
                "at": iso(self._clock.now()),
                "method": method,
                "params": params,
                **outcome,
                "ms": round(ms, 3),
            }
        )
        self._events.tell("request", data=row)

    def after(self, seq: int, limit: int, method: str | None) -> list[Json]:
        """Requests after that number, oldest first, of one method or of all."""
        if method is None:
            return self._rows.after(seq, limit)
        wanted = method.lower()
        return [row for row in self._rows.after(seq) if row["method"].lower() == wanted][:limit]
