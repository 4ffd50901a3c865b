"""Errands in their table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update

from core.errands import KEPT, Errand, ErrandKind, ErrandState
from core.errors import NotFound
from storage.mapping import record_of, table, values_of
from storage.tables_desk import ErrandRow
from storage.wire import Wire

_errands = table(ErrandRow)
_ADD = insert(_errands).returning(_errands.c.id)
_FORGET = delete(_errands).where(_errands.c.at < bindparam("before"))
_GET = select(_errands).where(_errands.c.id == bindparam("id"))
_WAITING = (
    select(_errands)
    .where(_errands.c.state == ErrandState.WAITING.value)
    .order_by(_errands.c.id)
    .limit(bindparam("limit"))
)
_SAVE = update(_errands).where(_errands.c.id == bindparam("errand"))


class SqlErrands:
    """The promises of ``core.errands.Errands``."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def add(self, errand: Errand) -> Errand:
        """Keep it, and forget those older than ``KEPT``; gives it back with its id."""
        row = await self._wire.row(_ADD, _values(errand))
        assert row is not None  # noqa: S101 - an insert always returns its row
        # Afterwards, or SQLite would give the newcomer the number of one just forgotten.
        await self._wire.run(_FORGET, {"before": errand.at - KEPT})
        return replace(errand, id=row.id)

    async def get(self, errand_id: int) -> Errand:
        """The errand, or ``NotFound``."""
        row = await self._wire.row(_GET, {"id": errand_id})
        if row is None:
            raise NotFound(errand=errand_id)
        return _errand(row)

    async def waiting(self, limit: int) -> Sequence[Errand]:
        """Those to be run, the oldest first."""
        return [_errand(row) for row in await self._wire.rows(_WAITING, {"limit": limit})]

    async def save(self, errand: Errand) -> None:
        """Keep its facts, message, text, state and tries."""
        changed = {
            "facts": dict(errand.facts),
            "message": errand.message,
            "text": errand.text,
            "state": errand.state.value,
            "tries": errand.tries,
        }
        await self._wire.run(_SAVE, {"errand": errand.id, **changed})


def _values(errand: Errand) -> dict[str, Any]:
    kind, state, facts = errand.kind.value, errand.state.value, dict(errand.facts)
    values = values_of(errand, kind=kind, state=state, facts=facts)
    return {name: value for name, value in values.items() if name != "id"}


def _errand(row: Row[Any]) -> Errand:
    return Errand(**record_of(row, kind=ErrandKind(row.kind), state=ErrandState(row.state)))
