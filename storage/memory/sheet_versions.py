"""Versions of sheets in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.errors import NotFound, SheetMoved
from core.sheet_versions import SheetVersion
from storage.memory.tables import Tables


@dataclass
class MemorySheetVersions:
    tables: Tables

    async def in_force(self, now: datetime) -> Mapping[str, int]:
        begun = [each for each in self._standing() if each.effective_from <= now]
        begun.sort(key=lambda each: (each.effective_from, each.version))
        return {each.sheet: each.version for each in begun}

    async def next_change(self, now: datetime) -> datetime | None:
        return min((each.effective_from for each in await self.planned(now)), default=None)

    async def last(self, sheet: str) -> int:
        return max((n for name, n in self.tables.sheets if name == sheet), default=0)

    async def add(self, version: SheetVersion) -> None:
        key = version.sheet, version.version
        if key in self.tables.sheets:
            raise SheetMoved(sheet=version.sheet)
        self.tables.sheets[key] = version

    async def get(self, sheet: str, version: int) -> SheetVersion:
        if (sheet, version) not in self.tables.sheets:
            raise NotFound(sheet=sheet, version=version)
        return self.tables.sheets[sheet, version]

    async def of(self, sheet: str, limit: int) -> Sequence[SheetVersion]:
        found = [each for each in self.tables.sheets.values() if each.sheet == sheet]
        return sorted(found, key=lambda each: -each.version)[:limit]

    async def planned(self, now: datetime) -> Sequence[SheetVersion]:
        later = [each for each in self._standing() if each.effective_from > now]
        return sorted(later, key=lambda each: each.effective_from)

    async def withdraw(self, sheet: str, version: int, *, at: datetime) -> None:
        kept = self.tables.sheets.get((sheet, version))
        if kept and kept.withdrawn_at is None:
            self.tables.sheets[sheet, version] = replace(kept, withdrawn_at=at)

    def _standing(self) -> list[SheetVersion]:
        return [each for each in self.tables.sheets.values() if each.withdrawn_at is None]
