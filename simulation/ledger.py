"""Telegram's side of a simulation: what the courier would send, counted chat by chat.

A card is posted once in a chat and edited afterwards; of a card that is owed twice before it is
sent only one is sent (the outbox sees to that). Nothing is put into words: ``worded`` says whether
there are any for a step and its listener. What calls of other parts may change is written down,
and counted once all are over: reminders, which a crowded chat hears as one, and boards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from core.board import Board
from core.district import District
from core.journal import Entry
from core.lifecycle import Action
from core.looking_down import presses
from core.nudging import URGENT
from core.outgoing import Kind, Outgoing, State
from core.people import Party
from core.ports import Work
from core.posting import Posting, Purpose
from simulation.reminding import Reminder
from simulation.traffic import Traffic, minute_of

Worded = Callable[[Party, Action], bool]
EVERY = 1_000_000


@dataclass
class Ledger:
    """``boards`` are chats and the minutes of theirs, ``reminders`` are by minute."""

    worded: Worded
    district: District
    traffic: Traffic = field(default_factory=Traffic)
    boards: set[tuple[int, int]] = field(default_factory=set)
    reminders: defaultdict[int, list[Reminder]] = field(default_factory=lambda: defaultdict(list))
    _messages: Iterator[int] = field(default_factory=lambda: count(1))

    async def deliver(self, rows: Iterable[Outgoing], work: Work, now: datetime) -> None:
        """Count these, in their order, as a courier would send them."""
        for row in rows:
            await self._sent(row, work, now)

    async def _sent(self, row: Outgoing, work: Work, now: datetime) -> State:
        match row.kind:
            case Kind.CARD:
                return await self._card(row, work, now)
            case Kind.NOTICE:
                return await self._notice(row, work, now)
            case Kind.BOARD:
                return await self._board(row, work, now)
            case Kind.SAY:
                return self._count(row, now)
        return State.SUPERSEDED

    async def _board(self, row: Outgoing, work: Work, now: datetime) -> State:
        """A board is said again in the afternoon only where something presses."""
        board, agency = Board(work, self.district), row.payload["agency"]
        if row.payload.get("again") and not await presses(board, agency, now=now, most=EVERY):
            return State.SUPERSEDED
        self.boards.add((row.lane, minute_of(now)))
        return State.SENT

    async def _card(self, row: Outgoing, work: Work, now: datetime) -> State:
        leg_id = row.payload["leg"]
        known = await work.postings.card(leg_id, row.lane)
        if known is None:
            leg = await work.legs.get(leg_id)
            if not leg.open and leg.proposal is None:
                return State.SUPERSEDED
            posting = Posting(row.lane, next(self._messages), leg_id, Purpose.CARD)
            await work.postings.add(posting)
        return self._count(row, now, edits=known is not None)

    async def _notice(self, row: Outgoing, work: Work, now: datetime) -> State:
        entry = await work.journal.get(row.payload["entry"])
        if not self.worded(Party(row.payload["to"]), entry.action):
            return State.SUPERSEDED
        if entry.action is not Action.NUDGE:
            return self._count(row, now)
        call = await work.calls.get(entry.call_id)
        reminder = _reminder(row, entry, gathers=call.urgency not in URGENT)
        self.reminders[minute_of(now)].append(reminder)
        return State.SENT

    def _count(self, row: Outgoing, now: datetime, *, edits: bool = False) -> State:
        self.traffic.count(row.lane, minute_of(now), edits=edits)
        return State.SENT


def _reminder(row: Outgoing, entry: Entry, *, gathers: bool) -> Reminder:
    told = row.lane < 0 and row.payload["to"] == Party.AGENCY
    stage = f"{entry.facts['clock']}.{entry.facts['stage']}" if told else ""
    edits = bool(row.payload.get("edits"))
    return Reminder(row.lane, entry.leg_id, stage, edits, gathers)
