"""Commands of the private chat."""

from __future__ import annotations

import pytest

from core.people import Officer
from tests.bot.flows.visiting import Visitor
from tests.core.playing import LI, SU


async def test_help_is_short_and_names_the_commands(lin):
    shown = await lin.says("/help")

    assert all(command in shown.text for command in ("/call", "/mycalls", "/cancel"))
    assert "经办人" not in shown.text


async def test_an_officer_is_told_where_to_work(lin):
    officer = Visitor(LI, units=lin.units)

    shown = await officer.says("/help")

    assert "您是逢源北社区的经办人" in shown.text


async def test_an_administrator_is_told_the_administrators_commands(lin):
    shown = await Visitor(SU, units=lin.units).says("/help")

    assert "/admin" in shown.text


@pytest.mark.parametrize("code", ["440103", "440103006", "BM16"])
async def test_only_communities_have_notice_boards(lin, code):
    shown = await lin.says(f"/start place_{code}")

    assert "这个链接用不了" in shown.text


async def test_the_notice_boards_link_places_the_call_being_raised(lin):
    await lin.says("我家楼下的路灯坏了三天，晚上很黑")

    await lin.says("/start place_440103006114")
    shown = await lin.taps("路灯不亮", "没有")

    assert lin.talk.draft["pieces"]
    assert "说明几点" in shown.text


async def test_a_newcomer_may_come_by_the_notice_board(newcomer):
    await newcomer.says("/start place_440103006114")

    shown = await newcomer.taps("同意并继续")

    assert "逢源北社区" in shown.text


async def test_an_officer_may_raise_a_call_like_anybody(lin):
    officer = Visitor(LI, units=lin.units, now=lin.now)
    async with lin.units.begin() as work:
        await work.people.save_officer(Officer(LI.account, "440103006114", LI.name))

    shown = await officer.says("我家楼下的路灯坏了三天，晚上很黑")

    assert "同意并继续" in shown.labels
