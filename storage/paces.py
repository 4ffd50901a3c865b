"""When each chat was spoken to lately, one small row a chat."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import bindparam, func, select

from storage.mapping import table, upsert
from storage.traffic import PaceRow
from storage.wire import Wire

_paces = table(PaceRow)
_OF = (
    select(_paces.c.lane, _paces.c.times)
    .where(_paces.c.lane.in_(bindparam("lanes", expanding=True)))
    .order_by(func.abs(_paces.c.lane))
    .with_for_update()
)
_KEEP = upsert(_paces, "lane")


class SqlPaces:
    """The promises of ``core.pace.Paces``."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def of(self, lanes: Collection[int]) -> Mapping[int, Sequence[float]]:
        """What is known of these lanes; other couriers wait for the end of the transaction."""
        rows = await self._wire.rows(_OF, {"lanes": sorted(lanes)})
        return {row.lane: row.times for row in rows}

    async def keep(self, times: Mapping[int, Sequence[float]]) -> None:
        """Replace what is known of these lanes."""
        rows = [{"lane": lane, "times": list(times[lane])} for lane in sorted(times)]
        if rows:
            await self._wire.run(_KEEP, rows)
