"""Days pass and nobody does anything: who is reminded, what callers hear, what boards say."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count

import pytest

from tests.journeys import duty
from tests.journeys.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="module")
MINUTE, HOUR, DAY = 60, 3600, 86_400
MONDAY = datetime.fromisoformat("2026-07-06T09:30:00+08:00")
WEEKS = count()


async def _on_a_monday(town: Town) -> datetime:
    """A new working week, 9:30 in the morning, later than everything before."""
    monday = MONDAY + timedelta(weeks=4 * next(WEEKS))
    await town.sandbox.clock_to(monday.isoformat())
    return monday


async def test_a_caller_hears_that_it_goes_on_then_sorry_with_a_new_date(town: Town) -> None:
    await _on_a_monday(town)
    lin, li = await town.resident(), await town.officer("李敏")
    number = await lin.raises("塔边的路灯不亮")
    await li.takes(number)
    await li.replies_to_card(number, "已报修，等材料。")

    await town.sandbox.forward(3 * DAY + HOUR)
    warm = await lin.sees(number, "还在办理", "下一步")
    await town.sandbox.forward(5 * DAY)
    sorry = await lin.sees(number, "对不起", "最迟", earlier=True)

    assert "【逢源北社区】" in warm.text
    assert "李敏" not in warm.text + sorry.text


async def test_nobody_signs_in_an_emergency_and_one_after_the_other_is_called(town: Town) -> None:
    await _on_a_monday(town)
    lin, li = await town.resident(), await town.officer("李敏")
    zhou = await town.officer("周强")
    number = await lin.raises("电线掉下来了", danger=True)
    await li.card(number, duty.WAITING)

    await town.sandbox.forward(6 * MINUTE)
    first = await li.hears(number, "还没有人签收", "请马上签收")
    await town.sandbox.forward(6 * MINUTE)
    await zhou.sees(number, "办理群")
    await town.sandbox.forward(6 * MINUTE)
    await li.hears(number, "还没有人签收", "电话")

    assert "🚨" in first.text


async def test_in_the_morning_the_street_reads_what_is_late_below_and_opens_its_own(
    town: Town,
) -> None:
    monday = await _on_a_monday(town)
    lin, li = await town.resident(), await town.officer("李敏")
    liang = await town.officer("梁静")
    number = await lin.raises("街口的路灯不亮")
    await li.card(number, duty.WAITING)

    nine = (monday + timedelta(days=1)).replace(hour=9, minute=0)
    await town.sandbox.clock_to(nine.isoformat())
    board = await li.hears("看板", "已逾期", number)
    below = await liang.hears("看板", "下级逾期", "逢源北社区", number)
    shown = await li.desk.taps(f"📄 {number.rpartition('-')[2]}", on=board)

    assert shown is not None
    assert "🔴" in below.text
