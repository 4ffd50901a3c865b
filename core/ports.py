"""What the core needs of a store: one transaction, and the collections inside it.

The in-memory fakes and the SQL store keep these promises by the same suite. All instants are
aware UTC. A lookup that must find raises ``NotFound``; a lookup that may miss gives None.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime
from typing import Protocol

from core.acts import Acts
from core.banning import Bans
from core.call import Call
from core.channel import Channels
from core.conversation import Conversations
from core.erasing import Erasing
from core.errands import Errands
from core.figures import Figures
from core.incoming import InboxRow, RawUpdate
from core.journal import Journal
from core.keeping import Retiring
from core.late import Late
from core.leases import Leases
from core.leg import Leg
from core.load import Load
from core.marks import Marks
from core.outgoing import OutboxRow, Outgoing, Settled
from core.pace import Paces
from core.people import Binding, Footing, Officer, OneTimeCode, Post, Resident
from core.petitions import Petitions
from core.posting import Posting
from core.rating import Ratings
from core.sheet_versions import SheetVersions
from core.supporter import Supporters
from core.whole import Whole


class Calls(Protocol):
    """Calls by id, number, draft and caller."""

    async def add(self, call: Call) -> Call:
        """Keep a new call; gives it back with its id."""

    async def get(self, call_id: int) -> Call:
        """The call, or ``NotFound``."""

    async def by_number(self, number: str) -> Call | None:
        """The call with this public number, in whatever case it was typed."""

    async def by_draft(self, draft_id: str) -> Call | None:
        """The call a draft became, if it did (I5)."""

    async def save(self, call: Call) -> None:
        """Keep what changes in the life of a call.

        item, urgency, community, details, urged_at, closed_at, name_shown, caller, caller_name,
        linked, link, supporters, restricted, claim, phone.
        """

    async def of_caller(self, account: int, limit: int) -> Sequence[Call]:
        """Somebody's calls, newest first."""

    async def open_of_caller(self, account: int) -> Sequence[Call]:
        """Those with ``closed_at`` None, newest first."""

    async def near(
        self, item: str, community: str, *, since: datetime, limit: int
    ) -> Sequence[Call]:
        """Open calls about an item in a community, raised since then, newest first.

        Restricted calls are never among them.
        """

    async def next_in_day(self, day: date) -> int:
        """1, 2, 3 … within a day; never the same twice, whatever fails around it."""


class Legs(Protocol):
    """Legs by id, call, agency and due time."""

    async def add(self, leg: Leg) -> Leg:
        """Keep a new leg; gives it back with its id."""

    async def get(self, leg_id: int) -> Leg:
        """The leg, locked against other writers, or ``NotFound``."""

    async def save(self, leg: Leg) -> Leg:
        """Keep it if nobody saved since ``leg.revision``, one revision on; else ``LegMoved``."""

    async def of_call(self, call_id: int) -> Sequence[Leg]:
        """All legs of a call, oldest first."""

    async def of_calls(self, calls: Collection[int]) -> Sequence[Leg]:
        """All legs of these calls, oldest first."""

    async def open_of(self, agency: str, limit: int) -> Sequence[Leg]:
        """Open legs an agency answers, the earliest due first."""

    async def open_count(self, agency: str) -> int:
        """How many legs an agency has open."""

    async def to_verify(self, agency: str, limit: int) -> Sequence[Leg]:
        """Legs an agency is to look at now, whether they are done; the oldest first."""

    async def at_work(self) -> frozenset[str]:
        """Codes of all agencies with an open leg, or with one to look at."""

    async def due(self, now: datetime, limit: int) -> Sequence[Leg]:
        """Legs whose ``next_due`` has come, earliest first."""


class People(Protocol):
    """Residents and officers, by messenger account."""

    async def resident(self, account: int) -> Resident | None:
        """Who this is, if they ever spoke to the bot."""

    async def save_resident(self, resident: Resident) -> None:
        """Keep or replace."""

    async def posts_of(self, account: int) -> Sequence[Officer]:
        """Every agency this person acts for."""

    async def officers_of(self, agency: str) -> Sequence[Officer]:
        """Everybody who acts for this agency, in the order of the roster, then of joining."""

    async def holding(self, post: Post) -> Sequence[Officer]:
        """Everybody of this post, whatever the agency; for lists, not for steps."""

    async def save_officer(self, officer: Officer) -> None:
        """Keep or replace (account, agency)."""

    async def remove_officer(self, account: int, agency: str) -> None:
        """No longer acts for it."""


class Groups(Protocol):
    """Which group chat an agency answers in, and one-time codes."""

    async def of_agency(self, agency: str) -> Binding | None:
        """Where an agency answers, suspended or not."""

    async def at_chat(self, chat: int) -> Binding | None:
        """Which agency answers in this chat, suspended or not."""

    async def bound_agencies(self) -> frozenset[str]:
        """Codes of all agencies with a group in force (not suspended)."""

    async def in_force(self) -> Sequence[tuple[Binding, Footing | None]]:
        """All bindings that are not suspended, and what the bot may do there; by agency."""

    async def save(self, binding: Binding) -> None:
        """Bind; replaces the agency's earlier binding."""

    async def remove(self, agency: str) -> None:
        """Unbind."""

    async def footing(self, chat: int) -> Footing | None:
        """What the bot may do there; None where Telegram never said."""

    async def save_footing(self, footing: Footing) -> None:
        """Keep or replace."""

    async def move(self, old: int, new: int) -> bool:
        """A group became a supergroup: move binding, footing, lanes, unsent rows, postings (lost).

        Idempotent; False when nothing was left at the old id.
        """

    async def save_code(self, code: OneTimeCode) -> None:
        """Keep a new code, or the use of one."""

    async def code(self, code: str) -> OneTimeCode | None:
        """The code as issued, used or not."""


class Postings(Protocol):
    """Which message shows which leg."""

    async def add(self, posting: Posting) -> None:
        """Remember; the same (chat, message) again replaces."""

    async def find(self, chat: int, message: int) -> Posting | None:
        """What this message is about."""

    async def card(self, leg_id: int, chat: int) -> Posting | None:
        """The card of a leg in a chat, unless lost."""

    async def cards(self, leg_id: int) -> Sequence[Posting]:
        """All cards of a leg that are not lost."""

    async def phone_task(self, leg_id: int, chat: int) -> Posting | None:
        """What is to be told by phone of this leg, as it stands there, unless done or lost."""

    async def topic(self, leg_id: int, chat: int) -> int | None:
        """The thread of the topic this leg has there, unless lost."""

    async def of_leg(self, leg_id: int) -> Sequence[Posting]:
        """Every message that is about a leg, lost ones too; looks at all there are."""

    async def nudge(self, leg_id: int, chat: int) -> Posting | None:
        """The newest reminder about a leg in a chat, unless lost."""

    async def lose(self, chat: int, message: int) -> None:
        """The message is gone."""

    async def lose_topic(self, chat: int, thread: int) -> Sequence[int]:
        """The topic is gone with everything in it; the legs whose cards were there."""


class Outbox(Protocol):
    """Messages owed, in one order a chat."""

    async def put(self, *rows: Outgoing, now: datetime) -> None:
        """Owe these. A known ``dedupe`` or a waiting ``coalesce`` makes a row vanish silently."""

    async def waiting(self, *, now: datetime, busy: Collection[int], most: int) -> int:
        """How many lanes ``claim`` would find, counted up to ``most``."""

    async def claim(
        self,
        *,
        now: datetime,
        limit: int,
        busy: Collection[int],
        owner: str = "",
        waited: datetime | None = None,
    ) -> Sequence[OutboxRow]:
        """Heads of lanes that are due, not paused and not in ``busy``; ``owner`` sends them.

        Lowest rank first, then oldest. With ``waited`` the one that is owed longest of all goes
        before the others, whatever its rank, if it has been owed since then. A lane whose head is
        ``sending`` or waits for its ``not_before`` gives nothing: nothing overtakes an unsettled
        row (I9).
        """

    async def settle(self, *settled: Settled, now: datetime) -> None:
        """Write down what became of claimed rows; what has another owner by now stays."""

    async def recover(self, *, now: datetime) -> int:
        """Rows ``sending`` whose owner holds no lease of his name: as his crash left them.

        ``at_most_once`` ends unknown, everything else goes again; how many there were.
        """

    async def next_wake(self, now: datetime) -> datetime | None:
        """When the earliest waiting row may go, None when nothing waits."""


class Inbox(Protocol):
    """Updates in, each exactly once."""

    async def insert(self, updates: Sequence[RawUpdate], *, now: datetime) -> int:
        """Keep those not known yet by (bot, update id); how many were new (I2)."""

    async def ready(
        self, *, now: datetime, limit: int, busy: Collection[int]
    ) -> Sequence[InboxRow]:
        """Heads of lanes whose turn it is, oldest first, each lane at most once (I4)."""

    async def done(self, *rows: InboxRow, ignored: bool = False) -> None:
        """Handled, or not ours to handle."""

    async def bury(self, row: InboxRow, *, error: str) -> None:
        """Dead at once: trying again would not help."""

    async def failed(self, row: InboxRow, *, error: str, now: datetime) -> bool:
        """Try again after 1, 5, 30, 120 s; dead at the fifth, and then True (I3)."""


class Work(Protocol):
    """One transaction, open."""

    calls: Calls
    legs: Legs
    journal: Journal
    acts: Acts
    erasing: Erasing
    bans: Bans
    channels: Channels
    petitions: Petitions
    retiring: Retiring
    ratings: Ratings
    people: People
    groups: Groups
    conversations: Conversations
    postings: Postings
    outbox: Outbox
    inbox: Inbox
    leases: Leases
    paces: Paces
    supporters: Supporters
    marks: Marks
    late: Late
    sheets: SheetVersions
    errands: Errands
    figures: Figures
    whole: Whole

    async def load(self, now: datetime) -> Load:
        """How much is on the store's hands at this moment, ``now``."""

    async def foresee(self, legs: Sequence[Leg]) -> None:
        """Read together what a step on each of these legs, found just now, will ask for.

        Haste only: nothing may differ for it but how often the store is asked. Where others write
        as well the legs are locked, each as ``Legs.get`` would.
        """

    async def meet(self, accounts: Collection[int]) -> None:
        """Read together what a step of each of these people will ask of who they are.

        Haste only: nothing may differ for it but how often the store is asked.
        """

    def savepoint(self) -> AbstractAsyncContextManager[None]:
        """Undo what happens inside if it raises, and only that."""


class Units(Protocol):
    """Opens transactions."""

    def begin(self) -> AbstractAsyncContextManager[Work]:
        """Commits on leaving, rolls back when leaving by an exception."""

    def read(self) -> AbstractAsyncContextManager[Work]:
        """For looking only: never waits for writers, never commits."""
