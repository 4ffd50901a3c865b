"""What came of a simulation: figures only, the same for the same seed and any number of parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, TypeVar

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
Load = tuple[str, date, int]
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
    counts, told, boards = _together(parts, district)
    traffic = told.traffic
    loads = _loads(traffic.minutes, district)
    groups, days = _summed(loads, 0), _summed(loads, 1)
    return Result(
        calls=sum(part.calls for part in parts),
        legs=counts.states.total(),
        states=_sorted(counts.states),
        nudges=_sorted(told.stages),
        posts=traffic.posts,
        edits=traffic.edits,
        boards=boards,
        digests=told.digests,
        privately=traffic.privately,
        hours=_hours(traffic.minutes),
        busiest_group=max(groups.items(), key=lambda one: (one[1], one[0]), default=("", 0)),
        busiest_day=max(days.items(), key=lambda one: (one[1], one[0]), default=(None, 0)),
        rates=_rates(counts),
        agencies=_agencies(counts),
        refused=_sorted(counts.refused),
        late=_late(counts, scenario),
        crowded=_crowded(loads, groups),
    )


def _together(parts: Sequence[Books], district: District) -> tuple[Counts, Telling, int]:
    """All that was counted, all that was said, and how many boards were among it."""
    counts, told = Counts(), Telling(district.ladder.digest, Traffic())
    for part in parts:
        counts.add(part.counts)
        told.traffic.add(part.traffic)
    boards = frozenset[tuple[int, int]]().union(*(part.boards for part in parts))
    for chat, minute in boards:
        told.traffic.count(chat, minute)
    told.tell([part.reminders for part in parts])
    return counts, told, len(boards)


def _late(counts: Counts, scenario: Scenario) -> dict[date, int]:
    """Every simulated day, those without anything late too."""
    days = (scenario.begins + timedelta(days=n) for n in range(scenario.days))
    return {day: counts.late[day] for day in days}


def _crowded(loads: Mapping[Load, int], groups: Counter[str]) -> dict[str, tuple[int, ...]]:
    most: dict[str, list[int]] = {}
    for (agency, _day, hour), sent in loads.items():
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


def _hours(minutes: Mapping[int, Counter[int]]) -> Hours:
    loads = sorted(many for sent in minutes.values() for many in _by(sent, 60).values()) or [0]
    over = [
        {minute // 60 for minute, many in sent.items() if many > BUDGET}
        for sent in minutes.values()
    ]
    last = len(loads) - 1
    return Hours(loads[last // 2], loads[round(last * 0.95)], loads[-1], sum(map(len, over)))


def _loads(minutes: Mapping[int, Counter[int]], district: District) -> Counter[Load]:
    """Messages and edits by group, day and hour, as the district tells the time."""
    loads: Counter[Load] = Counter()
    town, zone = Town(district), district.calendar.zone
    local = cache(lambda quarter: datetime.fromtimestamp(quarter * 900, zone))
    for chat, each in minutes.items():
        agency = town.agency_in(chat)
        for quarter, sent in _by(each, 15).items():  # no zone tells the time by less
            loads[agency, local(quarter).date(), local(quarter).hour] += sent
    return loads


def _by(minutes: Counter[int], many: int) -> Counter[int]:
    """So many minutes of a chat as one."""
    found: Counter[int] = Counter()
    for minute, sent in minutes.items():
        found[minute // many] += sent
    return found


def _summed(loads: Mapping[Load, int], which: int) -> Counter[Any]:
    found: Counter[Any] = Counter()
    for load, sent in loads.items():
        found[load[which]] += sent
    return found


def _share(part: float, whole: int) -> float | None:
    return part / whole if whole else None


def _sorted(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items()))
