"""Everything there is as rows of words, page by page: memory does not grow with the district."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING

from bot.screens import export_rows as drawn
from bot.screens.export_rows import Drawing
from core.exporting import What, Wish

if TYPE_CHECKING:
    from core.journal import Entry
    from core.leg import Leg
    from core.ports import Work

AT_ONCE = 200
Look = Callable[[], AbstractAsyncContextManager["Work"]]
Rows = list[list[str]]


async def pages(look: Look, wish: Wish, drawing: Drawing) -> AsyncIterator[Rows]:
    """Pages of rows in the order of things, each of one moment of the store."""
    async for page in OF[wish.what](look, wish, drawing):
        yield page


async def _calls(look: Look, wish: Wish, drawing: Drawing) -> AsyncIterator[Rows]:
    after = 0
    while True:
        async with look() as work:
            found = await work.whole.calls(after, AT_ONCE)
            if not found:
                return
            legs = defaultdict(list)
            for leg in await work.whole.legs_of([call.id for call in found]):
                legs[leg.call_id].append(leg)
        after = found[-1].id
        yield [
            drawn.call(each, legs[each.id], drawing)
            for each in found
            if wish.holds(each.raised_at)
        ]


async def _legs(look: Look, wish: Wish, drawing: Drawing) -> AsyncIterator[Rows]:
    after = 0
    while True:
        async with look() as work:
            found = await work.whole.legs(after, AT_ONCE)
            if not found:
                return
            calls = await work.whole.calls_of({leg.call_id for leg in found})
            rated = {one.leg_id: one for one in await work.whole.ratings_of(_ids(found))}
        after = found[-1].id
        yield [
            drawn.leg(each, calls[each.call_id], rated.get(each.id), drawing)
            for each in found
            if wish.holds(calls[each.call_id].raised_at)
        ]


async def _people(look: Look, wish: Wish, drawing: Drawing) -> AsyncIterator[Rows]:
    async with look() as work:
        found = await work.whole.officers()
    yield [drawn.officer(each, drawing) for each in found]


async def _residents(look: Look, wish: Wish, drawing: Drawing) -> AsyncIterator[Rows]:
    """Where a span is named, whoever raised a call in it that is not restricted."""
    after = 0
    while True:
        async with look() as work:
            found = await work.whole.residents(after, AT_ONCE)
            if not found:
                return
            raised = defaultdict(list)
            for call in await work.whole.raised_by([each.account for each in found]):
                if wish.holds(call.raised_at):
                    raised[call.caller].append(call)
        after = found[-1].account
        yield [
            drawn.resident(each, raised[each.account], drawing)
            for each in found
            if wish.since is None or raised[each.account]
        ]


async def _audit(look: Look, wish: Wish, drawing: Drawing) -> AsyncIterator[Rows]:
    """What happened to calls first, then what was done on none."""
    after = 0
    while True:
        async with look() as work:
            found = await work.whole.entries(after, AT_ONCE)
            if not found:
                break
            calls = await work.whole.calls_of({entry.call_id for entry in found})
        after = found[-1].id
        held: list[Entry] = [each for each in found if wish.holds(each.at)]
        yield [drawn.entry(each, calls[each.call_id], drawing) for each in held]
    after = 0
    while True:
        async with look() as work:
            acts = await work.whole.acts(after, AT_ONCE)
        if not acts:
            return
        after = acts[-1].id
        yield [drawn.act(each, drawing) for each in acts if wish.holds(each.at)]


def _ids(legs: Sequence[Leg]) -> list[int]:
    return [leg.id for leg in legs]


OF = {
    **{What.CALLS: _calls, What.LEGS: _legs, What.PEOPLE: _people, What.AUDIT: _audit},
    **{What.RESIDENTS: _residents},
}
