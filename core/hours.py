"""What the working time of one agency has of its own: hours, weekdays, days, duty shifts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

Session = tuple[time, time]
Hours = tuple[Session, ...]
OFFICE_HOURS: Hours = ((time(9), time(12)), (time(14), time(18)))
EVERY_DAY = frozenset(range(7))


class DayKind(StrEnum):
    """Days on which an office is open, and the others."""

    WORKING = "working"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Duty:
    """Somebody is there outside office hours; a shift that ends before it begins ends next day.

    Only working hours pass in it: a working day stays a day of the office.
    """

    opens: time
    closes: time
    weekdays: frozenset[int] = EVERY_DAY
    kinds: frozenset[DayKind] = frozenset(DayKind)

    @property
    def overnight(self) -> bool:
        """Whether it goes on past midnight; from and to one hour it lasts a whole day."""
        return self.closes <= self.opens

    def on(self, day: date, kind: DayKind) -> bool:
        """Whether it begins that day."""
        return day.weekday() in self.weekdays and kind in self.kinds


@dataclass(frozen=True)
class OwnHours:
    """Where an agency differs from its district; nothing said, nothing differs.

    ``hours`` are those of its working days. ``week`` has weekdays (Monday is 0) with hours of
    their own, none where it is closed; a holiday stays one, and a make-up day is worked as any.
    ``days`` wins over everything.
    """

    hours: Hours = ()
    week: Mapping[int, Hours] = field(default_factory=dict)
    days: Mapping[date, Hours] = field(default_factory=dict)
    duty: tuple[Duty, ...] = ()

    @property
    def ever_open(self) -> bool:
        """Whether any weekday is left on which the office opens."""
        return any(self.week.get(weekday, weekday < 5) for weekday in EVERY_DAY)


def in_order(sessions: Hours) -> bool:
    """Whether each session ends after it begins, and none begins before the last has ended."""
    edges = [edge for session in sessions for edge in session]
    return edges == sorted(edges) and all(opens < closes for opens, closes in sessions)
