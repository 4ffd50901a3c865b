"""What came of a simulation: figures only, the same for the same seed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.leg import Leg
from core.lifecycle import Outcome
from simulation.running import Simulation

BUDGET = 15  # messages a minute in one group (limits.md)
SATISFACTION = {5: 1.0, 4: 0.85, 3: 0.6, 2: 0.25, 1: 0.0}
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


def result_of(simulation: Simulation) -> Result:
    """Add up what happened until the end of the simulated time."""
    legs, ledger = [*simulation.legs.values()], simulation.ledger
    groups, days = _loads(simulation)
    return Result(
        calls=simulation.calls,
        legs=len(legs),
        states=_sorted(Counter(leg.status.value for leg in legs)),
        nudges=_sorted(ledger.stages),
        posts=ledger.posts,
        edits=ledger.edits,
        boards=ledger.boards,
        digests=ledger.digests,
        privately=ledger.privately,
        hours=_hours(ledger.minutes),
        busiest_group=max(groups.items(), key=lambda one: (one[1], one[0]), default=("", 0)),
        busiest_day=max(days.items(), key=lambda one: (one[1], one[0]), default=(None, 0)),
        rates=_rates(simulation, legs),
        agencies=_agencies(legs, simulation.ends),
        refused=_sorted(simulation.refused),
        late=_late(simulation, legs),
        crowded=_crowded(simulation, groups),
    )


def owed(leg: Leg, until: datetime) -> Iterator[tuple[datetime, bool]]:
    """Every clock of a leg that is over: when it ran out, and whether it was kept."""
    done = (
        (leg.sign_due, leg.signed_at),
        (leg.contact_due, leg.contacted_at),
        (leg.arrive_due, leg.arrived_at),
        (leg.interim_due, leg.interim_at),
        (leg.finish_due, leg.resolved_at),
    )
    for due, at in done:
        if due is not None and (at is not None or due <= until):
            yield due, at is not None and at <= due


def _late(simulation: Simulation, legs: list[Leg]) -> dict[date, int]:
    """Every simulated day, those without anything late too."""
    scenario, zone = simulation.scenario, simulation.district.calendar.zone
    found = {scenario.begins + timedelta(days=n): 0 for n in range(scenario.days)}
    for leg in legs:
        for due, kept in owed(leg, simulation.ends):
            day = due.astimezone(zone).date()
            if not kept and day in found:
                found[day] += 1
    return found


def _crowded(simulation: Simulation, groups: Counter[str]) -> dict[str, tuple[int, ...]]:
    zone, town = simulation.district.calendar.zone, simulation.town
    hours: Counter[tuple[str, date, int]] = Counter()
    for (chat, minute), sent in simulation.ledger.minutes.items():
        local = minute.astimezone(zone)
        hours[town.agency_in(chat), local.date(), local.hour] += sent
    most: dict[str, list[int]] = {}
    for (agency, _day, hour), sent in hours.items():
        known = most.setdefault(agency, [0] * 24)
        known[hour] = max(known[hour], sent)
    busiest = sorted(groups, key=lambda agency: (-groups[agency], agency))
    return {agency: tuple(most[agency]) for agency in busiest}


def _agencies(legs: list[Leg], until: datetime) -> tuple[OnTime, ...]:
    kept: defaultdict[str, list[bool]] = defaultdict(list)
    counts = Counter(leg.agency for leg in legs)
    for leg in legs:
        kept[leg.agency] += (in_time for _, in_time in owed(leg, until))
    found = [OnTime(code, counts[code], len(those), sum(those)) for code, those in kept.items()]
    return tuple(sorted(found, key=lambda one: (one.share, -one.owed, one.agency)))


def _rates(
    simulation: Simulation, legs: list[Leg]
) -> tuple[float | None, float | None, float | None]:
    counted = [leg for leg in legs if leg.outcome is not Outcome.MISDISPATCH]
    contacts = [
        leg.contacted_at is not None and leg.contacted_at <= leg.contact_due
        for leg in counted
        if leg.contact_due and (leg.contacted_at or leg.contact_due <= simulation.ends)
    ]
    rated = [leg for leg in counted if leg.outcome in SOLVED]
    stars = simulation.acting.stars.values()
    return (
        _share(sum(contacts), len(contacts)),
        _share(sum(SOLVED[leg.outcome] for leg in rated if leg.outcome), len(rated)),
        _share(sum(SATISFACTION[one] for one in stars), len(stars)),
    )


def _hours(minutes: Mapping[tuple[int, datetime], int]) -> Hours:
    hours: Counter[tuple[int, datetime]] = Counter()
    over = set()
    for (chat, minute), sent in minutes.items():
        hours[chat, minute.replace(minute=0)] += sent
        if sent > BUDGET:
            over.add((chat, minute.replace(minute=0)))
    loads = sorted(hours.values()) or [0]
    last = len(loads) - 1
    return Hours(loads[last // 2], loads[round(last * 0.95)], loads[-1], len(over))


def _loads(simulation: Simulation) -> tuple[Counter[str], Counter[date]]:
    zone = simulation.district.calendar.zone
    groups: Counter[str] = Counter()
    days: Counter[date] = Counter()
    for (chat, minute), sent in simulation.ledger.minutes.items():
        groups[simulation.town.agency_in(chat)] += sent
        days[minute.astimezone(zone).date()] += sent
    return groups, days


def _share(part: float, whole: int) -> float | None:
    return part / whole if whole else None


def _sorted(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items()))
