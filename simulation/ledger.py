"""Telegram's side of a simulation: what the courier would send, counted chat by chat.

A card is posted once in a chat and edited afterwards; of a card that is owed twice before it is
sent only one is sent (the outbox sees to that); a nudge within its stage edits what stands there.
Nothing is put into words: ``worded`` says whether there are any for a step and its listener.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from core.board import Board
from core.district import District
from core.lifecycle import Action
from core.looking_down import presses
from core.outgoing import Kind, OutboxRow, State
from core.people import Party
from core.ports import Work
from core.posting import Posting, Purpose

Worded = Callable[[Party, Action], bool]


@dataclass
class Ledger:
    """``minutes[chat, minute]`` counts messages and edits, ``boards`` and ``digests``
    those among them; ``stages`` the reminders by clock and rung, but for those a digest took over.
    """

    worded: Worded
    district: District
    minutes: Counter[tuple[int, datetime]] = field(default_factory=Counter)
    posts: int = 0
    edits: int = 0
    boards: int = 0
    digests: int = 0
    privately: int = 0
    stages: Counter[str] = field(default_factory=Counter)
    _messages: Iterator[int] = field(default_factory=lambda: count(1))

    async def deliver(self, rows: Iterable[OutboxRow], work: Work, now: datetime) -> None:
        """Count these, in their order, as a courier would send them."""
        for row in rows:
            await self._sent(row, work, now)

    async def _sent(self, row: OutboxRow, work: Work, now: datetime) -> State:
        match row.kind:
            case Kind.CARD:
                return await self._card(row, work, now)
            case Kind.NOTICE:
                return await self._notice(row, work, now)
            case Kind.BOARD:
                return await self._board(row, work, now)
            case Kind.DIGEST:
                self.digests += 1
                return self._count(row, now)
            case Kind.SAY:
                return self._count(row, now)
        return State.SUPERSEDED

    async def _board(self, row: OutboxRow, work: Work, now: datetime) -> State:
        """A board is said again in the afternoon only where something presses."""
        board = Board(work, self.district)
        if row.payload.get("again") and not await presses(board, row.payload["agency"], now=now):
            return State.SUPERSEDED
        self.boards += 1
        return self._count(row, now)

    async def _card(self, row: OutboxRow, work: Work, now: datetime) -> State:
        leg_id = row.payload["leg"]
        known = await work.postings.card(leg_id, row.lane)
        if known is None:
            leg = await work.legs.get(leg_id)
            if not leg.open and leg.proposal is None:
                return State.SUPERSEDED
            posting = Posting(row.lane, next(self._messages), leg_id, Purpose.CARD)
            await work.postings.add(posting)
        return self._count(row, now, edits=known is not None)

    async def _notice(self, row: OutboxRow, work: Work, now: datetime) -> State:
        entry = await work.journal.get(row.payload["entry"])
        if not self.worded(Party(row.payload["to"]), entry.action):
            return State.SUPERSEDED
        if entry.action is not Action.NUDGE or row.lane > 0:
            return self._count(row, now)
        if row.payload["to"] == Party.AGENCY:
            self.stages[f"{entry.facts['clock']}.{entry.facts['stage']}"] += 1
        return self._count(row, now, edits=await self._edits(row, entry.leg_id, work))

    async def _edits(self, row: OutboxRow, leg_id: int, work: Work) -> bool:
        """Whether a reminder takes the place of the last one; else it is posted."""
        last = await work.postings.nudge(leg_id, row.lane)
        if last is not None and row.payload.get("edits"):
            return True
        posting = Posting(row.lane, next(self._messages), leg_id, Purpose.NUDGE)
        await work.postings.add(posting)
        return False

    def _count(self, row: OutboxRow, now: datetime, *, edits: bool = False) -> State:
        if row.lane > 0:
            self.privately += 1
            return State.SENT
        self.posts += not edits
        self.edits += edits
        self.minutes[row.lane, now.replace(second=0, microsecond=0)] += 1
        return State.SENT
