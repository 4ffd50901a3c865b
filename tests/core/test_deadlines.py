"""The clocks of a leg, and the shares of a limit at which somebody is nudged."""

from __future__ import annotations

from datetime import datetime

import pytest

from core.catalogue import Urgency
from core.deadlines import at_share, deadlines, due
from core.limits import Clock, Limits, Rule, Span, Unit
from core.worktime import CHINA, WorkCalendar
from tests.core.test_worktime import OFFICE, at

LIMITS = Limits(
    clocks={
        Urgency.P0: {
            Clock.FINISH: Rule("P0 finish", Span(24, Unit.HOURS)),
            Clock.SIGN: Rule("P0 sign", Span(10, Unit.MINUTES)),
        },
        Urgency.P2: {
            Clock.SIGN: Rule("P2 sign", Span(2, Unit.WORKING_HOURS)),
            Clock.CONTACT: Rule("P2 contact", Span(1, Unit.WORKING_DAYS)),
            Clock.FINISH: Rule("P2 finish", Span(5, Unit.WORKING_DAYS), cap=Span(7, Unit.DAYS)),
        },
    }
)


def said(moment: datetime) -> str:
    return moment.astimezone(CHINA).strftime("%m-%d %H:%M")


def clocks(urgency: Urgency, dispatched: str) -> dict[Clock, str]:
    found = deadlines(LIMITS, OFFICE, urgency, at(dispatched))
    return {clock: said(moment) for clock, moment in found.items()}


def test_an_emergency_runs_through_the_night():
    assert clocks(Urgency.P0, "2026-10-01 23:55") == {
        Clock.SIGN: "10-02 00:05",
        Clock.FINISH: "10-02 23:55",
    }


def test_an_ordinary_call_waits_for_the_office_and_has_no_clock_that_its_rules_do_not_name():
    assert clocks(Urgency.P2, "2026-06-08 16:30") == {
        Clock.SIGN: "06-09 09:30",
        Clock.CONTACT: "06-09 16:30",
        Clock.FINISH: "06-15 16:30",
    }


def test_over_a_long_holiday_the_cap_comes_first():
    assert clocks(Urgency.P2, "2026-09-30 10:00")[Clock.FINISH] == "10-07 10:00"


def test_an_urgency_without_rules_has_no_clocks():
    assert clocks(Urgency.P4, "2026-06-10 10:00") == {}


@pytest.mark.parametrize(
    ("span", "share", "moment"),
    [
        (Span(24, Unit.HOURS), 0.5, "06-12 22:00"),
        (Span(10, Unit.WORKING_HOURS), 0.8, "06-15 11:00"),
        (Span(5, Unit.WORKING_DAYS), 0.8, "06-18 10:00"),
        (Span(5, Unit.WORKING_DAYS), 1.0, "06-19 10:00"),
        (Span(5, Unit.WORKING_DAYS), 1.2, "06-22 10:00"),
    ],
)
def test_a_share_of_a_limit_is_counted_in_the_time_of_the_limit(
    span: Span, share: float, moment: str
):
    moment_used_up = at_share(WorkCalendar(), span, at("2026-06-12 10:00"), share)

    assert said(moment_used_up) == moment


def test_the_share_of_a_capped_limit_is_the_earlier_of_both():
    rule = LIMITS.clocks[Urgency.P2][Clock.FINISH]

    assert said(due(OFFICE, rule, at("2026-09-30 10:00"), 0.5)) == "10-03 22:00"
