"""The auditor of the storms: what Telegram was told, beside what the database says was told."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, make_url, text

from tests.journeys.crowd import Crowd
from tests.people import Json, Sandbox

REST = 90.0
LOOK = 0.05
INBOX = text("SELECT lane, state, count(*) FROM inbox GROUP BY lane, state")
IDS = text("SELECT min(update_id), max(update_id), count(*) FROM inbox")
OUTBOX = text(
    "SELECT id, lane, kind, state, payload ->> 'method' AS method, message, settled_at"
    " FROM outbox ORDER BY id"
)
CALLS = text("SELECT caller, count(*) FROM calls GROUP BY caller")
LEGS = text("SELECT count(*) FROM calls WHERE id NOT IN (SELECT call_id FROM legs)")
OWED = text("SELECT count(*) FROM outbox WHERE settled_at IS NULL")
LEFT = text("SELECT count(*) FROM inbox WHERE state = 'new'")
FINE = frozenset({"sent", "superseded"})


@dataclass(slots=True)
class Finding:
    """One invariant: how many cases were looked at, and what was wrong in which."""

    cases: int = 0
    violations: list[Any] = field(default_factory=list)


@dataclass(eq=False)
class Books:
    """Both sides of one world; everything is read, nothing is changed."""

    sandbox: Sandbox
    crowd: Crowd
    engine: Engine
    copies: int = 0

    @classmethod
    def of(cls, sandbox: Sandbox, crowd: Crowd, database: Path | str) -> Books:
        """The books of this database, a SQLite file or an address of PostgreSQL."""
        if isinstance(database, Path):
            address = make_url(f"sqlite:///file:{database}?mode=ro&uri=true")
        else:
            address = make_url(database).set(drivername="postgresql+psycopg")
        return cls(sandbox, crowd, create_engine(address))

    @property
    def at_rest(self) -> bool:
        """Whether everything taken is handled and everything owed is settled."""
        return not self._rows(OWED)[0][0] and not self._rows(LEFT)[0][0]

    async def come_to_rest(self, seconds: float = REST) -> None:
        """Wait until everything is confirmed, handled and delivered."""
        async with asyncio.timeout(seconds):
            await self.sandbox.settled(timeout=min(seconds, 25))
            while not self.at_rest:  # noqa: ASYNC110 - no bell rings here
                await asyncio.sleep(LOOK)

    async def audit(self, raised: Counter[int], *, copies: int) -> dict[str, Finding]:
        """Every invariant; ``raised`` calls were sent by these people, ``copies`` are allowed."""
        rows = self._rows(OUTBOX)
        told = Counter(dict(self._rows(CALLS)))
        every = raised.keys() | told.keys()
        extra, false, later = await self._compared(rows)
        self.copies = len(extra)
        one = extra[copies:]
        return {
            "I1 acknowledged and kept": Finding(self.crowd.acts, self._lost()),
            "I2 kept once, no gap": Finding(self.crowd.acts, self._gaps()),
            "I4 handled, none dead": Finding(self.crowd.acts, self._unhandled()),
            "I5 one call a draft": Finding(
                sum(raised.values()),
                [(p, raised[p], told[p]) for p in every if raised[p] != told[p]],
            ),
            "I7 no half of a call": Finding(sum(told.values()), [None] * self._rows(LEGS)[0][0]),
            "I8 every notice ends": Finding(len(rows), [r for r in rows if r.state not in FINE]),
            "I8 what is sent is there": Finding(len(rows), false),
            "I9 order in a chat": Finding(len(rows), later),
            "I10 copies beyond those allowed": Finding(len(rows), one),
        }

    def _lost(self) -> list[int]:
        kept = sum(row[2] for row in self._rows(INBOX))
        return [self.crowd.acts - kept] if kept != self.crowd.acts else []

    def _gaps(self) -> list[Any]:
        first, last, count = self._rows(IDS)[0]
        return [(first, last, count)] if count and last - first + 1 != count else []

    def _unhandled(self) -> list[Any]:
        return [tuple(row) for row in self._rows(INBOX) if row[1] != "done"]

    async def _compared(self, rows: Collection[Any]) -> tuple[list[Any], list[Any], list[Any]]:
        """Messages nobody wrote down, rows whose message is not there, chats out of order."""
        extra, false, later = [], [], []
        for lane in {row.lane for row in rows}:
            ours = [row for row in rows if row.lane == lane and _is_message(row)]
            noted = {row.message for row in ours}
            shown = {each["message_id"] for each in await self._shown(lane)}
            extra += [(lane, number) for number in shown - noted]
            false += [(lane, number) for number in noted - shown]
            said = [row.message for row in ours if row.kind != "card"]
            later += [lane] if said != sorted(said) else []
        return extra, false, later

    async def _shown(self, chat: int) -> list[Json]:
        found = await self.sandbox.get(f"/chats/{chat}/messages", limit=100_000)
        return [raw for raw in found["messages"] if self.sandbox.by_bot(raw)]

    def _rows(self, question: Any) -> list[Any]:
        with self.engine.connect() as look:
            return list(look.execute(question).all())


def _is_message(row: Any) -> bool:
    """A row that put a message of its own into the chat."""
    edits = row.method is not None and not row.method.startswith("send")
    return row.state == "sent" and row.message is not None and not edits
