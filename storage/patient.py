"""A wire that keeps what a batch writes step by step, and says all of it in two statements.

PostgreSQL takes a millisecond for each statement, and less for two hundred that are said together.
Whatever is asked on this wire hears first what was kept: nobody sees that it waited.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
        self._kept: dict[Executable, list[Mapping[str, Any]]] = {}

    def later(self, statement: Executable, parameters: Mapping[str, Any]) -> None:
        """Say it before anything else is asked; it must touch one row."""
        self._kept.setdefault(statement, []).append(parameters)

    async def settle(self) -> None:
        """Say what was kept, in its order; ``LegMoved`` where a row was not as it was known."""
        kept, self._kept = self._kept, {}
        for statement, many in kept.items():
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
