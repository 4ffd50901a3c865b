"""What the in-memory store holds: dictionaries of frozen records, copied to be rolled back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from itertools import count
from typing import Any

from core.acts import Act, Seal
from core.banning import Ban
from core.call import Call
from core.conversation import Conversation
from core.erasing import Erasure
from core.errands import Errand
from core.incoming import Fate, RawUpdate
from core.journal import Entry
from core.leg import Leg
from core.outgoing import Outgoing, State
from core.people import Binding, Footing, Officer, OneTimeCode, Resident
from core.petitions import Petition
from core.posting import Posting
from core.rating import Rating
from core.sheet_versions import SheetVersion
from core.supporter import Supporter

Copied = dict[str, dict[Any, Any]]


@dataclass(frozen=True, slots=True)
class Owed:
    """A row of the outbox."""

    id: int
    row: Outgoing
    created_at: datetime
    state: State = State.READY
    attempts: int = 0
    not_before: datetime | None = None
    message: int | None = None
    error: str = ""
    owner: str = ""
    doubted: bool = False

    @property
    def settled(self) -> bool:
        """Whether this is the end of it."""
        waits = self.state is State.UNKNOWN and self.not_before is not None
        return self.state not in (State.READY, State.SENDING) and not waits


@dataclass(frozen=True, slots=True)
class Arrived:
    """A row of the inbox."""

    update: RawUpdate
    received_at: datetime
    fate: Fate = Fate.NEW
    attempts: int = 0
    not_before: datetime | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Lease:
    """Whose, which time over, and until when on the monotonic clock."""

    owner: str
    epoch: int
    until: float

    @property
    def alive(self) -> bool:
        """Whether it has not run out."""
        return self.until > time.monotonic()


@dataclass
class Tables:
    """Everything, by key; ``ids`` never repeats, not even between tables."""

    calls: dict[int, Call] = field(default_factory=dict)
    legs: dict[int, Leg] = field(default_factory=dict)
    entries: dict[int, Entry] = field(default_factory=dict)
    acts: dict[int, Act] = field(default_factory=dict)
    seals: dict[int, Seal] = field(default_factory=dict)
    petitions: dict[int, Petition] = field(default_factory=dict)
    bans: dict[int, Ban] = field(default_factory=dict)
    erasures: dict[int, Erasure] = field(default_factory=dict)
    ratings: dict[tuple[int, int], Rating] = field(default_factory=dict)
    supporters: dict[tuple[int, int], Supporter] = field(default_factory=dict)
    marks: dict[str, datetime] = field(default_factory=dict)
    sheets: dict[tuple[str, int], SheetVersion] = field(default_factory=dict)
    errands: dict[int, Errand] = field(default_factory=dict)
    residents: dict[int, Resident] = field(default_factory=dict)
    officers: dict[tuple[int, str], Officer] = field(default_factory=dict)
    groups: dict[str, Binding] = field(default_factory=dict)
    footings: dict[int, Footing] = field(default_factory=dict)
    codes: dict[str, OneTimeCode] = field(default_factory=dict)
    conversations: dict[int, Conversation] = field(default_factory=dict)
    postings: dict[tuple[int, int], Posting] = field(default_factory=dict)
    outbox: dict[int, Owed] = field(default_factory=dict)
    inbox: dict[tuple[int, int], Arrived] = field(default_factory=dict)
    pauses: dict[int, datetime] = field(default_factory=dict)
    paces: dict[int, tuple[float, ...]] = field(default_factory=dict)
    leases: dict[str, Lease] = field(default_factory=dict)
    numbers: dict[date, int] = field(default_factory=dict)
    ids: Iterator[int] = field(default_factory=lambda: count(1))

    def copy(self) -> Copied:
        """All tables as they are now."""
        names = (each.name for each in fields(self) if each.name != "ids")
        return {name: dict(getattr(self, name)) for name in names}

    def restore(self, copied: Copied) -> None:
        """All tables as they were then."""
        for name, content in copied.items():
            setattr(self, name, content)
