"""Counts for the assessment, in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter

from core.behind import Behind, stands
from core.call import Call
from core.figures import Matter, Span, Wanted
from core.intent import Intent
from core.leg import Leg
from core.lifecycle import Outcome
from core.scoring import Sort
from storage.memory.tables import Tables


@dataclass
class MemoryFigures:
    tables: Tables

    async def sorts(self, span: Span, now: datetime) -> Mapping[Sort, int]:
        assessed = (leg for leg in self._legs(span) if not self._praise(leg))
        return Counter(self._sort(leg, now) for leg in assessed)

    async def sorts_by_item(self, span: Span, now: datetime) -> Mapping[tuple[str, Sort], int]:
        assessed = (leg for leg in self._legs(span) if not self._praise(leg))
        items = self.tables.calls
        return Counter((items[leg.call_id].item, self._sort(leg, now)) for leg in assessed)

    async def raised(self, span: Span) -> Mapping[Matter, int]:
        return Counter((call.item, call.community) for call in self._calls(span))

    async def wanted(self, span: Span) -> Mapping[Wanted, int]:
        return Counter((call.intent.value, call.community) for call in self._calls(span))

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
        legs = (leg for leg in self._legs(span) if leg.agency in agencies and leg.id > after)
        sorts = ((leg.id, self._sort(leg, now)) for leg in legs if not self._praise(leg))
        return sorted((one for one in sorts if stands(behind, one[1])), key=itemgetter(0))[:limit]

    async def given(self, span: Span, agencies: Collection[str]) -> Mapping[Matter, int]:
        theirs = {
            leg.call_id
            for leg in self._legs(span)
            if leg.agency in agencies
            and leg.dispatched_at is not None
            and leg.outcome is not Outcome.MISDISPATCH
        }
        found = (self.tables.calls[call] for call in theirs)
        return Counter((call.item, call.community) for call in found)

    def _calls(self, span: Span) -> Iterator[Call]:
        for call in self.tables.calls.values():
            if span.since <= call.raised_at < span.until and not call.restricted:
                yield call

    def _legs(self, span: Span) -> Iterator[Leg]:
        calls = {call.id for call in self._calls(span)}
        return (leg for leg in self.tables.legs.values() if leg.call_id in calls)

    def _praise(self, leg: Leg) -> bool:
        return self.tables.calls[leg.call_id].intent is Intent.PRAISE

    def _sort(self, leg: Leg, now: datetime) -> Sort:
        rating = self.tables.ratings.get((leg.id, leg.round))
        return Sort(
            agency=leg.agency,
            status=leg.status,
            outcome=leg.outcome,
            conclusion=leg.conclusion,
            dispatched=leg.dispatched_at is not None,
            contacted=_kept(leg, leg.contact_due, leg.contacted_at, now),
            finished=_kept(leg, leg.finish_due, leg.resolved_at, now),
            stars=rating.stars if rating and leg.set_aside != leg.round else None,
            verified=leg.passed,
            missed=leg.plan is not None and leg.plan.missed > 0,
            red=leg.red,
            refused_returns=leg.refused_returns,
            false_closings=leg.false_closings,
            rework=leg.rework,
        )


def _kept(leg: Leg, due: datetime | None, at: datetime | None, now: datetime) -> bool | None:
    if due is None:
        return None
    if at is not None:
        return at <= due
    open_until_then = leg.closed_at is None or leg.closed_at >= due
    return False if due <= now and open_until_then else None
