"""What one transaction knows already of the records a batch of steps asks for.

Kept are only records that nobody else can change before the transaction ends; whatever is saved
takes the place of what was known, and a savepoint that is undone forgets all of it. Inside the
savepoint of such a batch legs and entries are written ``together``, the entries under ``numbers``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from core.call import Call
from core.leg import Leg
from core.people import Binding


@dataclass(slots=True)
class Known:
    """By id, code of an agency, and id of a call; nothing unless it was read ahead."""

    legs: dict[int, Leg] = field(default_factory=dict)
    calls: dict[int, Call] = field(default_factory=dict)
    bindings: dict[str, Binding | None] = field(default_factory=dict)
    hashes: dict[int, str] = field(default_factory=dict)
    together: bool = False
    numbers: list[int] = field(default_factory=list)

    def forget(self) -> None:
        """Ask the database again."""
        for known in (self.legs, self.calls, self.bindings, self.hashes):
            known.clear()
