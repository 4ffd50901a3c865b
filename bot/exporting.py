"""Everything there is as rows of words, page by page: memory does not grow with the district."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from bot.screens import export_rows as drawn
from bot.screens.export_rows import Drawing
from core.exporting import What, Wish

if TYPE_CHECKING:
    from core.acts import Act
    from core.call import Call
    from core.journal import Entry
    from core.leg import Leg
    from core.people import Officer, Resident
    from core.ports import Work
    from core.whole import Whole

AT_ONCE = 200
Look = Callable[[], AbstractAsyncContextManager["Work"]]
Rows = list[list[str]]
Row = list[str] | None


async def _nothing(_whole: Whole, _found: Sequence[Any]) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of things: ``read`` what comes after a key, with what stands ``beside`` it.

    ``row`` gets a thing, what was beside its page, the wish and the drawing; None leaves it out.
    """

    read: Callable[[Whole, int], Awaitable[Sequence[Any]]]
    row: Callable[[Any, Any, Wish, Drawing], Row]
    beside: Callable[[Whole, Sequence[Any]], Awaitable[Any]] = _nothing
    key: Callable[[Any], int] = attrgetter("id")


async def pages(look: Look, wish: Wish, drawing: Drawing) -> AsyncIterator[Rows]:
    """Pages of rows in the order of things, each of one moment of the store."""
    for part in OF[wish.what]:
        async for found, beside in _paged(look, part):
            rows = (part.row(each, beside, wish, drawing) for each in found)
            yield [row for row in rows if row is not None]


async def _paged(look: Look, part: Part) -> AsyncIterator[tuple[Sequence[Any], Any]]:
    """Page after page until one is empty; nothing is drawn while the store is looked at."""
    after = 0
    while True:
        async with look() as work:
            found = await part.read(work.whole, after)
            beside = await part.beside(work.whole, found) if found else None
        if not found:
            return
        yield found, beside
        after = part.key(found[-1])


async def _legs_of(whole: Whole, calls: Sequence[Call]) -> dict[int, list[Leg]]:
    legs = defaultdict(list)
    for leg in await whole.legs_of([call.id for call in calls]):
        legs[leg.call_id].append(leg)
    return legs


def _call(each: Call, legs: dict[int, list[Leg]], wish: Wish, drawing: Drawing) -> Row:
    return drawn.call(each, legs[each.id], drawing) if wish.holds(each.raised_at) else None


async def _around_legs(whole: Whole, legs: Sequence[Leg]) -> tuple[Any, Any]:
    calls = await whole.calls_of({leg.call_id for leg in legs})
    return calls, {one.leg_id: one for one in await whole.ratings_of([leg.id for leg in legs])}


def _leg(each: Leg, around: tuple[Any, Any], wish: Wish, drawing: Drawing) -> Row:
    calls, rated = around
    call = calls[each.call_id]
    return (
        drawn.leg(each, call, rated.get(each.id), drawing) if wish.holds(call.raised_at) else None
    )


async def _officers(whole: Whole, after: int) -> Sequence[Officer]:
    """All of them are one page."""
    return () if after else await whole.officers()


def _officer(each: Officer, _beside: None, _wish: Wish, drawing: Drawing) -> Row:
    return drawn.officer(each, drawing)


async def _raised(whole: Whole, residents: Sequence[Resident]) -> dict[int, list[Call]]:
    raised = defaultdict(list)
    for call in await whole.raised_by([each.account for each in residents]):
        raised[call.caller].append(call)
    return raised


def _resident(each: Resident, calls: dict[int, list[Call]], wish: Wish, drawing: Drawing) -> Row:
    """Where a span is named, whoever raised a call in it that is not restricted."""
    raised = [one for one in calls[each.account] if wish.holds(one.raised_at)]
    return drawn.resident(each, raised, drawing) if wish.since is None or raised else None


async def _calls_of(whole: Whole, entries: Sequence[Entry]) -> Any:
    return await whole.calls_of({entry.call_id for entry in entries})


def _entry(each: Entry, calls: Any, wish: Wish, drawing: Drawing) -> Row:
    return drawn.entry(each, calls[each.call_id], drawing) if wish.holds(each.at) else None


def _act(each: Act, _beside: None, wish: Wish, drawing: Drawing) -> Row:
    return drawn.act(each, drawing) if wish.holds(each.at) else None


CALLS = Part(lambda whole, after: whole.calls(after, AT_ONCE), _call, _legs_of)
LEGS = Part(lambda whole, after: whole.legs(after, AT_ONCE), _leg, _around_legs)
OFFICERS = Part(_officers, _officer, key=lambda _officer: 1)
RESIDENTS = Part(
    lambda whole, after: whole.residents(after, AT_ONCE), _resident, _raised, attrgetter("account")
)
ENTRIES = Part(lambda whole, after: whole.entries(after, AT_ONCE), _entry, _calls_of)
ACTS = Part(lambda whole, after: whole.acts(after, AT_ONCE), _act)
OF: dict[What, tuple[Part, ...]] = {
    What.CALLS: (CALLS,),
    What.LEGS: (LEGS,),
    What.PEOPLE: (OFFICERS,),
    What.RESIDENTS: (RESIDENTS,),
    What.AUDIT: (ENTRIES, ACTS),
}
"""Of the audit, what happened to calls comes first, then what was done on none."""
