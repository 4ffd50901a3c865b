"""A wire that keeps what a batch writes step by step, and says all of it in a few statements.

PostgreSQL takes a millisecond for each statement, and less for two hundred that are said together.
What is written of one row twice is said once. Whatever is asked on this wire hears first what was
kept: nobody sees that it waited.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any

from sqlalchemy import Executable, Row

from core.errors import LegMoved
from storage.wire import Parameters, Wire


class PatientWire:
    """The promises of ``storage.wire.Wire``, over another."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self.shared = wire.shared
        self._kept: dict[Executable, dict[Hashable, Mapping[str, Any]]] = {}

    def later(self, statement: Executable, parameters: Mapping[str, Any], *, of: Hashable) -> None:
        """Say it before anything else is asked; it must touch one row, and ``of`` names that.

        What is kept of the same row already becomes this, from what was ``seen`` then.
        """
        kept = self._kept.setdefault(statement, {})
        before = kept.get(of)
        kept[of] = {**before, **parameters, "seen": before["seen"]} if before else parameters

    async def settle(self) -> None:
        """Say what was kept, in its order; ``LegMoved`` where a row was not as it was known."""
        kept, self._kept = self._kept, {}
        for statement, rows in kept.items():
            for many in _alike(rows.values()):
                if await self._wire.run(statement, many) != len(many):
                    raise LegMoved(leg=many[0].get("leg"))

    def forget(self) -> None:
        """What was kept was undone."""
        self._kept.clear()

    async def rows(
        self, statement: Executable, parameters: Parameters = None
    ) -> Sequence[Row[Any]]:
        """All rows of the answer."""
        if self._kept:
            await self.settle()
        return await self._wire.rows(statement, parameters)

    async def row(self, statement: Executable, parameters: Parameters = None) -> Row[Any] | None:
        """The first row of the answer."""
        if self._kept:
            await self.settle()
        return await self._wire.row(statement, parameters)

    async def run(self, statement: Executable, parameters: Parameters = None) -> int:
        """How many rows were touched."""
        if self._kept:
            await self.settle()
        return await self._wire.run(statement, parameters)

    def savepoint(self) -> AbstractAsyncContextManager[None]:
        """Undo what happens inside if it raises."""
        return self._wire.savepoint()


def _alike(rows: Iterable[Mapping[str, Any]]) -> Iterable[list[Mapping[str, Any]]]:
    """Those that speak of the same columns, together."""
    found: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for row in rows:
        found.setdefault(tuple(row), []).append(row)
    return found.values()
