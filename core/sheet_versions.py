"""Every version of every sheet of the district: what was decided, by whom, from when on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class SheetVersion:
    """One version of a sheet; ``text`` is the whole sheet as csv.

    ``sheet`` is the name of its file, ``version`` counts from 1 within it. Nobody (``made_by``
    None) made what came from the folder. ``restores`` is the version this one gives back;
    ``withdrawn_at`` says that it was taken back before, or after, it came into force.
    """

    sheet: str
    version: int
    text: str
    effective_from: datetime
    made_by: int | None
    made_by_name: str
    why: str
    created_at: datetime
    restores: int | None = None
    withdrawn_at: datetime | None = None


class SheetVersions(Protocol):
    """Of each sheet, the version in force is the one that took effect last.

    Of two that take effect at the same instant the later version counts; what was withdrawn never.
    """

    async def in_force(self, now: datetime) -> Mapping[str, int]:
        """The version of each sheet in force at ``now``; a sheet never changed is not named."""

    async def next_change(self, now: datetime) -> datetime | None:
        """When the next version takes effect, after ``now``; None where none is planned."""

    async def last(self, sheet: str) -> int:
        """The highest version there is, 0 where the sheet was never changed."""

    async def add(self, version: SheetVersion) -> None:
        """Keep a new version; ``SheetMoved`` where its number is taken already."""

    async def get(self, sheet: str, version: int) -> SheetVersion:
        """The version, or ``NotFound``."""

    async def of(self, sheet: str, limit: int) -> Sequence[SheetVersion]:
        """The newest versions of a sheet, the newest first."""

    async def planned(self, now: datetime) -> Sequence[SheetVersion]:
        """Versions of all sheets that take effect after ``now``, the first first."""

    async def withdraw(self, sheet: str, version: int, *, at: datetime) -> None:
        """Take a version back; what it changed is as if it had never been made."""
