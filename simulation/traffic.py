"""What was said in a simulation: messages and edits, chat by chat and minute by minute."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime


@dataclass
class Traffic:
    """``minutes[chat][minute]`` counts posts and edits in groups, minutes since 1970."""

    minutes: defaultdict[int, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    posts: int = 0
    edits: int = 0
    privately: int = 0

    def count(self, chat: int, minute: int, *, edits: bool = False) -> None:
        """One more message, or one more edit of one."""
        if chat > 0:
            self.privately += 1
            return
        self.posts += not edits
        self.edits += edits
        self.minutes[chat][minute] += 1

    def add(self, other: Traffic) -> None:
        """What was said in another part as well."""
        for chat, theirs in other.minutes.items():
            self.minutes[chat].update(theirs)
        self.posts += other.posts
        self.edits += other.edits
        self.privately += other.privately


def minute_of(now: datetime) -> int:
    """The minute in which this is."""
    return int(now.timestamp()) // 60
