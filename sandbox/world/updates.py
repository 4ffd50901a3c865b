"""The bot's queue of updates, with the rules of Telegram's own (TQueue)."""

from __future__ import annotations

import json
import random
from collections import deque
from dataclasses import dataclass
from typing import NamedTuple

from sandbox.world.bell import Bell
from sandbox.world.clock import Clock
from sandbox.world.ring import Json

DAY = 86_400
TAP_LIFE = 150
MOST = 100_000
BATCH_BYTES = 4 << 20
FAR_AHEAD = 10
FAR_BEHIND = 100_000
LEFT_OUT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class Update(NamedTuple):
    """One update, already in words; ``lane`` is the webhook queue it must keep its order in."""

    id: int
    kind: str
    lane: str
    expires: float
    text: str


@dataclass(slots=True)
class Wish:
    """Which kinds of update the bot asked for; none named means the usual ones."""

    kinds: tuple[str, ...] = ()

    def admits(self, kind: str) -> bool:
        """Whether an update of that kind is put into the queue at all."""
        return kind in self.kinds if self.kinds else kind not in LEFT_OUT


class UpdateQueue:
    """Updates not yet confirmed; ids rise from a random start."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._waiting: deque[Update] = deque()
        self._next = random.randrange(2_000_000, 1_000_000_000)
        self._soonest = 0.0
        self.wish = Wish()
        self.arrived = Bell()
        self.drained = Bell()

    @property
    def next_id(self) -> int:
        """The id the next update will have."""
        return self._next

    def put(self, kind: str, body: Json, *, lane: str, dated: float, life: float = DAY) -> None:
        """Add an update unless the bot did not ask for its kind; such a one gets no id."""
        if not self.wish.admits(kind):
            return
        text = f'{{"update_id":{self._next},"{kind}":{json.dumps(body, ensure_ascii=False)}}}'
        expires = dated + life
        self._soonest = min(self._soonest, expires) if self._waiting else expires
        self._waiting.append(Update(self._next, kind, lane, expires, text))
        self._next += 1
        if len(self._waiting) > MOST:
            self._waiting.pop()
        self.arrived.ring()

    def pending(self) -> int:
        """How many updates wait to be confirmed."""
        self._drop_expired()
        return len(self._waiting)

    def clear(self) -> None:
        """Forget everything that waits."""
        self._waiting.clear()
        self.drained.ring()

    def renumber(self, start: int) -> None:
        """Go on counting from there, as Telegram does after losing its queue."""
        self._next = start

    def confirm(self, offset: int) -> None:
        """Forget what ``getUpdates`` with this offset confirms; an absurd offset is ignored."""
        if offset < 0:
            while len(self._waiting) > -offset:
                self._waiting.popleft()
        elif offset and self._believable(offset):
            while self._waiting and self._waiting[0].id < offset:
                self._waiting.popleft()
        if offset:
            self.drained.ring()

    def _believable(self, offset: int) -> bool:
        head = self._waiting[0].id if self._waiting else self._next
        return head - FAR_BEHIND <= offset <= self._next + FAR_AHEAD

    def batch(self, limit: int) -> list[str]:
        """The oldest updates as JSON texts, at most ``limit`` and about 4 MiB."""
        self._drop_expired()
        size, chosen = 0, list[str]()
        for update in self._waiting:
            size += len(update.text)
            if len(chosen) == limit or (chosen and size > BATCH_BYTES):
                break
            chosen.append(update.text)
        return chosen

    def all(self) -> list[Update]:
        """Everything that waits, oldest first."""
        self._drop_expired()
        return list(self._waiting)

    def remove(self, update: Update) -> None:
        """Forget one update, delivered or expired."""
        if update in self._waiting:
            self._waiting.remove(update)
            self.drained.ring()

    def _drop_expired(self) -> None:
        now = self._clock.now()
        if now < self._soonest or not self._waiting:
            return
        self._waiting = deque(update for update in self._waiting if update.expires > now)
        self._soonest = min((update.expires for update in self._waiting), default=0.0)
