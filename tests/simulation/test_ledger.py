"""The ledger counts what the courier would send: held against the words themselves."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from bot.screens.easel import Easel
from bot.screens.rendering import WORDS_OF, Renderer
from core.outgoing import Kind, Outgoing, State
from core.ports import Work
from core.posting import Posting, Purpose
from simulation.behaviour import read
from simulation.ledger import Ledger
from simulation.reminding import Telling
from simulation.running import Scenario, Simulation
from simulation.traffic import Traffic
from storage.engine import open_store
from tests.bot.flows.visiting import TAPS
from tests.core.playing import liwan
from tests.simulation.claiming import claimed


@dataclass
class Reading(Ledger):
    """Counts as a ledger does, and reads every message beside; reminders are posted as read."""

    differs: list[Outgoing] = field(default_factory=list)
    read: int = 0
    reminded: Counter[str] = field(default_factory=Counter)

    async def _sent(self, row: Outgoing, work: Work, now: datetime) -> State:
        if row.kind is Kind.SAY:
            return await super()._sent(row, work, now)
        self.read += 1
        speech = await Renderer(Easel(TAPS, "huying_bot", liwan())).render(claimed(row, now), work)
        before, edits = self.traffic.edits, bool(speech and speech.method.startswith("edit"))
        state = await super()._sent(row, work, now)
        if speech and speech.purpose is Purpose.NUDGE:
            self.reminded[speech.method] += 1
            if not edits:
                await work.postings.add(Posting(row.lane, -self.read, speech.leg, Purpose.NUDGE))
        elif edits != (self.traffic.edits > before) or (state is State.SENT) != bool(speech):
            self.differs.append(row)
        return state


async def test_what_the_ledger_counts_is_what_would_be_said(tmp_path: Path):
    store = open_store(str(tmp_path / "huying.db"))
    await store.upgrade()
    day = Scenario(date(2026, 6, 15), 1, calls_a_year=5_000)
    simulation = Simulation(liwan(), read(), day, store, lambda p, a: a in WORDS_OF.get(p, {}))
    ledger = Reading(simulation.ledger.worded, liwan())
    simulation.ledger = simulation._noted.ledger = ledger

    await simulation.run()
    await store.close()
    told = Telling(most=liwan().ladder.digest, traffic=Traffic())
    told.tell([ledger.reminders])

    assert ledger.read > 100
    assert [(row.kind, dict(row.payload)) for row in ledger.differs] == []
    assert (told.traffic.posts, told.traffic.edits, told.digests) == (
        ledger.reminded["sendMessage"],
        ledger.reminded["editMessageText"],
        0,
    )
