"""A resident's own data: seen, put right, taken along, erased by a tap within a minute (S12)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.flows.my_data import NAME
from core.outgoing import Kind
from tests.bot.flows.visiting import Visitor
from tests.core.playing import LIN, MONDAY, Stage

pytestmark = pytest.mark.security("S12")
assert NAME == "mydata"


async def _raised(lin: Visitor, **more):
    stage = Stage(lin.units)
    return await stage.raised(**more)


async def test_she_reads_what_is_kept_as_a_plain_list(lin: Visitor):
    await _raised(lin)

    await lin.says("/mydata")

    assert "称呼：林阿姨" in lin.sees.text
    assert "呼叫 1 件，其中在办 1 件" in lin.sees.text
    assert {"改称呼", "改电话", "导出全部", "删除全部"} <= set(lin.sees.labels)


async def test_she_is_called_as_she_asks_whatever_her_app_says(lin: Visitor):
    call = await _raised(lin)
    await lin.says("/mydata")
    await lin.taps("改称呼")
    await lin.says("林老师")
    assert "以后称呼您“林老师”" in lin.sees.text

    await lin.says("/mydata")

    assert "称呼：林老师" in lin.sees.text
    assert (await Stage(lin.units).call(call)).call.caller_name == "林老师"


async def test_a_new_number_goes_into_her_open_calls(lin: Visitor):
    call = await _raised(lin)
    await lin.says("/mydata")
    await lin.taps("改电话")
    await lin.says("不是号码")
    assert "不像内地的电话号码" in lin.sees.text

    await lin.says("138 1234 5678")

    assert (await Stage(lin.units).call(call)).call.phone == "+8613812345678"


async def test_her_file_is_owed_once_and_holds_nothing_until_it_is_sent(lin: Visitor):
    await _raised(lin)
    await lin.says("/mydata")

    await lin.taps("导出全部")

    async with lin.units.read() as work:
        rows = await work.outbox.claim(now=MONDAY, limit=50, busy=())
    (row,) = [row for row in rows if row.kind is Kind.EXPORT] or [
        one.row for one in lin.units.tables.outbox.values() if one.row.kind is Kind.EXPORT
    ]
    assert (row.lane, dict(row.payload)) == (LIN.account, {})


async def test_a_tap_within_a_minute_erases_everything(lin: Visitor):
    call = await _raised(lin)
    await lin.says("/mydata")
    await lin.taps("删除全部")
    assert "先撤回" in lin.sees.text

    await lin.taps("确定删除")

    assert "已删除您的全部信息" in lin.sees.text
    assert (await Stage(lin.units).call(call)).call.erased
    assert LIN.account not in lin.units.tables.residents


async def test_after_a_minute_nothing_is_erased_until_she_taps_again(lin: Visitor):
    call = await _raised(lin)
    await lin.says("/mydata")
    await lin.taps("删除全部")
    lin.now += timedelta(seconds=61)
    await lin.taps("确定删除")
    assert not (await Stage(lin.units).call(call)).call.erased

    await lin.taps("确定删除")

    assert (await Stage(lin.units).call(call)).call.erased


async def test_she_may_change_her_mind(lin: Visitor):
    call = await _raised(lin)
    await lin.says("/mydata")
    await lin.taps("删除全部")

    await lin.taps("不删了")

    assert "没有改动" in lin.sees.text
    assert not (await Stage(lin.units).call(call)).call.erased


async def test_whoever_erased_everything_is_asked_for_consent_again(lin: Visitor):
    await lin.says("/mydata")
    await lin.taps("删除全部")
    await lin.taps("确定删除")

    await lin.says("楼道灯坏了")

    assert "同意" in lin.sees.text or "同意" in "".join(lin.sees.labels)


async def test_what_she_was_about_to_say_is_forgotten_as_well(lin: Visitor):
    await lin.says("楼道灯坏了三天，我腿脚不好")
    await lin.says("/mydata")
    await lin.taps("删除全部")
    await lin.taps("确定删除")

    assert "已删除您的全部信息" in lin.sees.text
    assert LIN.account not in lin.units.tables.conversations
