"""What came of a simulation: figures only, the same for the same seed and any number of parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import TypeVar

from core.district import District
from core.lifecycle import Outcome
from simulation.books import Books, Counts
from simulation.reminding import Telling
from simulation.running import Scenario
from simulation.town import Town
from simulation.traffic import Traffic

BUDGET = 15  # messages a minute in one group (limits.md)
SATISFACTION = {5: 1.0, 4: 0.85, 3: 0.6, 2: 0.25, 1: 0.0}
Kind = TypeVar("Kind")
SOLVED = {Outcome.SOLVED: 1.0, Outcome.PARTLY: 0.5, Outcome.UNSOLVED: 0.0}


@dataclass(frozen=True, slots=True)
class Hours:
    """Messages and edits in one group and hour, over the hours in which there were any."""

    p50: int
    p95: int
    most: int
    over_budget: int


@dataclass(frozen=True, slots=True)
class OnTime:
    """What an agency owed by its clocks, and how much of it came in time."""

    agency: str
    legs: int
    owed: int
    kept: int

    @property
    def share(self) -> float:
        """Of what was owed; 1 where nothing was."""
        return self.kept / self.owed if self.owed else 1.0


@dataclass(frozen=True)
class Result:
    """``rates`` are response, solved and satisfied (assessment.md), 0 to 1, None for nothing.

    ``late`` are the clocks that ran out on each day; ``crowded`` all groups, the busiest
    first, with the most messages each had within every hour of a day.
    """

    calls: int
    legs: int
    states: Mapping[str, int]
    nudges: Mapping[str, int]
    posts: int
    edits: int
    boards: int
    digests: int
    privately: int
    hours: Hours
    busiest_group: tuple[str, int]
    busiest_day: tuple[date | None, int]
    rates: tuple[float | None, float | None, float | None]
    agencies: tuple[OnTime, ...]
    refused: Mapping[str, int]
    late: Mapping[date, int]
    crowded: Mapping[str, tuple[int, ...]]


def result_of(parts: Sequence[Books], district: District, scenario: Scenario) -> Result:
    """Add up what happened in all parts, and only then take shares of it."""
    counts, traffic = Counts(), Traffic()
    for part in parts:
        counts.add(part.counts)
        traffic.add(part.traffic)
    boards = frozenset[tuple[int, int]]().union(*(part.boards for part in parts))
    for chat, minute in boards:
        traffic.count(chat, minute)
    told = Telling(district.ladder.digest, traffic)
    told.tell([part.reminders for part in parts])
    groups, days, hours = _loads(traffic, district)
    return Result(
        calls=sum(part.calls for part in parts),
        legs=counts.states.total(),
        states=_sorted(counts.states),
        nudges=_sorted(told.stages),
        posts=traffic.posts,
        edits=traffic.edits,
        boards=len(boards),
        digests=told.digests,
        privately=traffic.privately,
        hours=_hours(traffic.minutes),
        busiest_group=max(groups.items(), key=lambda one: (one[1], one[0]), default=("", 0)),
        busiest_day=max(days.items(), key=lambda one: (one[1], one[0]), default=(None, 0)),
        rates=_rates(counts),
        agencies=_agencies(counts),
        refused=_sorted(counts.refused),
        late=_late(counts, scenario),
        crowded=_crowded(hours, groups),
    )


def _late(counts: Counts, scenario: Scenario) -> dict[date, int]:
    """Every simulated day, those without anything late too."""
    days = (scenario.begins + timedelta(days=n) for n in range(scenario.days))
    return {day: counts.late[day] for day in days}


def _crowded(
    hours: Mapping[tuple[str, date, int], int], groups: Counter[str]
) -> dict[str, tuple[int, ...]]:
    most: dict[str, list[int]] = {}
    for (agency, _day, hour), sent in hours.items():
        known = most.setdefault(agency, [0] * 24)
        known[hour] = max(known[hour], sent)
    busiest = sorted(groups, key=lambda agency: (-groups[agency], agency))
    return {agency: tuple(most[agency]) for agency in busiest}


def _agencies(counts: Counts) -> tuple[OnTime, ...]:
    found = [
        OnTime(code, legs, counts.owed[code], counts.kept[code])
        for code, legs in counts.legs.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.share, -one.owed, one.agency)))


def _rates(counts: Counts) -> tuple[float | None, float | None, float | None]:
    rated = Counter({outcome: counts.outcomes[outcome] for outcome in SOLVED})
    return (
        _share(counts.contacts[True], counts.contacts.total()),
        _share(_worth(rated, SOLVED), rated.total()),
        _share(_worth(counts.stars, SATISFACTION), counts.stars.total()),
    )


def _worth(counted: Counter[Kind], worth: Mapping[Kind, float]) -> float:
    """In the order of what they are worth, whatever was counted first: sums are then the same."""
    return sum(each * counted[kind] for kind, each in worth.items())


def _hours(minutes: Mapping[tuple[int, int], int]) -> Hours:
    hours: Counter[tuple[int, int]] = Counter()
    over = set()
    for (chat, minute), sent in minutes.items():
        hours[chat, minute // 60] += sent
        if sent > BUDGET:
            over.add((chat, minute // 60))
    loads = sorted(hours.values()) or [0]
    last = len(loads) - 1
    return Hours(loads[last // 2], loads[round(last * 0.95)], loads[-1], len(over))


def _loads(
    traffic: Traffic, district: District
) -> tuple[Counter[str], Counter[date], Counter[tuple[str, date, int]]]:
    """Messages and edits by group, by day, and by group, day and hour of the district."""
    groups: Counter[str] = Counter()
    days: Counter[date] = Counter()
    hours: Counter[tuple[str, date, int]] = Counter()
    town, zone = Town(district), district.calendar.zone
    local = cache(lambda quarter: datetime.fromtimestamp(quarter * 900, zone))
    for (chat, minute), sent in traffic.minutes.items():
        agency, at = town.agency_in(chat), local(minute // 15)
        groups[agency] += sent
        days[at.date()] += sent
        hours[agency, at.date(), at.hour] += sent
    return groups, days, hours


def _share(part: float, whole: int) -> float | None:
    return part / whole if whole else None


def _sorted(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items()))
