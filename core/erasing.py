"""What is kept of a person, and how all of it is forgotten; numbers stay (row 43, S12)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple, Protocol

from core.call import ERASED, Call, NameShown


@dataclass(frozen=True, slots=True)
class Erasure:
    """Whom to forget, which of their calls whole, and which wait until they are closed.

    A call that waits is nobody's any more at once; its words stay for whoever answers it. The list
    of erasures is applied again to a restored backup.
    """

    account: int
    at: datetime
    calls: tuple[int, ...] = ()
    waiting: tuple[int, ...] = ()
    id: int = 0


class Unsaid(NamedTuple):
    """An entry on another's call that was forgotten, and the messages in groups that told it."""

    entry: int
    call: int
    leg: int
    shown: tuple[tuple[int, int], ...] = ()


class Shown(NamedTuple):
    """A portion of an entry, and the first message in which a group was told it."""

    entry: int
    chat: int
    message: int
    part: int


class Erasing(Protocol):
    """Forgets people, and remembers only that it did."""

    async def kept(self, account: int) -> Mapping[str, int]:
        """How many rows of each kind are kept of them: ``updates``, ``messages``, ``drafts``."""

    async def forget(self, account: int) -> None:
        """Everything but their calls: name, drafts, what they sent and what they were told."""

    async def strip(self, call_id: int, account: int) -> Sequence[int]:
        """A call's words, places, files, phone and its caller; entries that were forgotten."""

    async def unsay(
        self, account: int, *, emptied: Sequence[int], but: Collection[int]
    ) -> Sequence[Unsaid]:
        """What they said on other people's calls, ``but`` for calls that wait.

        So is what went along to another call when one of those ``emptied`` was merged into it.
        """

    async def blank(self, entries: Collection[int]) -> Sequence[Shown]:
        """Forget what these entries say; where groups were told it, as far as that is kept."""

    async def reword(self, call: Call) -> None:
        """Its pieces and details as given; what its caller sent and was told before is emptied."""

    async def disown(self, call_id: int) -> None:
        """A call's caller alone: name, account, phone."""

    async def note(self, erasure: Erasure) -> None:
        """Put it on the list; one that is there already (``id``) is replaced."""

    async def unfinished(self) -> Sequence[Erasure]:
        """Those with calls that wait."""

    async def all(self) -> Sequence[Erasure]:
        """The whole list, oldest first."""


def disowned(call: Call) -> Call:
    """The call of nobody: it goes on, and nobody knows whose it was."""
    return replace(
        call,
        caller=ERASED,
        caller_name="",
        name_shown=NameShown.ANONYMOUS,
        phone="",
        claim="",
    )


def stripped(call: Call) -> Call:
    """The call without anything of its caller's: number, item, community and times stay."""
    return replace(disowned(call), address="", point=None, details="", pieces=())


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a resident, in figures and plain facts, as they may see it themselves."""

    calls: int
    open: int
    supported: int
    rows: Mapping[str, int] = field(default_factory=dict)
