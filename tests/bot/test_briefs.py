"""On working mornings the district and its streets are told how it went, unasked and once."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest

from bot.briefs import Briefs
from bot.screens.easel import Easel
from core.briefs import brief_period
from core.errors import StoreLost
from core.periods import Period, Stretch
from core.ports import Units
from core.worktime import CHINA
from storage.sheets import Over
from tests.bot.group.room import TAPS
from tests.core.playing import CHATS, DISTRICT, EXAMPLE, STREET, Stage, liwan

MONDAY, TUESDAY = (datetime(2026, 6, day, 9, 30, tzinfo=CHINA) for day in (15, 16))
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
async def stage(units) -> Stage:
    """A call was raised on Monday; on every store."""
    stage = await Stage(units).set_up()
    await stage.raised()
    await stage.owed()
    return stage


@dataclass
class Losing:
    """A store that is lost once, at the end of a transaction."""

    units: Units
    lost: bool = False

    def read(self):
        return self.units.read()

    @asynccontextmanager
    async def begin(self):
        async with self.units.begin() as work:
            yield work
            if not self.lost:
                self.lost = True
                raise StoreLost


async def briefed(stage: Stage, now: datetime, by: Briefs | None = None) -> int:
    return await (by or Briefs(stage.units)).tick(now, Easel(TAPS, "huying_bot", stage.district))


async def said(stage: Stage, now: datetime) -> dict[int, str]:
    stage.now = now
    return {row.lane: row.payload["params"]["text"] for row in await stage.owed()}


async def test_the_day_before_is_told_to_the_district_and_to_the_street(stage):
    assert await briefed(stage, TUESDAY) == 2

    told = await said(stage, TUESDAY)

    assert set(told) == {CHATS[DISTRICT], CHATS[STREET]}
    assert told[CHATS[STREET]].startswith("📋 日报 · 逢源街道 · 昨天（6月15日）\n呼叫 1 件")
    assert told[CHATS[STREET]].endswith("图表和各单位情况：/stats")


async def test_it_is_told_once_however_many_tick(stage):
    both = Briefs(stage.units), Briefs(stage.units)

    counts = [await briefed(stage, TUESDAY + n * MINUTE, by) for n in range(3) for by in both]

    assert counts == [2, 0, 0, 0, 0, 0]


async def test_a_brief_that_the_database_refused_is_told_a_minute_later(stage):
    briefs = Briefs(Losing(stage.units))
    with pytest.raises(StoreLost):
        await briefed(stage, TUESDAY, briefs)

    assert await briefed(stage, TUESDAY + MINUTE, briefs) == 2
    assert set(await said(stage, TUESDAY + MINUTE)) == {CHATS[DISTRICT], CHATS[STREET]}


async def test_on_monday_it_is_of_the_week_before(stage):
    await briefed(stage, MONDAY + 7 * DAY)

    told = await said(stage, MONDAY + 7 * DAY)

    assert told[CHATS[DISTRICT]].startswith("📋 周报 · 荔湾区 · 上周（6月15日—6月21日）")


@pytest.mark.parametrize(
    "now", [TUESDAY - MINUTE, TUESDAY + 2 * HOUR, TUESDAY + 4 * DAY, TUESDAY + 12 * HOUR]
)
async def test_before_and_long_after_and_at_weekends_nothing_is_told(stage, now: datetime):
    assert await briefed(stage, now) == 0


async def test_a_street_without_calls_is_left_alone(units):
    stage = await Stage(units).set_up()

    assert await briefed(stage, TUESDAY) == 0


async def test_a_street_may_be_without_it(stage):
    stage.district = Over(EXAMPLE)({"features.csv": "功能,街道,状态\n简报,逢源街道,关"})
    await briefed(stage, TUESDAY)

    assert set(await said(stage, TUESDAY)) == {CHATS[DISTRICT]}


@pytest.mark.parametrize(
    ("today", "stretch", "first", "last"),
    [
        (date(2026, 6, 16), Stretch.YESTERDAY, date(2026, 6, 15), date(2026, 6, 15)),
        (date(2026, 6, 15), Stretch.LAST_WEEK, date(2026, 6, 8), date(2026, 6, 14)),
        (date(2026, 5, 6), Stretch.LAST_WEEK, date(2026, 4, 27), date(2026, 5, 3)),
        (date(2026, 6, 22), Stretch.LAST_WEEK, date(2026, 6, 15), date(2026, 6, 21)),
    ],
)
def test_no_day_is_left_out(today: date, stretch: Stretch, first: date, last: date):
    assert brief_period(today, liwan().calendar) == Period(stretch, first, last)
