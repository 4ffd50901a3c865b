"""The ledger counts what the courier would send: held against the words themselves."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from bot.screens.easel import Easel
from bot.screens.rendering import WORDS_OF, Renderer
from core.outgoing import Kind, OutboxRow, State
from core.ports import Work
from simulation.behaviour import read
from simulation.ledger import Ledger
from simulation.running import Scenario, Simulation
from storage.engine import open_store
from tests.bot.flows.visiting import TAPS
from tests.core.playing import liwan


@dataclass
class Reading(Ledger):
    """Counts as a ledger does, and reads every message beside."""

    differs: list[OutboxRow] = field(default_factory=list)
    read: int = 0

    async def _sent(self, row: OutboxRow, work: Work, now: datetime) -> State:
        renderer = Renderer(Easel(TAPS, "huying_bot", liwan()))
        speech = None if row.kind is Kind.SAY else await renderer.render(row, work)
        before, edits = self.edits, speech is not None and speech.method.startswith("edit")
        state = await super()._sent(row, work, now)
        same = (speech is not None) == (state is State.SENT)
        if row.kind is not Kind.SAY:
            self.read += 1
        if row.kind is not Kind.SAY and not (same and edits == (self.edits > before)):
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

    assert ledger.read > 100
    assert [(row.kind, dict(row.payload)) for row in ledger.differs] == []
