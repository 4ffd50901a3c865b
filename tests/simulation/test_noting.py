"""What a simulated transaction owes is told as an outbox would have it told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from core.outgoing import Kind, Outgoing
from core.ports import Work
from simulation.noting import NotedUnits
from storage.memory import MemoryUnits
from tests.builders import a_leg
from tests.core.playing import MONDAY

CHAT, OTHER = -100, -200
LATER = MONDAY + timedelta(minutes=5)


@dataclass
class Told:
    """A ledger that remembers instead of counting."""

    rows: list[Outgoing] = field(default_factory=list)

    async def deliver(self, rows: Iterable[Outgoing], work: Work, now: datetime) -> None:
        self.rows += rows

    @property
    def words(self) -> list[str]:
        return [row.payload["text"] for row in self.rows]


@pytest.fixture
def units() -> NotedUnits:
    return NotedUnits(MemoryUnits(apart=True), Told(), MONDAY)


def said(words: str, chat: int = CHAT, **more) -> Outgoing:
    return Outgoing(chat, Kind.SAY, {"text": words}, **more)


async def test_what_is_owed_under_one_name_is_told_once(units):
    card, once = said("card", coalesce="card"), said("nudge", dedupe="slot")
    async with units.begin() as work:
        await work.outbox.put(card, once, now=MONDAY)
        await work.outbox.put(once, card, said("more"), now=MONDAY)

    assert units.ledger.words == ["card", "nudge", "more"]


async def test_what_waits_is_told_later_and_nothing_overtakes_it_in_its_chat(units):
    waits, behind, beside = said("waits", not_before=LATER), said("behind"), said("beside", OTHER)
    async with units.begin() as work:
        await work.outbox.put(waits, behind, beside, now=MONDAY)
    before = units.ledger.words

    units.now = LATER
    async with units.begin():
        pass

    assert before == ["beside"]
    assert units.ledger.words == ["beside", "waits", "behind"]
    assert units.later == []


async def test_all_that_is_due_comes_in_one_batch_and_once_a_tick(units):
    async with units.begin() as work:
        for n in range(5):
            await work.legs.add(a_leg(id=n, call_id=n, next_due=MONDAY))

    async with units.begin() as work:
        first, second = [await work.legs.due(MONDAY, 2) for _ in range(2)]
        next_tick = await work.legs.due(LATER, 2)

    assert [len(first), len(second), len(next_tick)] == [5, 0, 5]


async def test_what_is_undone_was_never_owed(units):
    async with units.begin() as work:
        await work.outbox.put(said("owed"), now=MONDAY)
        with pytest.raises(KeyError):
            async with work.savepoint():
                await work.outbox.put(said("undone"), now=MONDAY)
                raise KeyError
    with pytest.raises(KeyError):
        async with units.begin() as work:
            await work.outbox.put(said("undone"), now=MONDAY)
            raise KeyError

    assert units.ledger.words == ["owed"]
