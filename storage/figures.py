"""Counts for the assessment: the store groups what is alike, the core says what it counts for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Text, and_, bindparam, case, cast, false, func, or_, select, true

from core.behind import Behind
from core.figures import Matter, Span, Wanted
from core.intent import Intent
from core.lifecycle import Outcome, Status
from core.rating import Conclusion
from core.scoring import Sort
from storage.mapping import table
from storage.moment import Moment
from storage.tables import CallRow, LegRow, RatingRow
from storage.wire import Wire

_calls, _legs, _ratings = table(CallRow), table(LegRow), table(RatingRow)
_NOW: Any = bindparam("now", type_=Moment)
_WITHIN = and_(
    _calls.c.raised_at >= bindparam("since", type_=Moment),
    _calls.c.raised_at < bindparam("until", type_=Moment),
    _calls.c.restricted.is_(False),
)
# Praise is passed on, not assessed: nobody gains by fishing for it.
_ASSESSED = and_(_WITHIN, _calls.c.intent != Intent.PRAISE.value)


def _rare(name: str) -> Any:
    return func.coalesce(_legs.c.rare[name].as_integer(), 0)


def _ever(name: str) -> Any:
    return func.coalesce(_legs.c.rare[name].as_boolean(), false())


def _kept(due: Any, at: Any) -> Any:
    """Whether it came in time; None where it need not have come yet, or was not owed."""
    over = and_(due <= _NOW, or_(_legs.c.closed_at.is_(None), _legs.c.closed_at >= due))
    return case(
        (due.is_(None), None),
        (at.is_not(None), case((at <= due, true()), else_=false())),
        (over, false()),
        else_=None,
    )


_ROUND = _legs.c.rework + _rare("reopened") + 1
_RATED = and_(_ratings.c.leg_id == _legs.c.id, _ratings.c.round == _ROUND)
_missed = cast(_legs.c.rare, Text).like('%"missed":true%')
_FEATURES = (
    _legs.c.agency,
    _legs.c.status,
    _legs.c.outcome,
    _legs.c.conclusion,
    _legs.c.dispatched_at.is_not(None).label("dispatched"),
    _kept(_legs.c.contact_due, _legs.c.contacted_at).label("contacted"),
    _kept(_legs.c.finish_due, _legs.c.resolved_at).label("finished"),
    case((_rare("set_aside") == _ROUND, None), else_=_ratings.c.stars).label("stars"),
    _ever("passed").label("verified"),
    func.coalesce(_missed, false()).label("missed"),
    _ever("red").label("red"),
    _rare("refused_returns").label("refused_returns"),
    _rare("false_closings").label("false_closings"),
    _legs.c.rework,
)
_JOINED = _calls.join(_legs, _legs.c.call_id == _calls.c.id).outerjoin(_ratings, _RATED)
_EACH = select(_calls.c.item, *_FEATURES).select_from(_JOINED).where(_ASSESSED).subquery()
_SORTED = [column for column in _EACH.c if column.name != "item"]
_SORTS = select(*_SORTED, func.count().label("legs")).group_by(*_SORTED)
_SORTS_BY_ITEM = select(
    *_SORTED, func.count().label("legs"), _EACH.c.item.label("about")
).group_by(*_EACH.c)
_ALONE = (
    select(*_FEATURES, _legs.c.id.label("leg"))
    .select_from(_JOINED)
    .where(
        _ASSESSED,
        _legs.c.agency.in_(bindparam("agencies", expanding=True)),
        _legs.c.id > bindparam("after"),
    )
    .subquery()
)
_UNSOLVED = (Outcome.UNSOLVED.value, Outcome.PARTLY.value)
_LOOKED_AT = and_(_ALONE.c.outcome == Outcome.UNRATED.value, _ALONE.c.verified)
_MAY_BE = {
    Behind.OVERDUE: _ALONE.c.finished.is_(False),
    Behind.UNHEARD: _ALONE.c.contacted.is_(False),
    Behind.UNSOLVED: or_(_ALONE.c.outcome.in_(_UNSOLVED), _LOOKED_AT),
}
_SUSPECTS = {
    behind: select(_ALONE).where(may).order_by(_ALONE.c.leg).limit(bindparam("limit"))
    for behind, may in _MAY_BE.items()
}
_MATTER = (_calls.c.item, _calls.c.community)
_RAISED = select(*_MATTER, func.count().label("calls")).where(_WITHIN).group_by(*_MATTER)
_WANT = (_calls.c.intent, _calls.c.community)
_WANTED = select(*_WANT, func.count().label("calls")).where(_WITHIN).group_by(*_WANT)
_GIVEN = (
    select(*_MATTER, func.count(_calls.c.id.distinct()).label("calls"))
    .select_from(_calls.join(_legs, _legs.c.call_id == _calls.c.id))
    .where(
        _WITHIN,
        _legs.c.agency.in_(bindparam("agencies", expanding=True)),
        _legs.c.dispatched_at.is_not(None),
        func.coalesce(_legs.c.outcome, "") != Outcome.MISDISPATCH.value,
    )
    .group_by(*_MATTER)
)


class SqlFigures:
    """The promises of ``core.figures.Figures``."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def sorts(self, span: Span, now: datetime) -> Mapping[Sort, int]:
        """How many legs of each sort there are, as they stand at ``now``."""
        rows = await self._wire.rows(_SORTS, {**span._asdict(), "now": now})
        return {_sort(row): int(row.legs) for row in rows}

    async def sorts_by_item(self, span: Span, now: datetime) -> Mapping[tuple[str, Sort], int]:
        """The same told apart by the item of the call as well."""
        rows = await self._wire.rows(_SORTS_BY_ITEM, {**span._asdict(), "now": now})
        return {(row.about, _sort(row)): int(row.legs) for row in rows}

    async def raised(self, span: Span) -> Mapping[Matter, int]:
        """How many calls were raised about what, and where."""
        return _matters(await self._wire.rows(_RAISED, span._asdict()))

    async def wanted(self, span: Span) -> Mapping[Wanted, int]:
        """How many calls wanted what, and where."""
        rows = await self._wire.rows(_WANTED, span._asdict())
        return {(row.intent, row.community): int(row.calls) for row in rows}

    async def suspects(
        self,
        behind: Behind,
        span: Span,
        agencies: Collection[str],
        *,
        now: datetime,
        after: int,
        limit: int,
    ) -> Sequence[tuple[int, Sort]]:
        """Legs of these agencies beyond ``after``, by id, that may be behind a figure."""
        asked = {**span._asdict(), "now": now, "agencies": list(agencies)}
        rows = await self._wire.rows(_SUSPECTS[behind], {**asked, "after": after, "limit": limit})
        return [(int(row.leg), _sort(row)) for row in rows]

    async def given(self, span: Span, agencies: Collection[str]) -> Mapping[Matter, int]:
        """How many calls came to these agencies and were theirs."""
        asked = {**span._asdict(), "agencies": list(agencies)}
        return _matters(await self._wire.rows(_GIVEN, asked))


def _matters(rows: Any) -> dict[Matter, int]:
    return {(row.item, row.community): int(row.calls) for row in rows}


STATUSES = {status.value: status for status in Status}
OUTCOMES: dict[str | None, Outcome | None] = {None: None} | {one.value: one for one in Outcome}
CONCLUSIONS: dict[str | None, Conclusion | None] = {None: None} | {
    one.value: one for one in Conclusion
}
TRUTHS: dict[Any, bool | None] = {None: None, 0: False, 1: True}


def _sort(row: Row[Any]) -> Sort:
    """By place: a year has a hundred thousand of these."""
    agency, status, outcome, conclusion, dispatched, contacted, finished, stars, *more = tuple[
        Any, ...
    ](row)
    verified, missed, red, refused_returns, false_closings, rework, *_counted = more
    return Sort(
        agency,
        STATUSES[status],
        OUTCOMES[outcome],
        CONCLUSIONS[conclusion],
        bool(dispatched),
        TRUTHS[contacted],
        TRUTHS[finished],
        stars,
        bool(verified),
        bool(missed),
        bool(red),
        refused_returns,
        false_closings,
        rework,
    )
