"""The auditor of the storms: what Telegram was told, beside what the database says was told."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, NullPool, create_engine, make_url, text

from tests.journeys.crowd import Crowd, words_of
from tests.people import Sandbox

REST = 90.0
LOOK = 0.05
INBOX = text("SELECT lane, state, count(*) FROM inbox GROUP BY lane, state")
IDS = text("SELECT min(update_id), max(update_id), count(*) FROM inbox")
OUTBOX = text(
    "SELECT id, lane, kind, state, payload ->> 'method' AS method, message, attempts, policy"
    " FROM outbox ORDER BY id"
)
CALLS = text("SELECT caller, count(*) FROM calls GROUP BY caller")
LEGS = text("SELECT count(*) FROM calls WHERE id NOT IN (SELECT call_id FROM legs)")
JOURNAL = text(
    "SELECT id, call_id, leg_id, action, before, after, prev_hash, hash FROM journal ORDER BY id"
)
OWED = text("SELECT count(*) FROM outbox WHERE settled_at IS NULL")
LEFT = text("SELECT count(*) FROM inbox WHERE state = 'new'")
LEFT_OF = {
    name: text(f"SELECT count(*) FROM {name} WHERE {whose}")
    for name, whose in (
        ("residents", "account = :who"),
        ("calls", "caller = :who"),
        ("conversations", "account = :who"),
        ("supporters", "account = :who"),
        ("inbox", "lane = :who AND body <> '{}'"),
    )
}
CHECKS = (text("PRAGMA integrity_check"), text("PRAGMA foreign_key_check"))
FINE = frozenset({"sent", "superseded"})


@dataclass(slots=True)
class Finding:
    """One invariant: how many cases were looked at, and what was wrong in which."""

    cases: int = 0
    violations: list[Any] = field(default_factory=list)


@dataclass(slots=True)
class Told:
    """What stands in the chats beside what is written down of it."""

    extra: list[Any] = field(default_factory=list)
    apart: list[Any] = field(default_factory=list)
    false: list[Any] = field(default_factory=list)
    later: list[Any] = field(default_factory=list)


@dataclass(eq=False)
class Books:
    """Both sides of one world; everything is read, nothing is changed."""

    sandbox: Sandbox
    crowd: Crowd
    engine: Engine
    copies: int = 0
    unbooked: set[int] = field(default_factory=set)
    """Chats that were sent something past the outbox, or whose traffic is forgotten."""

    @classmethod
    def of(cls, sandbox: Sandbox, crowd: Crowd, database: Path | str) -> Books:
        """The books of this database, a SQLite file or an address of PostgreSQL."""
        if isinstance(database, Path):
            address = make_url(f"sqlite:///file:{database}?mode=ro&uri=true")
        else:
            address = make_url(database).set(drivername="postgresql+psycopg")
        return cls(sandbox, crowd, create_engine(address, poolclass=NullPool))

    @property
    def at_rest(self) -> bool:
        """Whether everything taken is handled and everything owed is settled."""
        return not self.rows(OWED)[0][0] and not self.rows(LEFT)[0][0]

    async def come_to_rest(self, seconds: float = REST) -> None:
        """Wait until everything is confirmed, handled and delivered."""
        async with asyncio.timeout(seconds):
            await self.sandbox.settled(timeout=min(seconds, 25))
            while not self.at_rest:  # noqa: ASYNC110 - no bell rings here
                await asyncio.sleep(LOOK)
            await self.crowd.caught_up()

    async def audit(self, raised: Counter[int], *, copies: int) -> dict[str, Finding]:
        """Every invariant; ``raised`` calls were sent by these people, ``copies`` are allowed."""
        rows, entries = self.rows(OUTBOX), self.rows(JOURNAL)
        calls = Counter(dict(self.rows(CALLS)))
        every = raised.keys() | calls.keys()
        told = self._compared(rows)
        self.copies = len(told.extra)
        return {
            "I1 acknowledged and kept": Finding(self.crowd.acts, self._lost()),
            "I2 kept once, no gap": Finding(self.crowd.acts, self._gaps()),
            "I4 handled, none dead": Finding(self.crowd.acts, self._unhandled()),
            "I5 one call a draft": Finding(
                sum(raised.values()),
                [(p, raised[p], calls[p]) for p in every if raised[p] != calls[p]],
            ),
            "I6 no step taken twice": Finding(len(entries), _steps_apart(entries)),
            "I7 no half of a call": Finding(sum(calls.values()), [None] * self.rows(LEGS)[0][0]),
            "I8 every notice ends": Finding(
                len(rows), [tuple(row) for row in rows if not _ended(row)]
            ),
            "I8 what is sent is there": Finding(len(rows), told.false),
            "I9 order in a chat": Finding(len(rows), told.later),
            "I10 copies beyond those allowed": Finding(len(rows), told.extra[copies:]),
            "I10 a copy is beside the first": Finding(len(told.extra), told.apart),
            "I23 the journal is one chain": Finding(len(entries), _chains_apart(entries)),
            **self._intact(),
        }

    def _lost(self) -> list[int]:
        kept = sum(row[2] for row in self.rows(INBOX))
        return [self.crowd.acts - kept] if kept != self.crowd.acts else []

    def _gaps(self) -> list[Any]:
        first, last, count = self.rows(IDS)[0]
        return [(first, last, count)] if count and last - first + 1 != count else []

    def _unhandled(self) -> list[Any]:
        return [tuple(row) for row in self.rows(INBOX) if row[1] != "done"]

    def _compared(self, rows: Collection[Any]) -> Told:
        """Messages nobody wrote down, rows whose message is not there, chats out of order."""
        told, lanes = Told(), defaultdict(list)
        for row in rows:
            if _is_message(row):
                lanes[row.lane].append(row)
        for lane, ours in lanes.items():
            if lane in self.unbooked:
                continue
            drawn = {row.message for row in ours if row.kind != "say"}
            noted = {row.message for row in ours}
            shown = self._shown(lane)
            told.extra += [(lane, n) for n in shown if n not in noted]
            told.false += [(lane, n) for n in noted if n not in shown]
            dropped = [row for row in rows if row.lane == lane and _dropped(row)]
            apart = _apart(shown, noted, drawn)
            told.apart += [(lane, n) for n in apart[len(dropped) :]]
            said = [row.message for row in ours if row.kind != "card"]
            told.later += [lane] if said != sorted(said) else []
        return told

    def _shown(self, chat: int) -> dict[int, str]:
        """The messages of the bot as they came, by number."""
        events = self.crowd.chats[chat].events
        came = (event["message"] for event in events if event["type"] == "message")
        return {message["message_id"]: words_of(message) for message in came}

    def _intact(self) -> dict[str, Finding]:
        if self.engine.dialect.name != "sqlite":
            return {}
        found = [tuple(row) for check in CHECKS for row in self.rows(check)]
        return {"D6 the file is sound": Finding(1, [row for row in found if row != ("ok",)])}

    def groups(self) -> list[int]:
        """The groups that hold a card, the first one first.

        Others are told things as well, at hours of their own: of a year without holidays, of a
        week that is over.
        """
        return list(dict.fromkeys(row.lane for row in self.rows(OUTBOX) if row.kind == "card"))

    def called(self) -> int:
        """How many calls there are."""
        return sum(dict(self.rows(CALLS)).values())

    def kept_of(self, account: int) -> list[str]:
        """The tables in which something is left of somebody who is forgotten."""
        with self.engine.connect() as look:
            found = {name: look.scalar(asked, {"who": account}) for name, asked in LEFT_OF.items()}
        return [name for name, count in found.items() if count]

    def settled_after(self, newest: int) -> int:
        """How many rows later than this one were sent."""
        return len([row for row in self.rows(OUTBOX) if row.id > newest and row.state == "sent"])

    def rows(self, question: Any) -> list[Any]:
        """What is committed."""
        with self.engine.connect() as look:
            return list(look.execute(question).all())


def _ended(row: Any) -> bool:
    """Sent, or no longer wanted; or in doubt, where it may not be said again, or was (D3)."""
    return row.state in FINE or (
        row.state == "unknown" and (row.policy == "at_most_once" or row.attempts > 1)
    )


def _dropped(row: Any) -> bool:
    """Begun and never said again: what stands in the chat of it is no copy of anything."""
    return row.attempts > 0 and row.state in ("unknown", "superseded")


def _is_message(row: Any) -> bool:
    """A row that put a message of its own into the chat."""
    edits = row.method is not None and not row.method.startswith("send")
    return row.state == "sent" and row.message is not None and not edits


def _apart(shown: dict[int, str], noted: set[int], drawn: set[int]) -> list[int]:
    """Copies that something else of the bot stands between and the one that was written down.

    What is drawn when it is sent (cards, notices) tells how things stand by then, so the words of
    a second time may differ.
    """
    found, first = [], 0
    for number in reversed(shown):
        if number in noted:
            first = number  # killed twice in a row, two copies stand before it
        elif first not in drawn and shown[number] != shown.get(first):
            found.append(number)
    return found[::-1]


def _steps_apart(entries: Sequence[Any]) -> list[Any]:
    """Entries of a leg that do not begin where the one before ended."""
    found, stands = [], {}
    for entry in entries:
        if stands.get(entry.leg_id, entry.before) != entry.before:
            found.append(tuple(entry)[:6])
        stands[entry.leg_id] = entry.after
    return found


def _chains_apart(entries: Sequence[Any]) -> list[int]:
    found, last = [], {}
    for entry in entries:
        if last.get(entry.call_id, "") != entry.prev_hash:
            found.append(entry.id)
        last[entry.call_id] = entry.hash
    return found
