"""Whatever the clocks do, and however many tick: one nudge a slot, no silence, an end."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.core.playing import Stage, liwan, without
from tests.storms import tallying
from tests.storms.clockwork import DAY, HOUR, MINUTE, WRONG, Nudges, Weeks
from tests.storms.killing import SEED

CALLS = int(os.environ.get("CLOCK_CALLS", "8"))
SLOTS = int(os.environ.get("CLOCK_SLOTS", "60"))
KILLS = 20
RIGHT = timedelta()
AHEAD = {"six hours ahead": 6 * HOUR, "thirty days ahead": 30 * DAY}
FEW_CALLS, FEW_SLOTS, FEW_KILLS = 3, 12, 4
CHANGES = {
    "Europe/Berlin": datetime(2026, 3, 27, 9, tzinfo=UTC),
    "America/New_York": datetime(2026, 3, 6, 15, tzinfo=UTC),
}


async def passes(
    units, wrong: str, *, watches: int, kills: int, calls: int, slots: int, district=None, **more
):
    """What was wrong after weeks of this clock."""
    print(f"\nSEED={SEED}")  # noqa: T201 - to see the same weeks again
    tireless = without(district or liwan(), "calls_per_day")
    stage = await Stage(units, district=tireless, **more).set_up()
    weeks = Weeks(stage, wrong, watches, kills, slots, random.Random(SEED))
    await weeks.pass_(calls)
    nudges = await Nudges(units, stage).read()
    assert nudges.rows > calls
    found = {
        "I13 one nudge a slot": nudges.doubled(),
        "I13 no longer silence": nudges.gaps(2 * HOUR + 2 * MINUTE, AHEAD.get(wrong, RIGHT)),
        "I13 none after the end": await nudges.after_closing(),
    }
    for name, wrongs in found.items():
        tallying.count(name, nudges.rows, len(wrongs))
    return {name: wrongs for name, wrongs in found.items() if wrongs}


@pytest.mark.parametrize("wrong", WRONG)
async def test_a_clock_gone_wrong_doubles_and_forgets_nothing(sqlite_store, wrong):
    found = await passes(
        sqlite_store, wrong, watches=3, kills=FEW_KILLS, calls=FEW_CALLS, slots=FEW_SLOTS
    )

    assert found == {}


@pytest.mark.storm
@pytest.mark.parametrize("kills", [0, KILLS])
@pytest.mark.parametrize("watches", [1, 3])
@pytest.mark.parametrize("wrong", WRONG)
async def test_weeks_of_wrong_clocks_double_and_forget_nothing(store, wrong, watches, kills):
    found = await passes(store, wrong, watches=watches, kills=kills, calls=CALLS, slots=SLOTS)

    assert found == {}


@pytest.mark.storm
@pytest.mark.parametrize("zone", CHANGES)
@pytest.mark.parametrize("wrong", WRONG)
async def test_a_change_to_summer_time_makes_no_difference(sqlite_store, wrong, zone):
    calendar = replace(liwan().calendar, zone=ZoneInfo(zone))
    found = await passes(
        sqlite_store,
        wrong,
        watches=3,
        kills=FEW_KILLS,
        calls=FEW_CALLS,
        slots=4 * FEW_SLOTS,
        now=CHANGES[zone],
        district=replace(liwan(), calendar=calendar),
    )

    assert found == {}
