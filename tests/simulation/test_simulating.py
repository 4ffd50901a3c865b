"""A district tries its rules: the same seed, the same report; other rules, other figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from bot.office.simulated import compared, lines, report, side_by_side
from bot.office.simulated_charts import write
from core.catalogue import Urgency
from core.district import District
from core.limits import Clock
from simulation.behaviour import USUAL, BadBehaviour, read
from simulation.books import books_of
from simulation.changing import BadChange, changed
from simulation.result import Result, result_of
from simulation.running import Scenario, Simulation
from storage.engine import open_store
from storage.memory import MemoryUnits
from tests.core.playing import liwan

RUNS = count()
DAY = Scenario(date(2026, 6, 15), 1, calls_a_year=5_000)


async def lived(folder: Path, district: District, scenario: Scenario = DAY) -> Result:
    """What a run on a new SQLite file comes to; everything that is told counts as told."""
    store = open_store(str(folder / f"{next(RUNS)}.db"))
    await store.upgrade()
    simulation = Simulation(district, read(), scenario, store, lambda party, action: True)
    await simulation.run()
    await store.close()
    return come_to(simulation)


def come_to(simulation: Simulation) -> Result:
    return result_of([books_of(simulation)], simulation.district, simulation.scenario)


def stricter(district: District, told: str) -> District:
    return replace(district, limits=changed(district.limits, told))


async def test_the_same_seed_gives_the_same_report_to_the_byte(tmp_path):
    first, second = await lived(tmp_path, liwan()), await lived(tmp_path, liwan())

    assert report(first, liwan()).encode() == report(second, liwan()).encode()
    assert first.calls > 5


async def test_memory_and_a_database_give_the_same_report(tmp_path):
    units = MemoryUnits(apart=True)
    simulation = Simulation(liwan(), read(), DAY, units, lambda party, action: True)
    await simulation.run()

    assert come_to(simulation) == await lived(tmp_path, liwan())


async def test_another_seed_is_another_day(tmp_path):
    first = await lived(tmp_path, liwan())
    second = await lived(tmp_path, liwan(), replace(DAY, seed=2))

    assert first != second


async def test_a_shorter_limit_is_missed_more_often_by_the_same_people(tmp_path):
    now = await lived(tmp_path, liwan())
    then = await lived(tmp_path, stricter(liwan(), "P2 sign=0.5wh"))

    assert then.calls == now.calls
    assert sum(one.kept for one in then.agencies) < sum(one.kept for one in now.agencies)
    assert "签收" in side_by_side([*lines(now, liwan())], [*lines(then, liwan())])


async def test_a_card_is_posted_once_and_edited_afterwards(tmp_path):
    result = await lived(tmp_path, liwan())

    assert result.edits > 0
    assert result.posts + result.edits == result.busiest_day[1]


async def test_nothing_changes_where_the_rules_stay(tmp_path):
    told = [*lines(await lived(tmp_path, liwan()), liwan())]

    assert side_by_side(told, told) == "改后的规则没有带来任何不同。\n"
    assert all(line.figure == figure for line, figure in compared(told, told))


def test_a_limit_is_changed_by_a_word():
    rule = changed(liwan().limits, "P2 finish=3wd").clocks[Urgency.P2][Clock.FINISH]

    assert (rule.span.amount, rule.span.unit.value, rule.cap) == (3, "wd", None)


@pytest.mark.parametrize("told", ["P9 finish=3wd", "P2 finish", "P2 lunch=3wd", "P2 sign=wh"])
def test_a_change_nobody_can_read_is_refused(told: str):
    with pytest.raises(BadChange):
        changed(liwan().limits, told)


def test_a_district_sets_one_habit_and_keeps_the_others(tmp_path: Path):
    file = tmp_path / "habits.toml"
    file.write_text("[shares]\nreturn = 0.2\n", encoding="utf-8")

    assert read(file).shares["return"] == 0.2
    assert read(file).calls == read().calls


@pytest.mark.parametrize("told", ["[shares]\nreturn = 7", "[delays.sign]\nP0 = [1, 1]", "calls ="])
def test_a_habit_that_cannot_be_is_named(tmp_path: Path, told: str):
    file = tmp_path / "habits.toml"
    file.write_text(told, encoding="utf-8")

    with pytest.raises(BadBehaviour):
        read(file)


def test_the_usual_habits_speak_of_items_the_example_has():
    assert set(read(USUAL).items) == set(liwan().catalogue.by_code)


async def test_what_was_late_is_told_day_by_day(tmp_path):
    result = await lived(tmp_path, liwan())

    assert list(result.late) == [date(2026, 6, 15)]
    assert sum(result.late.values()) == sum(one.owed - one.kept for one in result.agencies)


async def test_the_busiest_group_is_told_first_hour_by_hour(tmp_path):
    result = await lived(tmp_path, liwan())
    busiest, hours = next(iter(result.crowded.items()))

    assert busiest == result.busiest_group[0]
    assert len(hours) == 24
    assert max(map(max, result.crowded.values())) == result.hours.most


async def test_two_runs_are_drawn_side_by_side(tmp_path):
    results = [await lived(tmp_path, one) for one in (liwan(), stricter(liwan(), "P2 sign=0.5wh"))]

    alone = write(tmp_path / "now", results[:1], liwan())
    both = write(tmp_path / "both", results, liwan())

    assert [file.name for file in alone] == ["nudges.png", "late.png", "messages.png"]
    assert [file.name for file in both][-1] == "compared.png"
    assert all(file.read_bytes().startswith(b"\x89PNG") for file in (*alone, *both))
