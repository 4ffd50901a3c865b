"""Versions of sheets: which of them is in force at an instant, the same on every store."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.errors import NotFound, SheetMoved
from core.sheet_versions import SheetVersion
from tests.builders import NOON as NOW

RULES, DAY = "rules.csv", timedelta(days=1)


@pytest.fixture
async def sheets(units):
    async with units.begin() as work:
        yield work.sheets


def a_version(number: int = 1, **more) -> SheetVersion:
    facts = {"sheet": RULES, "text": f"第{number}版", "effective_from": NOW, "created_at": NOW}
    said = {"made_by": 3001, "made_by_name": "苏晴", "why": "按新规定"}
    return SheetVersion(**{**facts, **said, "version": number, **more})


async def test_a_sheet_nobody_changed_is_not_named(sheets):
    assert await sheets.in_force(NOW) == {}
    assert await sheets.last(RULES) == 0
    assert await sheets.next_change(NOW) is None


async def test_a_version_counts_from_its_instant_on(sheets):
    await sheets.add(a_version(1))
    await sheets.add(a_version(2, effective_from=NOW + DAY))

    assert await sheets.in_force(NOW + DAY - timedelta(microseconds=1)) == {RULES: 1}
    assert await sheets.in_force(NOW + DAY) == {RULES: 2}
    assert await sheets.next_change(NOW) == NOW + DAY
    assert await sheets.next_change(NOW + DAY) is None


async def test_what_took_effect_last_is_in_force_whenever_it_was_made(sheets):
    await sheets.add(a_version(1, effective_from=NOW))
    await sheets.add(a_version(2, effective_from=NOW + 2 * DAY))
    await sheets.add(a_version(3, effective_from=NOW + DAY))
    await sheets.add(a_version(4, effective_from=NOW + DAY))

    assert await sheets.in_force(NOW + DAY) == {RULES: 4}
    assert await sheets.in_force(NOW + 2 * DAY) == {RULES: 2}
    assert [each.version for each in await sheets.planned(NOW)] == [3, 4, 2]


async def test_every_sheet_has_its_own_versions(sheets):
    await sheets.add(a_version(1))
    await sheets.add(a_version(1, sheet="calendar.csv"))

    assert await sheets.in_force(NOW) == {RULES: 1, "calendar.csv": 1}


async def test_a_version_that_was_withdrawn_never_counts(sheets):
    await sheets.add(a_version(1))
    await sheets.add(a_version(2, effective_from=NOW + DAY))
    await sheets.withdraw(RULES, 2, at=NOW)

    assert await sheets.in_force(NOW + 2 * DAY) == {RULES: 1}
    assert await sheets.next_change(NOW) is None
    assert (await sheets.get(RULES, 2)).withdrawn_at == NOW


async def test_two_cannot_make_the_same_version(sheets):
    await sheets.add(a_version(1))

    with pytest.raises(SheetMoved):
        await sheets.add(a_version(1, text="另一份"))
    assert (await sheets.get(RULES, 1)).text == "第1版"


async def test_versions_are_listed_newest_first_and_given_back_as_they_were(sheets):
    for number in (1, 2, 3):
        await sheets.add(a_version(number, restores=number - 1 or None))

    assert await sheets.of(RULES, 2) == [a_version(3, restores=2), a_version(2, restores=1)]
    assert await sheets.last(RULES) == 3
    with pytest.raises(NotFound):
        await sheets.get(RULES, 4)
