"""Ratings in their table: one a leg and round."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from core.rating import Rating, Verdict
from storage.mapping import record_of, table, values_of
from storage.tables import RatingRow
from storage.wire import Wire

_ratings = table(RatingRow)
_ADD = insert(_ratings).on_conflict_do_nothing(index_elements=["leg_id", "round"])
SHOWN = [column for column in _ratings.c if column.name != "id"]
_OF_LEG = select(*SHOWN).where(_ratings.c.leg_id == bindparam("leg_id")).order_by(_ratings.c.round)


class SqlRatings:
    """The promises of ``core.ports.Ratings``."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def add(self, rating: Rating) -> bool:
        """Keep it; False when this round was rated already, and then nothing changes."""
        values = values_of(rating, verdict=rating.verdict.value)
        return await self._wire.run(_ADD, values) == 1

    async def of_leg(self, leg_id: int) -> Sequence[Rating]:
        """The ratings of a leg, in order."""
        return [rating_of(row) for row in await self._wire.rows(_OF_LEG, {"leg_id": leg_id})]


def rating_of(row: Row[Any]) -> Rating:
    """The rating a row holds."""
    return Rating(**record_of(row, verdict=Verdict(row.verdict)))
