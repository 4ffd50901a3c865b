"""What the in-memory store holds: shelves of frozen records, undone together."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from itertools import count
from operator import attrgetter
from typing import Any

from core.acts import Act, Seal
from core.banning import Ban
from core.call import Call
from core.channel import Channel
from core.conversation import Conversation
from core.erasing import Erasure
from core.errands import Errand
from core.incoming import Fate, RawUpdate
from core.journal import Entry
from core.leg import Leg
from core.lifecycle import Status
from core.outgoing import Outgoing, State
from core.people import Binding, Footing, Officer, OneTimeCode, Resident
from core.petitions import Fate as PetitionFate
from core.petitions import Petition
from core.posting import Posting
from core.rating import Rating
from core.sheet_versions import SheetVersion
from core.supporter import Supporter
from storage.memory.shelf import GONE, Lookup, Shelf, Timetable, Undo


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
    """Everything, by key.

    No id ever repeats, not even between tables, so that none is taken for another unseen; unless
    they are counted ``apart``, table by table, as databases do.
    """

    apart: bool = False
    ids: defaultdict[str, Iterator[int]] = field(default_factory=lambda: defaultdict(_counted))
    undo: Undo = field(default_factory=Undo)
    calls: Shelf[int, Call] = field(init=False)
    legs: Shelf[int, Leg] = field(init=False)
    entries: Shelf[int, Entry] = field(init=False)
    acts: Shelf[int, Act] = field(init=False)
    seals: Shelf[int, Seal] = field(init=False)
    petitions: Shelf[int, Petition] = field(init=False)
    bans: Shelf[int, Ban] = field(init=False)
    channels: Shelf[int, Channel] = field(init=False)
    erasures: Shelf[int, Erasure] = field(init=False)
    ratings: Shelf[tuple[int, int], Rating] = field(init=False)
    supporters: Shelf[tuple[int, int], Supporter] = field(init=False)
    marks: Shelf[str, datetime] = field(init=False)
    sheets: Shelf[tuple[str, int], SheetVersion] = field(init=False)
    errands: Shelf[int, Errand] = field(init=False)
    residents: Shelf[int, Resident] = field(init=False)
    officers: Shelf[tuple[int, str], Officer] = field(init=False)
    groups: Shelf[str, Binding] = field(init=False)
    footings: Shelf[int, Footing] = field(init=False)
    codes: Shelf[str, OneTimeCode] = field(init=False)
    conversations: Shelf[int, Conversation] = field(init=False)
    postings: Shelf[tuple[int, int], Posting] = field(init=False)
    outbox: Shelf[int, Owed] = field(init=False)
    inbox: Shelf[tuple[int, int], Arrived] = field(init=False)
    pauses: Shelf[int, datetime] = field(init=False)
    paces: Shelf[int, tuple[float, ...]] = field(init=False)
    leases: Shelf[str, Lease] = field(init=False)
    numbers: Shelf[date, int] = field(init=False)

    def __post_init__(self) -> None:
        for name in SHELVES:
            setattr(self, name, Shelf(self.undo, **LOOKUPS.get(name, dict)()))

    def new_id(self, table: str) -> int:
        """An id nobody has in this table."""
        return next(self.ids[table if self.apart else ""])

    def committed(self) -> Tables:
        """All tables as they were before the transaction that is open; writing to them is lost."""
        seen = Tables(self.apart, self.ids)
        before: dict[int, dict[Any, Any]] = {}
        for shelf, key, value in self.undo.written:
            before.setdefault(id(shelf), {}).setdefault(key, value)
        for name in SHELVES:
            shelf = getattr(self, name)
            for key, value in {**shelf, **before.get(id(shelf), {})}.items():
                if value is not GONE:
                    getattr(seen, name).put(key, value)
        return seen


def _counted() -> Iterator[int]:
    return count(1)


def _about(call: Call) -> tuple[str, str] | None:
    return None if call.closed_at or call.restricted else (call.item, call.community)


def _worked_on_by(leg: Leg) -> str | None:
    return leg.agency if leg.open else None


def _looked_at_by(leg: Leg) -> str | None:
    return leg.verifier if leg.status is Status.VERIFYING else None


def _coalesced(owed: Owed) -> str | None:
    return owed.row.coalesce if owed.state is State.READY else None


def _lane(owed: Owed) -> int | None:
    return None if owed.settled else owed.row.lane


def _in_force(binding: Binding) -> str | None:
    return None if binding.suspended else binding.agency


def _asked(petition: Petition) -> bool | None:
    return petition.fate is PetitionFate.WAITING or None


def _unfinished(erasure: Erasure) -> bool | None:
    return bool(erasure.waiting) or None


SHELVES = tuple(each.name for each in fields(Tables) if not each.init)
LOOKUPS: dict[str, Callable[[], dict[str, Lookup | Timetable]]] = {
    "calls": lambda: {
        "draft": Lookup(attrgetter("draft_id")),
        "caller": Lookup(attrgetter("caller")),
        "about": Lookup(_about),
    },
    "legs": lambda: {
        "call": Lookup(attrgetter("call_id")),
        "agency": Lookup(_worked_on_by),
        "verifier": Lookup(_looked_at_by),
        "due": Timetable(attrgetter("next_due")),
    },
    "entries": lambda: {"call": Lookup(attrgetter("call_id"))},
    "ratings": lambda: {"leg": Lookup(attrgetter("leg_id"))},
    "petitions": lambda: {"waits": Lookup(_asked)},
    "erasures": lambda: {"waits": Lookup(_unfinished)},
    "groups": lambda: {"chat": Lookup(attrgetter("chat")), "in_force": Lookup(_in_force)},
    "postings": lambda: {"leg": Lookup(attrgetter("leg_id"))},
    "outbox": lambda: {
        "dedupe": Lookup(attrgetter("row.dedupe")),
        "waits": Lookup(_coalesced),
        "lane": Lookup(_lane),
    },
}
