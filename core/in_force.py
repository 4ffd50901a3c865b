"""The rules in force: one District at any moment, swapped as a whole between two steps.

Whoever lives longer than a step holds this, never a District. A step takes the District once, at
its start, and keeps it to its end: limits that change meanwhile count from the next step on. Legs
keep the instants they were given; what is dispatched from now on gets the new ones.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Protocol

from core.district import District
from core.guide import Guide
from core.mistakes import SheetMistakes
from core.ports import Units, Work
from core.suggesting import Fold, as_written

MINUTE = timedelta(minutes=1)
NEVER = datetime.max.replace(tzinfo=UTC)
ALWAYS = datetime.min.replace(tzinfo=UTC)
log = logging.getLogger(__name__)


class Read(Protocol):
    """Reads sheets: the folder's, with newer ones laid over them by the name of the file."""

    def __call__(self, sheets: Mapping[str, str], /) -> District:
        """The district they describe; raises ``SheetMistakes`` with all mistakes at once."""

    def text(self, sheet: str) -> str:
        """The folder's own sheet as csv; empty where there is none."""


class InForce:
    """``district`` and its ``guide`` as of the last look; ``step`` looks where that is due.

    ``read`` gives the district of the sheets of the folder with these laid over them, by the name
    of the file; without it the district is what it is. A look is one small query, once a minute,
    at the instant a planned version takes effect, and after ``look_again``.
    """

    def __init__(
        self, district: District, *, read: Read | None = None, fold: Fold = as_written
    ) -> None:
        self.district = district
        self.guide = Guide(district, fold)
        self.versions: Mapping[str, int] = {}
        self.mistakes: SheetMistakes | None = None
        self._read, self._fold = read, fold
        self._seen, self._good_until = ALWAYS, ALWAYS if read else NEVER

    async def step(self, work: Work, now: datetime) -> District:
        """The district in force for a step that begins at ``now``."""
        if not self._seen <= now < self._good_until:
            await self._look(work, now)
        return self.district

    def look_again(self) -> None:
        """A version was made here: the next step looks, whenever the last look was."""
        if self._read:
            self._good_until = ALWAYS

    def tried(self, sheets: Mapping[str, str]) -> District:
        """What these sheets would make of the district; raises ``SheetMistakes``."""
        return self._read(sheets) if self._read else self.district

    def folder_text(self, sheet: str) -> str:
        """What lies under all versions of a sheet, as csv."""
        return self._read.text(sheet) if self._read else ""

    async def _look(self, work: Work, now: datetime) -> None:
        versions = await work.sheets.in_force(now)
        planned = await work.sheets.next_change(now)
        if versions != self.versions:
            await self._take(work, versions)
        self._seen, self._good_until = now, min(planned or NEVER, now + MINUTE)

    async def _take(self, work: Work, versions: Mapping[str, int]) -> None:
        """Swap, or keep what there is: sheets that no longer fit together stop nobody's work."""
        assert self._read is not None  # noqa: S101 - without it nobody looks
        self.versions, laid_over = versions, await texts(work, versions)
        try:
            self._swap(self._read(laid_over))
            self.mistakes = None
        except SheetMistakes as found:
            self.mistakes = found
            many = len(found.mistakes)
            log.error("the sheets in force hold %d mistakes, the last good ones stay", many)

    def _swap(self, district: District) -> None:
        before, self.district = self.district, district
        if (before.catalogue, before.tree) != (district.catalogue, district.tree):
            self.guide = Guide(district, self._fold)


async def opened(units: Units, read: Read, now: datetime, fold: Fold = as_written) -> InForce:
    """The rules in force as a process begins; raises ``SheetMistakes`` where they hold any."""
    async with units.read() as work:
        versions = await work.sheets.in_force(now)
        rules = InForce(read(await texts(work, versions)), read=read, fold=fold)
    rules.versions = versions
    return rules


async def texts(work: Work, versions: Mapping[str, int]) -> dict[str, str]:
    """These versions of these sheets, as csv."""
    return {name: (await work.sheets.get(name, n)).text for name, n in versions.items()}


async def keep_in_step(rules: InForce, units: Units, now: datetime) -> None:
    """Look from outside of any step, for a process that handles nothing at the moment."""
    async with units.read() as work:
        await rules.step(work, now)
