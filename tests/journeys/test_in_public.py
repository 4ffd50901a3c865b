"""The district's channel over HTTP: bound, told once a week, and a way from it to one call."""

from __future__ import annotations

import pytest

from tests.journeys.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="module")
CHANNEL, NEXT_MONDAY = "荔湾呼应", "2026-06-22T09:30:30+08:00"


async def test_the_public_reads_how_the_week_went_and_looks_one_call_up(town: Town) -> None:
    su, li = await town.known("苏晴"), await town.officer("李敏")
    lin, reader = await town.resident(), await town.resident("街坊")
    await su.starts()
    public = await town.sandbox.group(CHANNEL, creator=su, members=[reader], type="channel")
    await su.sees(f"我可以在频道“{CHANNEL}”里发消息了")
    await su.says("/channel 绑定")
    await su.sees(f"把“{CHANNEL}”作为公开频道")
    await su.taps("确认")
    await su.sees("✅ 公开频道是")
    number = await lin.raises("三巷口的路灯不亮")
    await li.takes(number)
    await li.resolves(number, "灯泡换好了。")
    await lin.rates(number)

    await town.sandbox.clock_to(NEXT_MONDAY)
    seat = reader.in_group(public)
    told = await seat.sees("荔湾区呼应周报", "大家反映不足 5 件")
    link = await seat.taps("🔎 按编号查进展", on=told)
    await reader.starts((link.url or "").partition("start=")[2])
    await reader.sees("请把编号发给我")
    await reader.says(number)
    shown = await reader.sees(number, "路灯不亮", "已解决", "灯泡换好了")

    for secret in ("林阿姨", "李敏", "三巷"):
        assert secret not in told.text + shown.text
