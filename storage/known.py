"""What one transaction knows already of the records a batch of steps asks for.

Kept are records that nobody else changes before the transaction ends, and people, their
conversations and groups, of which a step may as well have been told a moment earlier. Whatever is
saved takes the place of what was known, and a savepoint that is undone forgets all of it. Inside
the savepoint of a batch legs and entries are written ``together``, the entries under ``numbers``.
"""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any

from core.call import Call
from core.conversation import Conversation
from core.leg import Leg
from core.people import Binding, Officer, Resident


@dataclass(slots=True)
class Known:
    """By id, agency or chat, id of a call, and account; ``bound`` the agencies with a group."""

    legs: dict[int, Leg] = field(default_factory=dict)
    calls: dict[int, Call] = field(default_factory=dict)
    bindings: dict[str, Binding | None] = field(default_factory=dict)
    chats: dict[int, Binding | None] = field(default_factory=dict)
    bound: frozenset[str] | None = None
    hashes: dict[int, str] = field(default_factory=dict)
    residents: dict[int, Resident | None] = field(default_factory=dict)
    posts: dict[int, tuple[Officer, ...]] = field(default_factory=dict)
    talks: dict[int, Conversation | None] = field(default_factory=dict)
    together: bool = False
    numbers: list[int] = field(default_factory=list)

    def forget(self) -> None:
        """Ask the database again."""
        for known in (self.legs, self.calls, self.hashes):
            known.clear()
        self.forget_groups()
        self.forget_people()

    def forget_groups(self) -> None:
        """Ask again who answers where."""
        self.bindings.clear()
        self.chats.clear()
        self.bound = None

    def forget_people(self) -> None:
        """Ask again who is who, and where they are in a conversation."""
        for known in (self.residents, self.posts, self.talks):
            known.clear()


class Forgetting(AbstractAsyncContextManager[None]):
    """A savepoint; what is undone is not known any more."""

    __slots__ = ("_known", "_savepoint")

    def __init__(self, savepoint: AbstractAsyncContextManager[None], known: Known) -> None:
        self._savepoint, self._known = savepoint, known

    async def __aenter__(self) -> None:
        await self._savepoint.__aenter__()

    async def __aexit__(self, kind: type[BaseException] | None, *error: Any) -> None:
        if kind is not None:
            self._known.forget()
        await self._savepoint.__aexit__(kind, *error)
