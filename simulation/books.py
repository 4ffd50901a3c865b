"""What a part of a simulation comes to: counts, which add up to those of the whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from core.leg import Leg
from core.lifecycle import Outcome
from simulation.reminding import Reminder
from simulation.running import Simulation
from simulation.traffic import Traffic


@dataclass
class Counts:
    """``legs``, ``owed`` and ``kept`` are of agencies: clocks that are over, and those kept.

    ``late`` are by day those that were not, ``contacts`` first words that were owed, by whether
    they came in time, ``outcomes`` those of legs that were dispatched rightly.
    """

    states: Counter[str] = field(default_factory=Counter)
    legs: Counter[str] = field(default_factory=Counter)
    owed: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    late: Counter[date] = field(default_factory=Counter)
    contacts: Counter[bool] = field(default_factory=Counter)
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    stars: Counter[int] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)

    def add(self, other: Counts) -> None:
        """What was counted in another part as well."""
        for name, counted in vars(self).items():
            counted.update(getattr(other, name))


@dataclass(frozen=True)
class Books:
    """Of one part, small enough to be handed from one process to another.

    ``boards`` and ``reminders`` are those of its ledger, which only all parts together can count.
    """

    calls: int
    counts: Counts
    traffic: Traffic
    boards: frozenset[tuple[int, int]]
    reminders: Mapping[int, Sequence[Reminder]]


def books_of(simulation: Simulation) -> Books:
    """Count what happened until the end of the simulated time."""
    ledger, acting = simulation.ledger, simulation.acting
    counts = Counts(stars=Counter(acting.stars.values()), refused=simulation.refused)
    for leg in simulation.legs.values():
        _enter(leg, counts, simulation)
    boards, reminders = frozenset(ledger.boards), dict(ledger.reminders)
    return Books(simulation.calls, counts, ledger.traffic, boards, reminders)


def _enter(leg: Leg, counts: Counts, simulation: Simulation) -> None:
    until, zone = simulation.ends, simulation.district.calendar.zone
    counts.states[leg.status.value] += 1
    counts.legs[leg.agency] += 1
    for due, kept in owed(leg, until):
        counts.owed[leg.agency] += 1
        counts.kept[leg.agency] += kept
        if not kept:
            counts.late[due.astimezone(zone).date()] += 1
    if leg.outcome is Outcome.MISDISPATCH:
        return
    if leg.contact_due and (leg.contacted_at or leg.contact_due <= until):
        in_time = leg.contacted_at is not None and leg.contacted_at <= leg.contact_due
        counts.contacts[in_time] += 1
    if leg.outcome is not None:
        counts.outcomes[leg.outcome] += 1


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
