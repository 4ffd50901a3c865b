"""A caller takes back their own words, from the screen of the call."""

from __future__ import annotations

from core.redacting import GONE
from tests.core.playing import LIN, words


async def test_the_first_words_are_taken_back_in_three_taps(lin):
    call = await lin.raised()
    await lin.says("/mycalls")
    await lin.taps("路灯不亮", "撤下我说过的话")
    assert "您也收不回来" in lin.sees.text

    await lin.taps("楼下的路灯不亮")
    assert "撤下" in lin.sees.text
    shown = await lin.taps("确定撤下")

    assert f"已撤下，{call.number}" in shown.text
    assert lin.calls[0].pieces[0] == GONE


async def test_what_was_added_later_is_taken_back_and_the_timeline_says_so(lin):
    await lin.raised()
    leg = (await lin.view()).main.leg
    async with lin.desk() as desk:
        await desk.add(leg.id, words("三零七的王叔也这么说"), by=LIN, now=lin.now)
    await lin.says("/mycalls")

    await lin.taps("路灯不亮", "撤下我说过的话", "三零七的王叔", "确定撤下")
    await lin.says("/mycalls")
    shown = await lin.taps("路灯不亮")

    assert "三零七" not in shown.text
    assert "您补充：（已撤下）" in shown.text
    assert "您撤下了一段话" in shown.text


async def test_where_nothing_is_left_it_says_so(lin):
    await lin.raised()
    await lin.says("/mycalls")
    await lin.taps("路灯不亮", "撤下我说过的话", "楼下的路灯不亮", "确定撤下")
    await lin.says("/mycalls")

    shown = await lin.taps("路灯不亮", "撤下我说过的话")

    assert "没有可以撤下的话了" in shown.text
