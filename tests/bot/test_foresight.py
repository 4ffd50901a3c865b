"""Administrators and the district's group hear in time that next year's holidays are missing."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.foresight import Foresight
from bot.screens.easel import Easel
from core.worktime import CHINA
from tests.bot.group.room import TAPS
from tests.core.playing import CHATS, DISTRICT, SU, Stage, liwan

NOVEMBER = datetime(2026, 11, 2, 9, 1, tzinfo=CHINA)
NEW_YEAR = datetime(2027, 1, 1, 9, 1, tzinfo=CHINA)
DAY = timedelta(days=1)


@pytest.fixture
async def stage(units) -> Stage:
    return await Stage(units).set_up()


def foresight(stage: Stage, district=None) -> Foresight:
    easel = Easel(TAPS, "huying_bot", district or liwan())
    return Foresight(stage.units, easel, frozenset({SU.account or 0}))


async def said(stage: Stage, now: datetime) -> list[tuple[int, str]]:
    stage.now = now
    return [(row.lane, row.payload["params"]["text"]) for row in await stage.owed()]


@pytest.mark.conformance
async def test_from_november_on_whoever_can_mend_it_hears_it_once_a_week(stage):
    warned = [await foresight(stage).tick(NOVEMBER + n * DAY / 2) for n in range(14)]

    assert warned.count(True) == 1
    told = await said(stage, NOVEMBER + 7 * DAY)
    assert sorted(chat for chat, _ in told) == sorted([CHATS[DISTRICT], SU.account])
    assert all("2027 年" in text and "calendar.csv" in text for _, text in told)
    assert await foresight(stage).tick(NOVEMBER + 7 * DAY)


@pytest.mark.conformance
async def test_a_year_that_has_begun_without_holidays_is_loud_every_day(stage):
    for n in range(3):
        assert await foresight(stage).tick(NEW_YEAR + n * DAY)
        told = await said(stage, NEW_YEAR + n * DAY)
        assert len(told) == 2
        assert all(text.startswith("🔴 没有 2027 年") for _, text in told)


async def test_before_november_and_at_night_nothing_is_said(stage):
    assert not await foresight(stage).tick(NOVEMBER - DAY)
    assert not await foresight(stage).tick(NEW_YEAR + DAY / 2)
    assert await said(stage, NEW_YEAR) == []
