"""An old problem gets a plan: asked for in private, agreed to in two groups, kept in a third."""

from __future__ import annotations

from datetime import timedelta

from core.lifecycle import Status
from tests.bot.group.room import Room
from tests.core.playing import CHATS, COMMUNITY, DENG, DISTRICT, LI, LIANG, LIN, STREET, words

GROUP, ABOVE, TOP = CHATS[COMMUNITY], CHATS[STREET], CHATS[DISTRICT]
LI_CHAT, LIN_CHAT, DENG_CHAT = 2001, 1001, 2007
STEPS = "6月25日 立项\n12月1日前：完成施工"


async def asked(room: Room, steps: str = STEPS):
    """Li asks for a hold, step by step."""
    call = await room.stage.raised()
    await room.delivers()
    await room.taps(LI, GROUP, "签收")
    await room.taps(LI, GROUP, "更多")
    await room.opens(LI, GROUP, "申请挂账")
    await room.taps(LI, LI_CHAT, "要等资金")
    await room.says(LI, LI_CHAT, steps)
    await room.taps(LI, LI_CHAT, "下一步")
    await room.says(LI, LI_CHAT, "区照明中心 周主任")
    await room.taps(LI, LI_CHAT, "30 天后")
    await room.says(LI, LI_CHAT, "整条巷的线路要重做，专项资金下半年才到")
    await room.taps(LI, LI_CHAT, "下一步")
    await room.taps(LI, LI_CHAT, "申请挂账")
    return call


async def held(room: Room):
    """The street and the district agree."""
    call = await asked(room)
    await room.taps(LIANG, ABOVE, "同意申请")
    await room.taps(DENG, TOP, "同意申请")
    return call


async def test_the_street_reads_the_whole_plan_before_it_agrees(room: Room):
    await asked(room)

    told = room.texts(ABOVE)
    assert "2026年6月25日 前：立项" in told
    assert "2026年12月1日 前：完成施工" in told
    assert "牵头领导：区照明中心 周主任" in told
    assert "整条巷的线路要重做" in told
    assert "申请挂账（要等资金）" in room.card(GROUP).text


async def test_no_plan_is_asked_of_who_called_others_in_but_what_to_wait_for_is_said(room: Room):
    stage = room.stage
    leg = await stage.leg(await stage.raised())
    async with stage.desk() as desk:
        await desk.acknowledge(leg.id, by=LI, now=stage.now)
    await room.delivers()
    await room.taps(LI, GROUP, "更多")
    async with stage.desk() as desk:
        await desk.call_up(leg.id, target=STREET, pieces=words("请街道"), by=LI, now=stage.now)

    await room.opens(LI, GROUP, "申请挂账")

    assert "逢源街道的一件还没结案，等它结案后再申请挂账。" in room.last(LI_CHAT).text


async def test_steps_on_one_line_between_semicolons_are_steps_of_their_own(room: Room):
    await room.stage.raised()
    await room.delivers()
    await room.taps(LI, GROUP, "签收")
    await room.taps(LI, GROUP, "更多")
    await room.opens(LI, GROUP, "申请挂账")
    await room.taps(LI, LI_CHAT, "要等资金")

    await room.says(LI, LI_CHAT, "6月25日 立项；12月1日 完成施工")

    assert "6月25日 前：立项\n" in room.last(LI_CHAT).text
    assert "12月1日 前：完成施工" in room.last(LI_CHAT).text


async def test_the_date_given_as_an_example_is_one_that_is_taken(room: Room):
    await room.stage.raised()
    await room.delivers()
    await room.taps(LI, GROUP, "签收")
    await room.taps(LI, GROUP, "更多")
    await room.opens(LI, GROUP, "申请挂账")
    await room.taps(LI, LI_CHAT, "要等资金")
    await room.says(LI, LI_CHAT, STEPS)
    await room.taps(LI, LI_CHAT, "下一步")
    await room.says(LI, LI_CHAT, "区照明中心 周主任")
    await room.says(LI, LI_CHAT, "12月31日")
    example = room.last(LI_CHAT).text.partition("例如：")[2].rstrip("。")

    await room.says(LI, LI_CHAT, example)

    assert "为什么现在办不了" in room.last(LI_CHAT).text


async def test_after_the_street_the_district_is_asked(room: Room):
    call = await asked(room)

    toast = await room.taps(LIANG, ABOVE, "同意申请")

    assert "还要等【" in toast
    assert "已同意" in room.card(TOP).text
    assert "整条巷的线路要重做" in room.texts(TOP)
    assert (await room.stage.leg(call)).status is Status.IN_PROGRESS


async def test_the_resident_reads_why_the_plan_and_the_next_date_and_no_names(room: Room):
    await held(room)

    told = room.last(LIN_CHAT)
    assert "整条巷的线路要重做，专项资金下半年才到" in told.text
    assert "2026年6月25日 前：立项" in told.text
    assert "2026年7月15日 再告诉您进展" in told.text
    assert "周主任" not in told.text
    assert told.labels == ["🙋 我有意见"]


async def test_the_resident_objects_and_those_who_agreed_read_it(room: Room):
    await held(room)

    await room.opens(LIN, LIN_CHAT, "我有意见")
    await room.says(LIN, LIN_CHAT, "都拖三年了，打我电话13812345678")

    assert "都拖三年了" in room.texts(ABOVE)
    assert "都拖三年了" in room.texts(TOP)
    assert "13812345678" not in room.texts(TOP)
    assert "已转给上级单位" in room.last(LIN_CHAT).text


async def test_a_step_is_done_with_one_tap_and_the_resident_hears_it(room: Room):
    await held(room)

    toast = await room.taps(LI, GROUP, "完成：立项")

    assert "已记下" in toast
    assert "已完成计划中的一步：立项" in room.last(LIN_CHAT).text
    assert "下一步，2026年12月1日 前：完成施工" in room.last(LIN_CHAT).text
    assert "✅ 完成：完成施工" in room.card(GROUP).labels


async def test_a_step_that_comes_near_calls_the_liaison(room: Room):
    call = await held(room)

    await room.stage.tick((await room.stage.leg(call)).next_due)
    await room.delivers()

    assert "计划节点“立项”快到时限" in room.last(GROUP).text


async def test_the_district_orders_it_up_with_a_reason(room: Room):
    call = await held(room)
    await room.taps(DENG, TOP, "更多")
    await room.opens(DENG, TOP, "责成恢复办理")
    await room.says(DENG, DENG_CHAT, "资金提前到位了")
    await room.taps(DENG, DENG_CHAT, "下一步")
    await room.taps(DENG, DENG_CHAT, "责成恢复办理")

    assert (await room.stage.leg(call)).status is Status.IN_PROGRESS
    assert "资金提前到位了" in room.texts(GROUP)
    assert "资金提前到位了" not in room.texts(LIN_CHAT)
    assert "区里要求现在就办，【逢源北社区】已恢复办理" in room.last(LIN_CHAT).text


async def test_taking_it_up_stands_behind_more(room: Room):
    call = await held(room)
    await room.taps(LI, GROUP, "更多")

    await room.taps(LI, GROUP, "恢复办理")

    assert (await room.stage.leg(call)).status is Status.IN_PROGRESS
    assert "已恢复办理" in room.last(LIN_CHAT).text
    assert "挂账" not in room.card(GROUP).text


async def test_two_missed_steps_bring_it_back_by_themselves(room: Room):
    call = await held(room)
    for _ in range(10):
        await room.stage.tick(room.stage.now + timedelta(days=30))
        await room.delivers()

    assert (await room.stage.leg(call)).status is Status.IN_PROGRESS
    assert "没有按时完成：立项" in room.texts(ABOVE)
    assert "计划的节点两次没有按时完成（" in room.texts(GROUP)
    assert room.texts(GROUP).count("⚠️") == 1
    assert "计划的节点两次没有按时完成，【逢源北社区】已恢复办理" in room.texts(LIN_CHAT)
    assert "还在照计划办理" in room.texts(LIN_CHAT)


async def test_a_step_that_cannot_be_read_is_asked_for_again(room: Room):
    await room.stage.raised()
    await room.delivers()
    await room.taps(LI, GROUP, "签收")
    await room.taps(LI, GROUP, "更多")
    await room.opens(LI, GROUP, "申请挂账")
    await room.taps(LI, LI_CHAT, "要等资金")

    await room.says(LI, LI_CHAT, "尽快立项")
    assert "没看懂" in room.last(LI_CHAT).text
    await room.says(LI, LI_CHAT, "2025-01-01 立项")
    assert "今天以后" in room.last(LI_CHAT).text


async def test_a_resident_objects_from_the_timeline_too(room: Room):
    await held(room)
    await room.says(LIN, LIN_CHAT, "/mycalls")
    await room.taps(LIN, LIN_CHAT, "路灯不亮")
    shown = room.last(LIN_CHAT).text
    await room.taps(LIN, LIN_CHAT, "有意见")
    await room.says(LIN, LIN_CHAT, "等不了那么久")

    assert "现在：挂账中" in shown
    assert "等不了那么久" in room.texts(TOP)
