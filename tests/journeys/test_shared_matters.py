"""One lamp, many people; one matter, several agencies: told through the front door."""

from __future__ import annotations

import pytest

from core.lifecycle import Outcome
from tests.journeys import duty
from tests.journeys.duty import Officer
from tests.journeys.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="module")
SAME, MORE = "和这件一样", "⋯ 更多"
MERGE, NAME_LEAD = "🔗 并案", "⚖️ 指定主办"


async def turns_the_page(officer: Officer, number: str, button: str) -> None:
    """Open one of the rarer acts of a card."""
    await officer.taps_card(number, MORE)
    await officer.opens(number, button)


async def test_a_neighbour_stands_by_the_open_call_and_does_not_learn_whose_it_is(
    town: Town,
) -> None:
    lin, he = await town.resident(), await town.resident("何小姐")
    number = await lin.raises("楼下的路灯坏了", at="富力东社区")

    await he.says("我们楼下路灯也不亮，老人不敢出门")
    offered = await he.answers_until(SAME, at="富力东社区")
    await he.taps(SAME, on=offered)
    joined = await he.sees("已算上您的一份", number)

    record = await town.record(number)
    assert number in offered.text
    assert record.main.agency.name in joined.text
    assert record.call.supporters == 1
    assert "楼下的路灯坏了" not in await he.heard()


async def test_two_agencies_deny_it_and_the_district_names_who_answers(town: Town) -> None:
    lin = await town.resident()
    li, liang, tan, deng = [await town.officer(name) for name in ("李敏", "梁静", "谭勇", "邓洁")]
    number = await lin.raises("河边栏杆旁的路灯不亮")
    await li.returns(number, ground="权属在别的单位", to="区照明管理所", why="灯杆不归社区。")
    await liang.taps_card(number, duty.AGREE)
    await tan.returns(number, ground="权属在别的单位", to="荔湾供电局", why="是堤岸上的灯。")

    await lin.sees(number, "正由区里明确责任单位", earlier=True)
    await deng.hears(number, "第 2 次退单", "是堤岸上的灯")
    await deng.opens(number, NAME_LEAD)
    await deng.sees("指定哪个单位主办", number)
    await deng.taps("区照明管理所")
    await deng.sends_form("指定主办", "已指定【区照明管理所】主办", number)

    await lin.sees(number, "区里已明确由【区照明管理所】办理", earlier=True)
    card = await tan.card(number, duty.AT_WORK)
    assert duty.RETURN not in card.buttons
    await tan.resolves(number, "灯修好了。")
    await lin.sees(number, "请您评价", "灯修好了", earlier=True)
    await lin.rates(number)
    assert [one.leg.outcome for one in (await town.record(number)).legs] == [
        Outcome.MISDISPATCH,
        Outcome.SOLVED,
    ]


async def test_two_calls_become_one_and_the_second_caller_hears_of_the_first(town: Town) -> None:
    lin, he = await town.resident(), await town.resident("何小姐")
    li = await town.officer("李敏")
    main = await lin.raises("小巷口的路灯不亮")
    other = await he.raises("巷口那盏路灯坏了")

    await turns_the_page(li, other, MERGE)
    await li.sees("和哪一件是同一件事", other)
    await li.says(main)
    shown = await li.sees("这一件（并入后结案）", other, main)
    await li.taps("是同一件，并案")
    await li.sees("已并入", other, main)

    told = await he.sees(other, main, "同一件事")
    assert "小巷口的路灯不亮" in shown.text
    assert "巷口那盏路灯坏了" in shown.text
    assert told.buttons == ["不是同一件"]
    await li.takes(main)
    await he.sees(main, "已签收")
    assert "小巷口" not in await he.heard()
