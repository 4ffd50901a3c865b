"""How it goes in an agency, a street, the district: the figures of a period, ready to be told."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from core.agency import Agency, AgencyKind, AgencyTree
from core.assessment import Assessment, Band, Counts, Weights, assess, ranked, rates_of, summed
from core.district import District
from core.figures import Matter, Span, Wanted
from core.late import Tally
from core.periods import Period, days_of
from core.ports import Units
from core.registers import area
from core.scoring import Ground, Sort, counts_of, ground_of

AT_ONCE = 5
"""Days that are counted in one breath; in between everybody else has their turn."""
AGAIN = 3
"""So many calls about one item in one place are a repeated problem."""
RULES = "rules.csv"
BANDS = tuple(Band)


@dataclass
class Tallied:
    """What all agencies did in a period; ``version`` is that of the rules sheet, 0 as it came."""

    period: Period
    now: datetime
    counts: dict[str, Counts] = field(default_factory=dict)
    excluded: dict[str, Counter[Ground]] = field(default_factory=dict)
    raised: Counter[Matter] = field(default_factory=Counter)
    wanted: Counter[Wanted] = field(default_factory=Counter)
    given: dict[str, Counter[Matter]] = field(default_factory=dict)
    fared: dict[tuple[str, str], Counts] = field(default_factory=dict)
    """By agency and item, where that was asked for."""
    open: Mapping[str, Tally] = field(default_factory=dict)
    version: int = 0

    def add(self, sorts: Mapping[Sort, int]) -> None:
        """Count these legs in."""
        for sort, legs in sorts.items():
            known = self.counts.get(sort.agency, Counts())
            self.counts[sort.agency] = known + counts_of(sort, legs)
            ground = ground_of(sort)
            if ground and sort.dispatched:
                self.excluded.setdefault(sort.agency, Counter())[ground] += legs

    def add_by_item(self, sorts: Mapping[tuple[str, Sort], int]) -> None:
        """Count these legs in, and each item by itself."""
        for (item, sort), legs in sorts.items():
            self.add({sort: legs})
            key = sort.agency, item
            self.fared[key] = self.fared.get(key, Counts()) + counts_of(sort, legs)


@dataclass(frozen=True, slots=True)
class Member:
    """An agency in the table of whoever it belongs to; ``place`` is that in its band."""

    agency: str
    assessment: Assessment
    place: int | None = None


@dataclass(frozen=True)
class Report:
    """The figures of one agency and all below it; ``items`` and ``places`` the most first.

    ``members`` are the agencies below, by kind; ``own`` is the assessment of the agency itself.
    ``repeated`` is what was raised again and again in one place; ``fared`` is how each item fared.
    """

    agency: Agency
    period: Period
    calls: int
    counts: Counts
    own: Assessment
    excluded: Mapping[Ground, int]
    items: Sequence[tuple[str, int]]
    places: Sequence[tuple[str, int]]
    intents: Sequence[tuple[str, int]]
    repeated: Sequence[tuple[Matter, int]]
    fared: Mapping[str, Counts]
    open: int
    late: int
    members: Mapping[AgencyKind, Sequence[Member]]
    weights: Weights
    version: int
    asked_at: datetime


async def tallied(
    units: Units,
    district: District,
    period: Period,
    *,
    now: datetime,
    given_to: Collection[str] = (),
    by_item: bool = False,
) -> Tallied:
    """Count a period piece by piece, so that a year holds up nobody.

    ``given_to`` are agencies without an area whose calls are wanted by item and place.
    ``by_item`` tells how every item fared as well.
    """
    found = Tallied(period, now)
    for piece in days_of(period.span(district.calendar.zone), AT_ONCE):
        await _count(units, found, piece, given_to, by_item=by_item)
        await asyncio.sleep(0)
    async with units.read() as work:
        codes = [one.code for one in district.tree.agencies if not one.restricted]
        found.open = await work.late.tallies(codes, now)
        found.version = (await work.sheets.in_force(now)).get(RULES, 0)
    return found


async def _count(
    units: Units, found: Tallied, piece: Span, given_to: Collection[str], *, by_item: bool
) -> None:
    async with units.read() as work:
        if by_item:
            found.add_by_item(await work.figures.sorts_by_item(piece, found.now))
        else:
            found.add(await work.figures.sorts(piece, found.now))
        found.raised.update(await work.figures.raised(piece))
        found.wanted.update(await work.figures.wanted(piece))
        for code in given_to:
            matters = await work.figures.given(piece, [code])
            found.given.setdefault(code, Counter()).update(matters)


def placeless(agency: Agency) -> bool:
    """Whether its calls are those it was given, not those raised in its area."""
    return agency.kind in (AgencyKind.DEPARTMENT, AgencyKind.ENTERPRISE)


def report(found: Tallied, district: District, code: str) -> Report:
    """What was counted, for one agency and all below it."""
    tree = district.tree
    codes = covered(tree, code)
    matters = _matters(found, tree, code)
    weights = Weights.of(district.limits.counts)
    assessed = _assessed(found, tree, weights)
    excluded: Counter[Ground] = Counter()
    for one in codes:
        excluded.update(found.excluded.get(one, {}))
    open_now = [found.open[one] for one in codes if one in found.open]
    return Report(
        agency=tree.get(code),
        period=found.period,
        calls=sum(matters.values()),
        counts=summed(found.counts.get(one, Counts()) for one in codes),
        own=assessed[code],
        excluded=dict(excluded.most_common()),
        items=_most(matters, 0),
        places=_most(matters, 1),
        intents=_most(_within(found.wanted, tree, code), 0),
        repeated=_repeated(matters),
        fared=_fared(found, codes),
        open=sum(tally.open for tally in open_now),
        late=sum(tally.late for tally in open_now),
        members=_members(tree, code, assessed),
        weights=weights,
        version=found.version,
        asked_at=found.now,
    )


def covered(tree: AgencyTree, code: str) -> tuple[str, ...]:
    """Whose legs are in the figures of this agency: its own and those below; no closed team's."""
    agency = tree.get(code)
    if agency.kind is AgencyKind.DISTRICT:
        return tuple(one.code for one in tree.agencies if not one.restricted)
    below = tree.children(code) if agency.kind is AgencyKind.STREET else ()
    return (code, *(one.code for one in below if not one.restricted))


def _matters(found: Tallied, tree: AgencyTree, code: str) -> Counter[Matter]:
    agency = tree.get(code)
    if placeless(agency):
        return found.given.get(code, Counter())
    return _within(found.raised, tree, code)


def _within(counted: Counter[Matter], tree: AgencyTree, code: str) -> Counter[Matter]:
    """What was counted in the area of an agency; nothing for one that has none."""
    if placeless(tree.get(code)):
        return Counter()
    places = area(tree, code)
    return Counter({each: n for each, n in counted.items() if places is None or each[1] in places})


def _most(matters: Mapping[Matter, int], part: int) -> Sequence[tuple[str, int]]:
    summed_up: Counter[str] = Counter()
    for matter, calls in matters.items():
        summed_up[matter[part]] += calls
    return sorted(summed_up.items(), key=lambda one: (-one[1], one[0]))


def _repeated(matters: Mapping[Matter, int]) -> Sequence[tuple[Matter, int]]:
    again = [(matter, calls) for matter, calls in matters.items() if calls >= AGAIN and matter[0]]
    return sorted(again, key=lambda one: (-one[1], one[0]))


def _fared(found: Tallied, codes: Collection[str]) -> dict[str, Counts]:
    theirs, fared = frozenset(codes), dict[str, Counts]()
    for (agency, item), counts in found.fared.items():
        if agency in theirs:
            fared[item] = fared.get(item, Counts()) + counts
    return fared


def _assessed(found: Tallied, tree: AgencyTree, weights: Weights) -> dict[str, Assessment]:
    """Every agency by the mean of the whole district."""
    mean = rates_of(summed(found.counts.values()))
    return {
        one.code: assess(found.counts.get(one.code, Counts()), mean, weights)
        for one in tree.agencies
        if not one.restricted
    }


SHOWN = {
    AgencyKind.DISTRICT: (AgencyKind.STREET, AgencyKind.DEPARTMENT, AgencyKind.ENTERPRISE),
    AgencyKind.STREET: (AgencyKind.COMMUNITY,),
}


def _members(
    tree: AgencyTree, code: str, assessed: Mapping[str, Assessment]
) -> dict[AgencyKind, list[Member]]:
    """Those below that had anything to do, each kind ranked by itself over the whole district."""
    below = covered(tree, code)
    found: dict[AgencyKind, list[Member]] = {}
    for kind in SHOWN.get(tree.get(code).kind, ()):
        alike = {
            one.code: assessed[one.code] for one in tree.of_kind(kind) if one.code in assessed
        }
        places = ranked(alike)
        members = [
            Member(one, alike[one], places.get(one))
            for one in below
            if one in alike and alike[one].counts.due
        ]
        found[kind] = sorted(members, key=_order)
    return {kind: members for kind, members in found.items() if members}


def _order(member: Member) -> tuple[bool, int, int, int, str]:
    """Ranked ones by band and place, then the others by how much they had."""
    band = BANDS.index(member.assessment.band)
    due = member.assessment.counts.due
    return member.place is None, band, member.place or 0, -due, member.agency
