"""Marks in memory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storage.memory.tables import Tables


@dataclass
class MemoryMarks:
    tables: Tables

    async def reach(self, name: str, at: datetime) -> bool:
        known = self.tables.marks.get(name)
        if known is not None and known >= at:
            return False
        self.tables.marks[name] = at
        return True
