"""What waits for a second person, in its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update

from core.errors import NotFound
from core.petitions import Asked, Fate, Petition
from storage.mapping import record_of, table, values_of
from storage.tables_office import PetitionRow
from storage.wire import Wire

_petitions = table(PetitionRow)
_ADD = insert(_petitions).returning(_petitions.c.id)
_GET = select(_petitions).where(_petitions.c.id == bindparam("which"))
_WAITS = _petitions.c.fate == Fate.WAITING.value
_WAITING = select(_petitions).where(_WAITS).order_by(_petitions.c.due, _petitions.c.id)
_SETTLE = (
    update(_petitions)
    .where(_petitions.c.id == bindparam("which"), _WAITS)
    .values(
        fate=bindparam("end"),
        facts=bindparam("kept", type_=_petitions.c.facts.type),
        settled_at=bindparam("at_last"),
        settled_by=bindparam("whose"),
    )
)


class SqlPetitions:
    """The promises of ``core.petitions.Petitions``."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def add(self, petition: Petition) -> Petition:
        """Keep it; gives it back with its id."""
        plain = {"asked": petition.asked.value, "fate": petition.fate.value}
        values = {**values_of(petition, **plain), "facts": dict(petition.facts)}
        del values["id"]
        row = await self._wire.row(_ADD, values)
        assert row is not None  # noqa: S101 - an insert always returns its row
        return replace(petition, id=row.id)

    async def get(self, petition_id: int) -> Petition:
        """The petition, or ``NotFound``."""
        row = await self._wire.row(_GET, {"which": petition_id})
        if row is None:
            raise NotFound(petition=petition_id)
        return _petition(row)

    async def settle(self, petition: Petition) -> bool:
        """Keep fate, facts, when and by whom; False, and nothing, unless it waited until now."""
        said: dict[str, Any] = {"end": petition.fate.value, "kept": dict(petition.facts)}
        said |= {"at_last": petition.settled_at, "whose": petition.settled_by}
        return bool(await self._wire.run(_SETTLE, {"which": petition.id, **said}))

    async def waiting(self) -> Sequence[Petition]:
        """All that nobody decided, those past ``due`` too; the first due first."""
        return [_petition(row) for row in await self._wire.rows(_WAITING, {})]


def _petition(row: Row[Any]) -> Petition:
    return Petition(**record_of(row, asked=Asked(row.asked), fate=Fate(row.fate)))
