"""Reminders of the parts of a simulation, told together: many at once in a chat are one digest.

As ``core.gathering`` has it, but for one thing: a tick is one batch here, however much is due.
Which batch a leg is in hangs on all others that are due, and so on how many parts there are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from simulation.traffic import Traffic


class Reminder(NamedTuple):
    """One that a tick owes. ``stage`` is empty for those who hear of it from above.

    With ``edits`` it takes the place of the last one, if there is one; it ``gathers`` unless it is
    too urgent to be part of a digest.
    """

    chat: int
    leg: int
    stage: str
    edits: bool
    gathers: bool


Log = Mapping[int, Sequence[Reminder]]


@dataclass
class Telling:
    """``most`` reminders of a tick stay messages of their own in a chat; ``stages`` are theirs."""

    most: int
    traffic: Traffic
    stages: Counter[str] = field(default_factory=Counter)
    digests: int = 0
    _posted: set[tuple[int, int, int]] = field(default_factory=set)

    def tell(self, logs: Sequence[Log]) -> None:
        """All of them, minute by minute: what each part owes in each minute."""
        for minute in sorted({minute for log in logs for minute in log}):
            for chat, owed in _by_chat(logs, minute):
                self._in_chat(chat, owed, minute)

    def _in_chat(self, chat: int, owed: Sequence[tuple[int, Reminder]], minute: int) -> None:
        rung = sum(one.gathers and not one.edits for _, one in owed)
        crowded = rung > self.most
        if crowded:
            self.digests += 1
            self.traffic.count(chat, minute)
        for part, one in owed:
            if not (crowded and one.gathers):
                self._alone(part, one, minute)

    def _alone(self, part: int, one: Reminder, minute: int) -> None:
        if one.stage:
            self.stages[one.stage] += 1
        place = (part, one.leg, one.chat)
        edits = one.edits and place in self._posted
        self._posted.add(place)
        self.traffic.count(one.chat, minute, edits=edits)


def _by_chat(
    logs: Sequence[Log], minute: int
) -> Iterator[tuple[int, Sequence[tuple[int, Reminder]]]]:
    chats: defaultdict[int, list[tuple[int, Reminder]]] = defaultdict(list)
    for part, log in enumerate(logs):
        for one in log.get(minute, ()):
            chats[one.chat].append((part, one))
    yield from chats.items()
