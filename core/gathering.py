"""Many reminders at once in one chat become one message that says all of it (limits.md, L3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from core.outgoing import NUDGING, Kind, Outgoing, Policy


class Reminder(NamedTuple):
    """A row that is owed, and whose matters its reader would find in a digest instead."""

    agency: str
    row: Outgoing


@dataclass
class Gathering:
    """The reminders of ticks that follow on one another, from ``now`` on.

    ``most`` of them in a chat stay messages of their own. They are counted over all these ticks:
    what came before stays said. A chat that had its digest gets nothing more: a digest shows what
    is so by then.
    """

    now: datetime
    most: int
    reminders: list[Reminder] = field(default_factory=list)
    told: set[int] = field(default_factory=set)
    rung: Counter[int] = field(default_factory=Counter)

    def add(self, agency: str, rows: Sequence[Outgoing]) -> None:
        """These are owed once the tick is through."""
        self.reminders += [Reminder(agency, row) for row in rows]

    def forget(self, since: int) -> None:
        """What was added by somebody whose turn failed is not owed."""
        del self.reminders[since:]

    def owed(self) -> Iterator[Outgoing]:
        """The rows of this tick, each crowded chat's as one; and begin the next one."""
        come, self.reminders = self.reminders, []
        self.rung.update(one.row.lane for one in come if one.row.policy is Policy.AT_MOST_ONCE)
        for agency, row in come:
            if row.lane in self.told:
                continue
            if self.rung[row.lane] > self.most:
                self.told.add(row.lane)
                yield self._digest(agency, row.lane)
            else:
                yield row

    def _digest(self, agency: str, lane: int) -> Outgoing:
        return Outgoing(
            lane=lane,
            kind=Kind.DIGEST,
            payload={"agency": agency},
            policy=Policy.AT_MOST_ONCE,
            rank=NUDGING,
            dedupe=f"digest:{lane}:{self.now.timestamp():.0f}",
        )
