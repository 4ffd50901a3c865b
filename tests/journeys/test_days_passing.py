"""Time passes: agencies are reminded until a call is closed, residents are asked to rate."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count

import pytest

from core.lifecycle import Outcome, Status
from tests.journeys import duty, telling
from tests.journeys.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="module")
MINUTE, HOUR, DAY = 60, 3600, 86_400
MONDAY = datetime.fromisoformat("2026-06-22T09:30:00+08:00")
WEEKS = count()


async def test_a_call_nobody_signs_is_nudged_harder_and_harder_until_somebody_does(
    town: Town,
) -> None:
    await _on_a_monday(town)
    lin, li = await town.resident(), await town.officer("李敏")
    number = await lin.raises("亭子里的路灯不亮")
    await li.card(number, duty.WAITING)

    await town.sandbox.forward(97 * MINUTE)
    near = await li.hears(number, "快到时限", "签收", "李敏")
    early = await li.card(number)
    await town.sandbox.forward(40 * MINUTE)
    yellow = await li.hears(number, "还没有签收", "超过时限", "李敏", "周强")
    late = await li.card(number, "🟡 签收逾期")
    await town.sandbox.forward(24 * MINUTE)
    await li.hears(number, "还没有签收", "严重超过时限", "负责人")
    await li.card(number, "🔴 签收严重逾期")
    await town.sandbox.forward(DAY)
    await li.hears(number, "联系呼叫人", "严重超过时限", "请先签收")
    await li.takes(number)

    assert {mention["user"]["id"] for mention in near.raw["entities"]} == {2001}
    assert {mention["user"]["id"] for mention in yellow.raw["entities"]} == {2001, 2002}
    assert "逾期" not in early.text
    assert duty.TAKE in late.buttons


async def test_whoever_signed_is_reminded_to_call_and_to_finish_and_never_after_closing(
    town: Town,
) -> None:
    await _on_a_monday(town)
    lin, li = await town.resident(), await town.officer("李敏")
    number = await lin.raises("桥边的路灯不亮")
    await li.takes(number)

    await town.sandbox.forward(DAY + HOUR)
    await li.hears(number, "联系呼叫人", "超过时限")
    await li.replies_to_card(number, "明天上午来修。")
    await town.sandbox.forward(8 * DAY)
    await li.hears(number, "办结", "超过时限")
    await town.sandbox.forward(DAY)
    await li.hears(number, "仍未办结")
    await li.resolves(number, "修好了。")
    await lin.sees(number, "请您评价", earlier=True)
    await lin.rates(number)
    await li.hears(number, "呼叫人评价")
    silent = len(await _about(li, number))
    other = await lin.raises("桥头的路灯不亮")
    await li.card(other)
    await town.sandbox.forward(3 * DAY)
    await li.hears(other, "超过时限")

    assert len(await _about(li, number)) == silent


async def test_who_does_not_rate_is_asked_on_day_three_and_closed_on_day_seven_and_may_rate_late(
    town: Town,
) -> None:
    await _on_a_monday(town)
    lin, li = await town.resident(), await town.officer("李敏")
    number = await lin.raises("塔下的路灯不亮")
    await li.takes(number)
    await li.resolves(number, "修好了。")
    await lin.sees(number, "请您评价", earlier=True)

    await town.sandbox.forward(3 * DAY + HOUR)
    await lin.sees(number, "还在等您的评价")
    await town.sandbox.forward(4 * DAY + HOUR)
    lapsed = await lin.sees(number, "没有等到您的评价", "补评")
    await li.card(number, duty.CLOSED, "未评价")
    between = (await town.record(number)).main.leg
    await lin.rates(number, telling.PARTLY, telling.GOOD)
    await li.hears(number, "补评", "部分解决", "⭐⭐⭐⭐")

    assert telling.SOLVED in lapsed.buttons
    assert between.outcome is Outcome.UNRATED
    assert [one.stars for one in (await town.record(number)).main.ratings] == [4]


async def test_a_return_nobody_decides_stays_with_who_had_it(town: Town) -> None:
    await _on_a_monday(town)
    lin, li, liang = await town.resident(), await town.officer("李敏"), await town.officer("梁静")
    number = await lin.raises("码头的路灯不亮")
    await li.takes(number)
    await li.returns(number, ground="不在本辖区", to="区照明管理所", why="不是我们这边。")
    await liang.card(number, "退单审核中")

    await town.sandbox.forward(7 * HOUR)

    await li.hears(number, "视为不同意", "仍由【逢源北社区】办理")
    await liang.hears(number, "视为不同意")
    assert (await town.record(number)).main.leg.status is Status.IN_PROGRESS


async def test_a_draft_of_yesterday_is_gone_and_its_button_says_so(town: Town) -> None:
    await _on_a_monday(town)
    lin = await town.resident()
    await lin.says("湖边的路灯不亮")
    asked = await lin.answers_until(telling.NO_DANGER)

    await town.sandbox.forward(DAY + HOUR)
    told = await lin.taps(telling.NO_DANGER, on=asked)

    assert "已经结束" in told.text
    assert await town.calls_of(lin) == ()


async def _on_a_monday(town: Town) -> None:
    """A new working week, 9:30 in the morning, later than everything before."""
    monday = MONDAY + timedelta(weeks=4 * next(WEEKS))
    await town.sandbox.clock_to(monday.isoformat())


async def _about(officer: duty.Officer, number: str) -> list[str]:
    shown = await officer.group.messages()
    return [one.text for one in shown if number in one.text]
