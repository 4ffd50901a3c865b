"""The minute of a simulation does all that a minute of the service does, however much is due."""

from __future__ import annotations

from datetime import UTC, date, datetime

from core.watch import BATCH
from simulation.behaviour import read
from simulation.running import Scenario, Simulation
from storage.memory import MemoryUnits
from tests.builders import a_call, a_leg
from tests.core.playing import liwan

NINE = datetime(2026, 6, 16, 1, tzinfo=UTC)


async def test_the_boards_of_an_hour_are_shown_however_much_is_due_then():
    day = Scenario(date(2026, 6, 16), 1)
    simulation = Simulation(liwan(), read(), day, MemoryUnits(apart=True), lambda *_: True)
    await simulation.town.move_in(simulation.units, now=NINE)
    async with simulation.units.begin() as work:
        for n in range(1, BATCH + 2):
            call = await work.calls.add(a_call(draft_id=f"s{n}"))
            await work.legs.add(a_leg(call_id=call.id, sign_due=NINE, next_due=NINE))

    await simulation._tick(NINE)

    assert simulation.ledger.boards
