"""A call goes up, comes down, goes elsewhere, comes back: what agencies do among themselves."""

from __future__ import annotations

import pytest

from core.lifecycle import Outcome
from tests.journeys import duty, telling
from tests.journeys.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_call_goes_up_through_three_levels_and_every_answer_is_rated_by_its_caller(
    town: Town,
) -> None:
    he = await town.resident("何小姐")
    li, liang, tan = [await town.officer(name) for name in ("李敏", "梁静", "谭勇")]

    number = await he.raises("路口的路灯不亮，电线也断了")
    await li.takes(number)
    await li.replies_to_card(number, "我们先来看看。")
    await li.calls_up(number, to="逢源街道", after="线断在杆上，社区没有登高车。")
    await he.sees(number, "已呼叫【逢源街道】")
    await liang.card(number, "逢源北社区上呼", "没有登高车")
    await liang.takes(number)
    await liang.calls_up(
        number, to="区照明管理所", after="街道的车也够不着。", whistle="工作推进哨"
    )
    await tan.card(number, "逢源街道上呼", "够不着")
    await tan.takes(number)
    await tan.resolves(number, "线已接好，灯亮了。")

    await liang.hears(number, "请您评价", "线已接好")
    assert "谢谢" in (await liang.rates(number, telling.SOLVED, "5⭐")).text
    await tan.card(number, duty.CLOSED, "⭐⭐⭐⭐⭐")
    await liang.resolves(number, "照明所已接好线。")
    await li.hears(number, "请您评价", "照明所已接好线")
    assert "谢谢" in (await li.rates(number, telling.PARTLY, "4⭐")).text
    await liang.card(number, duty.CLOSED, "部分解决")
    await li.hears(number, "上呼【逢源街道】的一件已结案")
    await li.resolves(number, "灯亮了，让您久等。")
    await he.sees(number, "请您评价", "让您久等")
    await he.rates(number, telling.SOLVED, telling.GOOD)
    await li.card(number, duty.CLOSED)

    legs = (await town.record(number)).legs
    assert [leg.agency.short_name for leg in legs] == ["逢源北社区", "逢源街道", "区照明管理所"]
    assert [leg.ratings[-1].stars for leg in legs] == [4, 4, 5]
    assert not any(leg.leg.open for leg in legs)
    assert "登高车" not in await he.heard()


async def test_a_parent_is_not_resolved_while_the_level_above_is_at_it(town: Town) -> None:
    he = await town.resident("何小姐")
    li, liang = await town.officer("李敏"), await town.officer("梁静")
    number = await he.raises("路灯坏了一排")
    await li.takes(number)
    await li.calls_up(number, to="逢源街道", after="社区修不了。")

    card = await li.card(number, "已上呼【逢源街道】")

    assert duty.RESOLVE not in card.buttons
    assert duty.CALL_UP not in card.buttons
    assert duty.TAKE in (await liang.card(number)).buttons


async def test_a_return_is_agreed_and_the_other_agency_takes_over(town: Town) -> None:
    lin = await town.resident()
    li, liang, tan = [await town.officer(name) for name in ("李敏", "梁静", "谭勇")]
    number = await lin.raises("马路上的路灯不亮")
    await li.takes(number)

    told = await li.returns(
        number, ground="权属在别的单位", to="区照明管理所", why="这盏灯在市政道路上。"
    )
    assert "逢源街道" in told.text
    await liang.card(number, "退单审核中", "建议改派【区照明管理所】")
    await liang.hears(number, "这盏灯在市政道路上")
    assert "已同意" in (await liang.taps_card(number, duty.AGREE)).text
    await li.hears(number, "同意改派")
    await lin.sees(number, "已转由【区照明管理所】办理", earlier=True)
    await tan.takes(number)
    await tan.resolves(number, "灯修好了。")
    await lin.sees(number, "请您评价", "灯修好了", earlier=True)
    await lin.rates(number)
    await tan.card(number, duty.CLOSED)

    first, second = (await town.record(number)).legs
    assert first.leg.outcome is Outcome.MISDISPATCH
    assert second.leg.outcome is Outcome.SOLVED
    assert "退单" not in await lin.heard()


async def test_a_return_is_declined_and_there_is_no_second_one(town: Town) -> None:
    lin = await town.resident()
    li, liang = await town.officer("李敏"), await town.officer("梁静")
    number = await lin.raises("楼道里的路灯不亮")
    await li.takes(number)
    await li.returns(number, ground="不是本单位职责", to="区照明管理所", why="不归我们。")

    assert "仍由原单位" in (await liang.taps_card(number, duty.DECLINE)).text
    await li.hears(number, "退单未获同意", "仍由【逢源北社区】办理")
    card = await li.card(number, duty.AT_WORK)

    assert duty.RETURN not in card.buttons
    assert duty.RESOLVE in card.buttons


async def test_an_unsolved_answer_comes_back_as_rework_and_is_then_solved(town: Town) -> None:
    lin, li = await town.resident(), await town.officer("李敏")
    number = await lin.raises("花坛边的路灯不亮")
    await li.takes(number)
    await li.resolves(number, "换好了。")
    await lin.sees(number, "请您评价")
    before = (await town.record(number)).main.leg.finish_due

    await lin.wants_rework(number, "还是不亮，换的灯泡也坏了")
    await li.hears(number, "未解决", "要求重办（第 1 次）", "换的灯泡也坏了")
    card = await li.card(number, duty.AT_WORK, "第 1 次重办")
    after = (await town.record(number)).main.leg.finish_due
    await li.resolves(number, "线路也修了，亮了。")
    await lin.sees(number, "请您评价", "线路也修了")
    await lin.rates(number)
    await li.card(number, duty.CLOSED, "已解决")

    assert duty.RESOLVE in card.buttons
    assert before is not None and after is not None and after < before
    assert (await town.record(number)).main.leg.rework == 1
