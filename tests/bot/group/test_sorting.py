"""A call nobody is sure of, in its group: sorted with a tap, in private, asked about, sent on."""

from __future__ import annotations

import pytest

from core.call import Medium, NewCall, Piece
from core.lifecycle import Outcome, Status
from tests.bot.group.room import Room
from tests.core.playing import (
    CHATS,
    COMMUNITY,
    DISTRICT,
    LI,
    LIANG,
    LIN,
    STRANGER,
    STREET,
    words,
)

GROUP, ABOVE, OFFICE = CHATS[COMMUNITY], CHATS[STREET], CHATS[DISTRICT]
LI_CHAT, LIN_CHAT, LIANG_CHAT = 2001, 1001, 2003
FLOOD = "11"


async def unsure(room: Room, item: str = "10", **more):
    """Lin leaves the item to the community."""
    call = await room.stage.raised(item=item, sure=False, **more)
    await room.delivers()
    return call


async def asked(room: Room, **more):
    """Li asks what such items want to know."""
    call = await unsure(room, **more)
    await room.opens(LI, GROUP, "问呼叫人")
    await room.taps(LI, LI_CHAT, "坏了几盏")
    return call


async def says(room: Room, call, text: str) -> None:
    """Lin says something more."""
    leg = await room.stage.leg(call)
    async with room.stage.desk() as desk:
        await desk.add(leg.id, words(text), by=LIN, now=room.stage.now)
    await room.delivers()


async def test_the_card_says_that_it_is_a_guess_and_where_it_would_go(room: Room):
    await unsure(room)

    card = room.card(GROUP).text
    assert "事项待定" in card
    assert "可能是“路灯不亮”，受理后派给【逢源北社区】" in card
    assert "12:00 前，过时自动派单" in card


async def test_one_tap_takes_the_guess(room: Room):
    call = await unsure(room)

    toast = await room.taps(LI, GROUP, "受理")

    assert "逢源北社区" in toast
    assert (await room.stage.leg(call)).status is Status.DISPATCHED
    assert [label[-2:] for label in room.card(GROUP).labels][:2] == ["签收", "退单"]
    assert "已受理：路灯不亮。由【逢源北社区】办理" in room.texts(LIN_CHAT)
    assert "李敏" not in room.texts(LIN_CHAT)


async def test_a_stranger_sorts_nothing(room: Room):
    call = await unsure(room)

    toast = await room.taps(STRANGER, GROUP, "受理")

    assert "管理员" in toast
    assert (await room.stage.leg(call)).status is Status.TRIAGE


async def test_without_a_guess_the_item_is_chosen_in_private(room: Room):
    await unsure(room, item="")

    assert room.card(GROUP).labels[0] == "📂 选事项"


async def test_an_officer_chooses_the_item_and_the_list_the_agency(room: Room):
    call = await unsure(room)
    await room.opens(LI, GROUP, "选事项")
    await room.says(LI, LI_CHAT, "煤气味")
    await room.taps(LI, LI_CHAT, "燃气安全")
    assert "派给：荔湾区" in room.last(LI_CHAT).text

    await room.taps(LI, LI_CHAT, "受理派单")

    assert (await room.stage.leg(call)).agency == DISTRICT
    assert "已受理" in room.last(LI_CHAT).text
    assert "燃气安全" in room.card(OFFICE).text
    assert "【逢源北社区】受理后转来，请签收" in room.texts(OFFICE)
    assert "现由【荔湾区" in room.card(GROUP).text
    assert room.card(GROUP).labels == []


async def test_what_the_card_had_no_room_for_follows_to_the_new_group(room: Room):
    shown = (Piece(Medium.WORDS, "这里有味道"), Piece(Medium.PHOTO, file="p"))
    new = NewCall("draft-1", "20", COMMUNITY, shown, sure=False)
    async with room.stage.desk() as desk:
        await desk.raise_call(new, by=LIN, now=room.stage.now)
    await room.delivers()
    assert [m.method for m in room.shown[GROUP]] == ["sendMessage", "sendPhoto"]

    await room.taps(LI, GROUP, "受理")

    assert [m.method for m in room.shown[OFFICE]] == ["sendMessage", "sendMessage", "sendPhoto"]


async def test_an_officer_names_another_community(room: Room):
    call = await unsure(room)
    await room.opens(LI, GROUP, "选事项")
    await room.taps(LI, LI_CHAT, "路灯不亮")
    await room.taps(LI, LI_CHAT, "改派给别的单位")
    await room.says(LI, LI_CHAT, "惠城")

    assert "您指定" in room.last(LI_CHAT).text
    await room.taps(LI, LI_CHAT, "受理派单")

    assert (await room.stage.call(call)).call.community == "440103006101"


async def test_a_reply_before_it_is_sorted_is_told_what_to_do(room: Room):
    await unsure(room)

    await room.says(LI, GROUP, "我们去看看", above=room.card(GROUP))

    assert "请先受理，或者问呼叫人" in room.last(GROUP).text


async def test_nobody_sorts_it_in_time_and_the_group_hears_whose_it_is(room: Room):
    call = await unsure(room)
    await room.stage.tick((await room.stage.leg(call)).triage_due)
    await room.delivers()

    assert "到时没有受理，已按清单派给本单位，请签收" in room.last(GROUP).text
    assert "由【逢源北社区】办理" in room.texts(LIN_CHAT)


async def test_a_question_is_one_tap_and_reaches_the_caller_alone(room: Room):
    call = await asked(room)

    assert (await room.stage.leg(call)).status is Status.NEED_INFO
    assert "【逢源北社区】想问您一件事" in room.last(LIN_CHAT).text
    assert "坏了几盏？" in room.last(LIN_CHAT).text
    assert "等呼叫人补充：“坏了几盏？”" in room.card(GROUP).text
    assert "时限暂停" in room.card(GROUP).text


async def test_a_typed_question_is_put_as_it_was_typed(room: Room):
    await unsure(room)
    await room.opens(LI, GROUP, "问呼叫人")

    await room.says(LI, LI_CHAT, "是哪一栋楼下的灯？")

    assert "是哪一栋楼下的灯？" in room.last(LIN_CHAT).text


async def test_more_than_one_question_at_once_is_too_much(room: Room):
    call = await unsure(room)
    await room.opens(LI, GROUP, "问呼叫人")

    await room.says(LI, LI_CHAT, "问" * 201)

    assert "只问一个问题" in room.last(LI_CHAT).text
    assert (await room.stage.leg(call)).status is Status.TRIAGE


async def test_the_answer_comes_below_the_card_with_the_time_that_is_left(room: Room):
    call = await asked(room)

    await says(room, call, "三盏，电话13812345678")

    said = room.last(GROUP)
    assert "呼叫人回答了，时限接着走，请在" in said.text
    assert "三盏" in said.text
    assert "13812345678" not in said.text
    assert said.params["reply_parameters"]["message_id"] == room.card(GROUP).id
    assert "✅ 受理" in room.card(GROUP).labels


async def test_after_two_questions_there_is_no_third_button(room: Room):
    call = await asked(room)
    await says(room, call, "三盏")
    await room.opens(LI, GROUP, "问呼叫人")
    await room.taps(LI, LI_CHAT, "灯杆编号")
    await says(room, call, "看不清")

    assert not any("问呼叫人" in label for label in room.card(GROUP).labels)


async def test_a_question_on_the_way_pauses_the_finish(room: Room):
    call = await room.stage.raised()
    await room.delivers()
    await room.taps(LI, GROUP, "签收")
    await room.taps(LI, GROUP, "更多")
    await room.opens(LI, GROUP, "问呼叫人")
    await room.taps(LI, LI_CHAT, "灯杆编号")
    assert (await room.stage.leg(call)).status is Status.NEED_INFO

    await says(room, call, "没有编号")

    assert "办结" in str(room.card(GROUP).labels)
    await room.taps(LI, GROUP, "更多")
    assert "问呼叫人" not in str(room.card(GROUP).labels)


async def test_an_agency_that_called_up_is_asked_in_its_group_and_answers_by_reply(room: Room):
    call = await room.stage.raised()
    leg = await room.stage.leg(call)
    async with room.stage.desk() as desk:
        await desk.acknowledge(leg.id, by=LI, now=room.stage.now)
        child = await desk.call_up(
            leg.id, target=STREET, pieces=words("先围了"), by=LI, now=room.stage.now
        )
        await desk.acknowledge(child.id, by=LIANG, now=room.stage.now)
    await room.delivers()
    await room.taps(LIANG, ABOVE, "更多")
    await room.opens(LIANG, ABOVE, "问呼叫人")
    await room.says(LIANG, LIANG_CHAT, "围到哪里？")
    question = room.last(GROUP)
    assert "请在" in question.text and "回复这条消息" in question.text

    await room.says(LI, GROUP, "东侧路口", above=question)

    assert (await room.stage.leg(call, 1)).status is Status.IN_PROGRESS
    assert "东侧路口" in room.texts(ABOVE)
    assert "东侧路口" not in room.texts(LIN_CHAT)


@pytest.mark.parametrize(
    ("channel", "told"),
    [("12315", "12315 消费维权热线，电话 12315"), ("区法院 020-8888", "区法院，电话 020-8888")],
)
async def test_a_matter_for_others_tells_the_caller_whom_to_ring(room: Room, channel, told):
    call = await unsure(room)
    await room.opens(LI, GROUP, "转渠道")
    await room.taps(LI, LI_CHAT, "消费或合同纠纷")
    if " " in channel:
        await room.says(LI, LI_CHAT, channel)
    else:
        await room.taps(LI, LI_CHAT, channel)
    await room.says(LI, LI_CHAT, "带上收据去调解")
    await room.taps(LI, LI_CHAT, "下一步")
    await room.taps(LI, LI_CHAT, "转渠道")

    assert (await room.stage.leg(call)).outcome is Outcome.REDIRECTED
    assert told in room.last(LIN_CHAT).text
    assert "带上收据去调解" in room.last(LIN_CHAT).text
    assert "已结案：已转其他渠道" in room.card(GROUP).text


async def test_a_channel_without_a_number_is_asked_for_again(room: Room):
    await unsure(room)
    await room.opens(LI, GROUP, "转渠道")
    await room.taps(LI, LI_CHAT, "诉讼")

    await room.says(LI, LI_CHAT, "区法院")

    assert "名称和电话一起写" in room.last(LI_CHAT).text


async def test_a_withdrawal_where_somebody_may_be_in_danger_waits_for_a_look(room: Room):
    call = await room.stage.raised(item=FLOOD)
    await room.delivers()
    assert "同意撤回" not in room.card(GROUP).labels
    async with room.stage.desk() as desk:
        await desk.withdraw(call.id, words="水退了", by=LIN, now=room.stage.now)
    await room.delivers()
    assert "先看过现场" in room.last(GROUP).text

    await room.taps(LI, GROUP, "同意撤回")

    assert (await room.stage.leg(call)).outcome is Outcome.WITHDRAWN
    assert "已确认安全，这件事按您的要求撤回了" in room.last(LIN_CHAT).text


async def test_a_rejection_is_agreed_above_and_the_caller_may_disagree(room: Room):
    call = await unsure(room)
    await room.taps(LI, GROUP, "更多")
    await room.opens(LI, GROUP, "不予受理")
    await room.taps(LI, LI_CHAT, "没有具体事实")
    await room.says(LI, LI_CHAT, "没有说明地点和时间，联系不上")
    await room.taps(LI, LI_CHAT, "下一步")
    await room.taps(LI, LI_CHAT, "不予受理")
    assert "不予受理（没有具体事实，无法核实）" in room.card(ABOVE).text
    assert LIN_CHAT not in room.shown

    await room.taps(LIANG, ABOVE, "同意申请")

    told = room.last(LIN_CHAT)
    assert (await room.stage.leg(call)).outcome is Outcome.REJECTED
    assert "没有具体事实，无法核实" in told.text
    assert "第18条" in told.text
    assert "没有说明地点和时间" in told.text
    assert "5 个工作日内" in told.text
    assert told.labels == ["不同意"]
    assert "李敏" not in told.text and "梁静" not in told.text


@pytest.mark.conformance
async def test_7_whoever_asks_a_caller_that_cannot_be_reached_is_told_so(room: Room):
    async with room.stage.desk() as desk:
        await desk.met(account=LIN_CHAT, name=LIN.name)
    await unsure(room)
    async with room.stage.desk() as desk:
        await desk.unreachable(LIN_CHAT, now=room.stage.now)
    await room.delivers()
    assert "暂时联系不上呼叫人" in room.texts(GROUP)

    await room.opens(LI, GROUP, "问呼叫人")
    await room.taps(LI, LI_CHAT, "坏了几盏")

    assert "暂时联系不上呼叫人" in room.last(LI_CHAT).text
