"""Late legs in their table: read twice a day and when somebody asks."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, bindparam, case, cast, func, or_, select, text

from core.late import Tally
from core.leg import Leg
from core.warmth import AT_WORK
from storage.legs import leg_of
from storage.mapping import table
from storage.moment import Moment
from storage.rare import written
from storage.tables import LegRow
from storage.wire import Wire

_legs = table(LegRow)
_OPEN = text("status <> 'closed'")  # spelled as the partial index has it
_NOW = bindparam("now", type_=Moment)
_THEIRS = and_(_legs.c.agency.in_(bindparam("agencies", expanding=True)), _OPEN)
_WRITTEN = bindparam("written", type_=Text)  # the same instant as storage.rare writes it
_pressed = cast(_legs.c.rare, Text).like('%"pressed_at"%')


def _rare(name: str) -> ColumnElement[Any]:
    told: ColumnElement[Any] = _legs.c.rare[name].as_string()
    return told


_nobody_came = and_(
    _rare("arrive_due") <= _WRITTEN,
    _rare("arrived_at").is_(None),
    _rare("released_at").is_(None),
)
_over = or_(
    _legs.c.finish_due <= _NOW,
    and_(_legs.c.signed_at.is_(None), _legs.c.sign_due <= _NOW),
    and_(_legs.c.contacted_at.is_(None), _legs.c.contact_due <= _NOW),
    _pressed,
    _nobody_came,
    and_(_rare("interim_due") <= _WRITTEN, _rare("interim_at").is_(None)),
)
_LATE = and_(
    _legs.c.status.in_(sorted(status.value for status in AT_WORK)), func.coalesce(_over, False)
)
_TALLIES = (
    select(
        _legs.c.agency,
        func.count().label("open"),
        func.sum(case((_LATE, 1), else_=0)).label("late"),
    )
    .where(_THEIRS)
    .group_by(_legs.c.agency)
)
_WORST = (
    select(_legs)
    .where(_THEIRS, _LATE)
    .order_by(_legs.c.finish_due.nulls_last(), _legs.c.id)
    .limit(bindparam("limit"))
)
_PAGE = (
    select(_legs)
    .where(_THEIRS, _legs.c.id > bindparam("after"))
    .order_by(_legs.c.id)
    .limit(bindparam("limit"))
)
_PAGE_OF_LATE = _PAGE.where(_LATE)
_NEXT = (
    select(_legs)
    .where(_THEIRS, ~_LATE)
    .order_by(_legs.c.finish_due.nulls_last(), _legs.c.id)
    .limit(bindparam("limit"))
)


class SqlLate:
    """The promises of ``core.late.Late``."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def tallies(self, agencies: Collection[str], now: datetime) -> Mapping[str, Tally]:
        """Of each of these agencies that has open legs, how many there are."""
        rows = await self._wire.rows(_TALLIES, _asked(agencies, now))
        return {row.agency: Tally(int(row.open), int(row.late or 0)) for row in rows}

    async def worst(self, agencies: Collection[str], now: datetime, limit: int) -> Sequence[Leg]:
        """Their late and pressed legs, the earliest limit first."""
        rows = await self._wire.rows(_WORST, {**_asked(agencies, now), "limit": limit})
        return [leg_of(row) for row in rows]

    async def page(
        self, agencies: Collection[str], now: datetime, *, late: bool, after: int, limit: int
    ) -> Sequence[Leg]:
        """Their open legs with an id beyond ``after``, by id; the late and pressed ones alone."""
        asked = {"agencies": list(agencies), "after": after, "limit": limit}
        asked = {**_asked(agencies, now), **asked} if late else asked
        rows = await self._wire.rows(_PAGE_OF_LATE if late else _PAGE, asked)
        return [leg_of(row) for row in rows]

    async def next(self, agencies: Collection[str], now: datetime, limit: int) -> Sequence[Leg]:
        """Their open legs that are neither, the earliest finishing date first."""
        rows = await self._wire.rows(_NEXT, {**_asked(agencies, now), "limit": limit})
        return [leg_of(row) for row in rows]


def _asked(agencies: Collection[str], now: datetime) -> dict[str, Any]:
    return {"agencies": list(agencies), "now": now, "written": written(now)}
