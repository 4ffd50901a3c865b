"""The rules in force: swapped between steps, at their instant, never half."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.in_force import InForce, opened
from core.limits import Clock, Unit
from core.minute import Minute
from core.mistakes import SheetMistakes
from core.sheet_versions import SheetVersion
from storage.sheets import Over
from tests.core.playing import EXAMPLE, LAMP, MONDAY, Stage
from tests.fakes import MemoryUnits

RULES, CATALOGUE = "rules.csv", "catalogue.csv"
SECOND = timedelta(seconds=1)


@pytest.fixture
def units():
    return MemoryUnits()


def sheet(name: str, *changed: tuple[str, str]) -> str:
    """The sheet of the example district with these words changed."""
    text = (EXAMPLE / name).read_text("utf-8-sig")
    for before, after in changed:
        assert before in text
        text = text.replace(before, after)
    return text


async def decided(units, text, *, name=RULES, since=MONDAY, number=1):
    """Somebody made a new version."""
    async with units.begin() as work:
        await work.sheets.add(
            SheetVersion(name, number, text, since, 3001, "苏晴", "", since, None)
        )


def finishing(rules: InForce) -> tuple[float, Unit]:
    span = rules.district.limits.clocks["P2"][Clock.FINISH].span
    return span.amount, span.unit


STRICTER = sheet(RULES, ("P2 办结,5,", "P2 办结,3,"))


async def stepped(rules, units, now):
    async with units.begin() as work:
        return await rules.step(work, now)


async def test_a_step_begins_under_the_rules_another_process_made_a_minute_ago(units):
    rules = await opened(units, Over(EXAMPLE), MONDAY)
    await stepped(rules, units, MONDAY)
    await decided(units, STRICTER)

    assert (await stepped(rules, units, MONDAY + 59 * SECOND)).limits is rules.district.limits
    assert finishing(rules)[0] == 5
    await stepped(rules, units, MONDAY + 60 * SECOND)
    assert finishing(rules)[0] == 3


async def test_the_process_that_changed_the_rules_does_not_wait_a_minute(units):
    rules = await opened(units, Over(EXAMPLE), MONDAY)
    await stepped(rules, units, MONDAY)
    await decided(units, STRICTER)
    rules.look_again()

    await stepped(rules, units, MONDAY + SECOND)
    assert finishing(rules)[0] == 3


async def test_a_planned_version_counts_from_its_very_instant(units):
    await decided(units, STRICTER, since=MONDAY + 10 * SECOND)
    rules = await opened(units, Over(EXAMPLE), MONDAY)

    await stepped(rules, units, MONDAY + 9 * SECOND)
    assert finishing(rules)[0] == 5
    await stepped(rules, units, MONDAY + 10 * SECOND)
    assert finishing(rules)[0] == 3


async def test_a_process_begins_under_the_rules_in_force_not_under_the_folder(units):
    await decided(units, STRICTER)

    assert finishing(await opened(units, Over(EXAMPLE), MONDAY))[0] == 3


async def test_a_clock_set_back_is_looked_at_again(units):
    await decided(units, STRICTER, since=MONDAY + SECOND)
    rules = await opened(units, Over(EXAMPLE), MONDAY)
    await stepped(rules, units, MONDAY + SECOND)

    await stepped(rules, units, MONDAY)
    assert finishing(rules)[0] == 5


async def test_what_residents_are_suggested_follows_the_catalogue(units):
    rules = await opened(units, Over(EXAMPLE), MONDAY)
    before = rules.guide
    renamed = sheet(CATALOGUE, (",路灯不亮,路灯不亮", ",路灯不亮,萤火虫不亮、路灯不亮"))
    await decided(units, STRICTER)
    await stepped(rules, units, MONDAY)
    assert rules.guide is before

    await decided(units, renamed, name=CATALOGUE)
    await stepped(rules, units, MONDAY + 60 * SECOND)
    assert rules.guide is not before
    assert rules.guide.suggest("萤火虫不亮", 1)[0].code == LAMP


async def test_sheets_that_no_longer_fit_together_stop_nobodys_work(units):
    rules = await opened(units, Over(EXAMPLE), MONDAY)
    await decided(units, sheet(RULES, ("P2 办结,5,", "P2 办结,五,")))

    district = await stepped(rules, units, MONDAY)
    assert district.limits.clocks["P2"][Clock.FINISH].span.amount == 5
    assert rules.mistakes is not None
    with pytest.raises(SheetMistakes):
        await opened(units, Over(EXAMPLE), MONDAY)

    await decided(units, STRICTER, number=2)
    await stepped(rules, units, MONDAY + 60 * SECOND)
    assert rules.mistakes is None
    assert finishing(rules)[0] == 3


async def test_what_is_on_its_way_keeps_its_limits_and_what_comes_gets_the_new_ones(units):
    stage = await Stage(units).set_up()
    first = await stage.leg(await stage.raised())
    rules = await opened(units, Over(EXAMPLE), MONDAY)
    await decided(units, STRICTER)
    await Minute(units, rules).tick(MONDAY + 60 * SECOND)

    stage.district = rules.district
    second = await stage.leg(await stage.raised(draft="draft-2"))
    assert (await stage.leg(await stage.raised())).finish_due == first.finish_due
    assert second.finish_due == first.finish_due - timedelta(days=4)


async def test_a_district_nobody_reads_anew_never_asks_the_store(units):
    rules = InForce(Stage(units).district)

    rules.look_again()
    assert await rules.step(None, MONDAY) is rules.district  # type: ignore[arg-type]
