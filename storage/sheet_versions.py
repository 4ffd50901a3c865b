"""Versions of sheets in their table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, select, update
from sqlalchemy.dialects.postgresql import insert

from core.errors import NotFound, SheetMoved
from core.sheet_versions import SheetVersion
from storage.mapping import record_of, table, values_of
from storage.tables_desk import SheetVersionRow
from storage.wire import Wire

_sheets = table(SheetVersionRow)
_ALL = select(*(column for column in _sheets.c if column.name != "id"))
_STANDS = _sheets.c.withdrawn_at.is_(None)
_LATER = (_STANDS, _sheets.c.effective_from > bindparam("now"))
_PLACE = func.row_number().over(
    partition_by=_sheets.c.sheet,
    order_by=(_sheets.c.effective_from.desc(), _sheets.c.version.desc()),
)
_BEGUN = (
    select(_sheets.c.sheet, _sheets.c.version, _PLACE.label("place"))
    .where(_STANDS, _sheets.c.effective_from <= bindparam("now"))
    .subquery()
)
_IN_FORCE = select(_BEGUN.c.sheet, _BEGUN.c.version).where(_BEGUN.c.place == 1)
_NEXT = select(func.min(_sheets.c.effective_from)).where(*_LATER)
_LAST = select(func.max(_sheets.c.version)).where(_sheets.c.sheet == bindparam("sheet"))
_ADD = insert(_sheets).on_conflict_do_nothing(index_elements=["sheet", "version"])
_ONE = (_sheets.c.sheet == bindparam("of_sheet"), _sheets.c.version == bindparam("number"))
_GET = _ALL.where(*_ONE)
_OF = (
    _ALL.where(_sheets.c.sheet == bindparam("sheet"))
    .order_by(_sheets.c.version.desc())
    .limit(bindparam("limit"))
)
_PLANNED = _ALL.where(*_LATER).order_by(_sheets.c.effective_from, _sheets.c.id)
_WITHDRAW = update(_sheets).where(*_ONE, _STANDS).values(withdrawn_at=bindparam("at"))


class SqlSheetVersions:
    """The promises of ``core.sheet_versions.SheetVersions``."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def in_force(self, now: datetime) -> Mapping[str, int]:
        """The version of each sheet in force at ``now``; a sheet never changed is not named."""
        return {row.sheet: row.version for row in await self._wire.rows(_IN_FORCE, {"now": now})}

    async def next_change(self, now: datetime) -> datetime | None:
        """When the next version takes effect, after ``now``; None where none is planned."""
        row = await self._wire.row(_NEXT, {"now": now})
        return row[0] if row else None

    async def last(self, sheet: str) -> int:
        """The highest version there is, 0 where the sheet was never changed."""
        row = await self._wire.row(_LAST, {"sheet": sheet})
        return (row[0] or 0) if row else 0

    async def add(self, version: SheetVersion) -> None:
        """Keep a new version; ``SheetMoved`` where its number is taken already."""
        if not await self._wire.run(_ADD, values_of(version)):
            raise SheetMoved(sheet=version.sheet)

    async def get(self, sheet: str, version: int) -> SheetVersion:
        """The version, or ``NotFound``."""
        row = await self._wire.row(_GET, {"of_sheet": sheet, "number": version})
        if row is None:
            raise NotFound(sheet=sheet, version=version)
        return _version(row)

    async def of(self, sheet: str, limit: int) -> Sequence[SheetVersion]:
        """The newest versions of a sheet, the newest first."""
        rows = await self._wire.rows(_OF, {"sheet": sheet, "limit": limit})
        return [_version(row) for row in rows]

    async def planned(self, now: datetime) -> Sequence[SheetVersion]:
        """Versions of all sheets that take effect after ``now``, the first first."""
        return [_version(row) for row in await self._wire.rows(_PLANNED, {"now": now})]

    async def withdraw(self, sheet: str, version: int, *, at: datetime) -> None:
        """Take a version back; what it changed is as if it had never been made."""
        await self._wire.run(_WITHDRAW, {"of_sheet": sheet, "number": version, "at": at})


def _version(row: Row[Any]) -> SheetVersion:
    return SheetVersion(**record_of(row))
