"""Bells that every process on a shared database hears: haste, never correctness."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import structlog

from bot.bell import Bell, Ringing
from bot.patience import pause, scattered
from core.neighbours import Neighbours

# Ours are awake already and mostly done by then; others are wanted where there is more to do.
SOON = 0.05
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Bells:
    """The two bells of the road, and how whoever brings work rings them.

    ``arrived`` wakes our worker and ``owed`` our courier; ``arriving`` and ``owing`` wake those of
    every process as long as the duties ``beside`` run.
    """

    arrived: Bell
    owed: Bell
    arriving: Ringing
    owing: Ringing
    beside: Sequence[Callable[[], Awaitable[None]]] = ()

    @classmethod
    def hung(cls, neighbours: Neighbours | None, beat: Callable[[], None]) -> Bells:
        """Bells of one process, or of all where the store has ``neighbours``; see ``Bell``."""
        arrived, owed = Bell(), Bell(beat)
        if neighbours is None:
            return cls(arrived, owed, arrived, owed)
        around = Neighbourhood(neighbours)
        pulls = around.joined("arrived", arrived), around.joined("owed", owed)
        return cls(arrived, owed, *pulls, (around.run,))


class Neighbourhood:
    """Carries the rings of named bells to the other processes, and theirs to us."""

    def __init__(self, neighbours: Neighbours) -> None:
        self._neighbours = neighbours
        self._bells: dict[str, Bell] = {}
        self._owed: set[str] = set()
        self._rung = Bell()

    def joined(self, name: str, bell: Bell) -> Ringing:
        """A bell-pull for this bell and all those that have its name elsewhere."""
        self._bells[name] = bell
        return _Pull(self, name)

    def ring(self, name: str) -> None:
        """Ring here now and everywhere else soon; many rings are carried as one."""
        self._bells[name].ring()
        self._owed.add(name)
        self._rung.ring()

    async def run(self) -> None:
        """Tell and listen until cancelled; a lost connection is made anew."""
        async with asyncio.TaskGroup() as both:
            both.create_task(self._tell())
            both.create_task(self._listen())

    async def _tell(self) -> None:
        failures = 0
        while True:
            await self._rung.heard(60.0)
            await asyncio.sleep(pause(failures) if failures else SOON)
            names, self._owed = self._owed, set()
            try:
                for name in names:
                    await self._neighbours.tell(name)
                failures = 0
            except Exception as error:
                self._owed |= names
                self._rung.ring()
                failures += 1
                log.info("neighbours_not_told", error=type(error).__name__)

    async def _listen(self) -> None:
        failures = 0
        while True:
            try:
                async for name in self._neighbours.heard():
                    failures = 0
                    self._hear(name)
            except Exception as error:
                failures += 1
                log.info("neighbours_not_heard", error=type(error).__name__)
            await asyncio.sleep(scattered(failures))

    def _hear(self, name: str | None) -> None:
        for each in self._bells if name is None else (name,):
            if each in self._bells:
                self._bells[each].ring()


class _Pull:
    """One named bell, pulled here."""

    def __init__(self, around: Neighbourhood, name: str) -> None:
        self._around = around
        self._name = name

    def ring(self) -> None:
        """Wake whoever waits for it in any process."""
        self._around.ring(self._name)
