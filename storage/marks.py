"""Marks in their table: moved on by compare-and-set."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.dialects.postgresql import insert

from storage.mapping import table
from storage.tables import MarkRow
from storage.wire import Wire

_marks = table(MarkRow)
_PUT = insert(_marks)
_REACH = _PUT.on_conflict_do_update(
    index_elements=["name"], set_={"at": _PUT.excluded.at}, where=_marks.c.at < _PUT.excluded.at
)


class SqlMarks:
    """The promises of ``core.marks.Marks``."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def reach(self, name: str, at: datetime) -> bool:
        """Move the mark on to ``at``; False when it stands there, or further on, already."""
        return await self._wire.run(_REACH, {"name": name, "at": at}) == 1
