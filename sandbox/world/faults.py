"""Faults on demand: which request is to go wrong, how, and how often."""

from __future__ import annotations

import random
from dataclasses import asdict, dataclass

from sandbox.world.ring import Json

KINDS = frozenset(
    [
        "429",
        "500",
        "502",
        "400",
        "403_blocked",
        "403_kicked",
        "chat_not_found",
        "not_modified",
        "edit_not_found",
        "migrate",
        "refuse",
        "drop_before",
        "drop_after",
        "timeout",
        "bad_json",
        "thread_not_found",
        "query_too_old",
        "409",
        "401",
    ]
)
UNTOUCHED = "getupdates"


@dataclass(slots=True)
class Fault:
    """A rule; ``method`` ``*`` is every method but ``getUpdates``, which must be named."""

    id: int
    kind: str
    method: str = "*"
    chat: int | None = None
    count: int | None = None
    probability: float = 1.0
    retry_after: int = 3
    hits: int = 0

    def view(self) -> Json:
        """As the control interface shows a fault."""
        return asdict(self)

    def concerns(self, method: str, chat: object) -> bool:
        """Whether this request is one of those which go wrong."""
        named = self.method.lower()
        if named != method and (named != "*" or method == UNTOUCHED):
            return False
        return self.chat is None or self.chat == chat

    def strikes_now(self) -> bool:
        """Whether it has not struck as often as it should, and chance wants it."""
        if self.count is not None and self.hits >= self.count:
            return False
        return random.random() < self.probability


class Faults:
    """The rules in force, oldest first; the first that concerns a request strikes."""

    def __init__(self) -> None:
        self._rules: dict[int, Fault] = {}
        self._last = 0

    def add(self, wish: Json) -> Fault:
        """A new rule from what the control interface was given."""
        self._last += 1
        fault = Fault(self._last, **wish)
        self._rules[fault.id] = fault
        return fault

    def strike(self, method: str, chat: object) -> Fault | None:
        """The fault this request suffers, counted; ``method`` in lower case."""
        if not self._rules:
            return None
        for fault in self._rules.values():
            if fault.concerns(method, chat) and fault.strikes_now():
                fault.hits += 1
                return fault
        return None

    def remove(self, number: int) -> bool:
        """Take one rule back; says whether there was one."""
        return self._rules.pop(number, None) is not None

    def clear(self) -> None:
        """Take all rules back."""
        self._rules.clear()

    def view(self) -> list[Json]:
        """All rules, spent ones too."""
        return [fault.view() for fault in self._rules.values()]
