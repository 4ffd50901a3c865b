"""What returns teach: items whose lead is not the one who turns out to answer for them.

A return that was agreed to, and a lead that the district named in a dispute, say that the list is
wrong for that item there. Where that happens often enough, and mostly ends at one other agency,
the list is worth amending. An administrator approves; nothing changes by itself.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.agency import AgencyKind
from core.lifecycle import Action
from core.returning import Ground
from core.routing import LED_BY, named_in

if TYPE_CHECKING:
    from core.agency import AgencyTree
    from core.board import Board
    from core.district import District
    from core.figures import Span
    from core.journal import Entry

AT_ONCE, OFFERED, PLACES = 200, 6, 3
ENOUGH = 3
NOT_OURS = frozenset({Ground.TERRITORY, Ground.DUTY, Ground.OWNERSHIP})
OWN = (AgencyKind.COMMUNITY, AgencyKind.STREET)


@dataclass(frozen=True, slots=True)
class Misroute:
    """One call that went from an agency that it was not for to the one that it was for.

    ``to`` is empty where the first one had to keep it: the return was not agreed to.
    """

    call: int
    item: str
    place: str
    agency: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class Amendment:
    """A row of the list worth amending, and what speaks for and against it.

    ``lead`` is what its cell would say: an agency's code, or "community" or "street" for the
    place's own; empty where the list does not name the agency, so that another cell is wrong.
    ``went`` are calls that ended at the one proposed, ``kept`` those that stayed; ``places`` says
    where, those with most calls first.
    """

    item: str
    agency: str
    to: str
    lead: str
    went: int
    kept: int
    places: tuple[tuple[str, int], ...]


async def misroutes(board: Board, span: Span, at_once: int = AT_ONCE) -> list[Misroute]:
    """Those of a span, and its returns that were not agreed to; nothing restricted."""
    agreed = await _entries(board, Action.AGREE, span, at_once)
    found = [one for entry in agreed if (one := _agreed(entry))]
    found += await _named(board, span, at_once)
    declined = await _entries(board, Action.DECLINE, span, at_once)
    found += [(entry, "") for entry in declined]
    told = []
    for first in range(0, len(found), at_once):
        told += await _told(board, found[first : first + at_once])
    return told


def amendments(told: Iterable[Misroute], district: District) -> tuple[Amendment, ...]:
    """The rows most worth amending, those with most calls first."""
    by_row: defaultdict[tuple[str, str], list[Misroute]] = defaultdict(list)
    for one in told:
        by_row[one.item, one.agency].append(one)
    worth = [_weighed(row, calls, district) for row, calls in by_row.items()]
    offered = [one for one in worth if one is not None]
    return tuple(sorted(offered, key=lambda one: (-one.went, one.item)))[:OFFERED]


def _weighed(
    row: tuple[str, str], calls: Sequence[Misroute], district: District
) -> Amendment | None:
    item, agency = row
    went = [one for one in {each.call: each for each in calls}.values() if one.to]
    answers = Counter(_cell(district.tree, one.to, one.place) for one in went)
    cell, most = answers.most_common(1)[0] if answers else ("", 0)
    kept = sum(not one.to for one in calls)
    if not cell or most < ENOUGH or 2 * most <= len(went) + kept:
        return None
    right = [one for one in went if _cell(district.tree, one.to, one.place) == cell]
    lead, first = district.catalogue.get(item).lead, district.tree.by_code.get(agency)
    listed = all(named_in(district.tree, lead, one.place) == first for one in right)
    return Amendment(
        item=item,
        agency=agency,
        to=right[0].to,
        lead=cell if listed else "",
        went=most,
        kept=kept,
        places=tuple(Counter(one.place for one in right).most_common(PLACES)),
    )


def _cell(tree: AgencyTree, code: str, place: str) -> str:
    """How the list would name this agency there; empty where it could not."""
    agency = tree.by_code.get(code)
    if agency is None:
        return ""
    own = (kind.value for kind in OWN if tree.ancestor(place, kind) == agency)
    return next(own, code if agency.kind in LED_BY else "")


def _agreed(entry: Entry) -> tuple[Entry, str] | None:
    ours = entry.facts.get("ground") in NOT_OURS
    return (entry, str(entry.facts["proposed"])) if ours else None


async def _entries(board: Board, action: Action, span: Span, at_once: int) -> list[Entry]:
    """All of a register within a span, the newest first."""
    journal = board.work.journal
    found: list[Entry] = []
    before: int | None = None
    while True:
        page = await journal.registered(action, places=None, before=before, limit=at_once)
        found += [entry for entry in page if span.since <= entry.at < span.until]
        if len(page) < at_once or page[-1].at < span.since:
            return found
        before = page[-1].id


async def _named(board: Board, span: Span, at_once: int) -> list[tuple[Entry, str]]:
    """What the district settled in disputes: found through the register of those."""
    disputes = await _entries(board, Action.CONVENE, span, at_once)
    calls = dict.fromkeys(entry.call_id for entry in disputes)
    entries = [entry for one in calls for entry in await board.work.journal.of_call(one)]
    return [(e, str(e.facts["agency"])) for e in entries if e.action is Action.NAME_LEAD]


async def _told(board: Board, found: Sequence[tuple[Entry, str]]) -> list[Misroute]:
    """As they are of calls that are not restricted."""
    ids = {entry.call_id for entry, _to in found}
    calls = await board.work.whole.calls_of(ids)
    agencies = {leg.id: leg.agency for leg in await board.work.whole.legs_of(ids)}
    return [
        Misroute(call.id, call.item, call.community, agencies[entry.leg_id], to)
        for entry, to in found
        if not (call := calls[entry.call_id]).restricted
        and call.item in board.district.catalogue.by_code
    ]
