"""A simulated district is lived through in parts, a process each, and told as one."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass

from bot.collecting import as_in_service
from bot.lean import import_aiogram
from bot.office.beside import Passed, beside
from core.district import District
from core.people import Party
from core.steps import Action
from simulation.behaviour import Behaviour
from simulation.books import Books, books_of
from simulation.parts import places_by_part
from simulation.result import Result, result_of
from simulation.running import Scenario, Simulation
from storage.memory import MemoryUnits


@dataclass(frozen=True, slots=True)
class Worded:
    """Whether there are words for a step and its listener; may go to another process."""

    known: frozenset[tuple[Party, Action]]

    def __call__(self, party: Party, action: Action) -> bool:
        """Whether there are."""
        return (party, action) in self.known


@dataclass(frozen=True, slots=True)
class Part:
    """The calls from these ``places``."""

    district: District
    behaviour: Behaviour
    scenario: Scenario
    worded: Worded
    places: frozenset[str]

    async def __call__(self, passed: Passed) -> Books:
        """What comes of them; they are lived through in memory, and only figures are kept."""
        with as_in_service():
            return await self._lived(passed)

    async def _lived(self, passed: Passed) -> Books:
        units = MemoryUnits(apart=True)
        simulation = Simulation(
            self.district,
            self.behaviour,
            self.scenario,
            units,
            self.worded,
            places=self.places,
            counts=units.number,
        )
        await simulation.run(passed)
        return books_of(simulation)


def lived(
    district: District,
    behaviour: Behaviour,
    scenario: Scenario,
    *,
    parts: int | None = None,
    passed: Passed = lambda share: None,
) -> Result:
    """What comes of a scenario: the same in any number of parts, as many as there are processors.

    ``passed`` hears how far the slowest is. ``beside.Failed`` and ``beside.Lost`` say that one
    went wrong; a single part is lived through in this process.
    """
    worded, places = _worded(), places_by_part(district.tree, parts or processors())
    those = [Part(district, behaviour, scenario, worded, each) for each in places]
    with as_in_service():
        alone = len(those) == 1
        books = [asyncio.run(those[0](passed))] if alone else beside(those, passed)
        return result_of(books, district, scenario)


def processors() -> int:
    """How many of them this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on this system
        return os.cpu_count() or 1


def _worded() -> Worded:
    import_aiogram()
    from bot.screens.rendering import WORDS_OF

    return Worded(frozenset((party, step) for party, steps in WORDS_OF.items() for step in steps))
