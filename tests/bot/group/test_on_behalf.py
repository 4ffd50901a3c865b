"""A caller on the telephone: Li writes the call down, and Lin takes it over with the slip."""

from __future__ import annotations

import re

from tests.bot.group.room import Room
from tests.core.playing import CHATS, COMMUNITY, LI, LIN, STRANGER, ZHOU

GROUP = CHATS[COMMUNITY]
LI_CHAT, LIN_CHAT = LI.account or 0, LIN.account or 0


async def registered(room: Room, phone: str = "13812345678") -> tuple[str, str]:
    """Li goes through the form; number and code of the slip."""
    await room.says(LI, LI_CHAT, "/behalf")
    await room.says(LI, LI_CHAT, "楼下的路灯不亮")
    await room.taps(LI, LI_CHAT, "说完了")
    await room.taps(LI, LI_CHAT, "路灯")
    await room.taps(LI, LI_CHAT, "没有")
    await room.says(LI, LI_CHAT, "逢源北社区")
    if "再说明几点" in room.last(LI_CHAT).text:
        await room.taps(LI, LI_CHAT, "说不清")
    await room.says(LI, LI_CHAT, "陈伯")
    await room.says(LI, LI_CHAT, phone)
    await room.taps(LI, LI_CHAT, "发送")
    slip = room.shown[LI_CHAT][-2].text
    return re.findall(r"LW-\d+-\d+", slip)[0], re.findall(r"领取码：(\d{6})", slip)[0]


async def test_the_officer_gets_a_slip_to_hand_over_and_the_group_a_card_without_the_number(room):
    number, code = await registered(room)

    slip, after = room.shown[LI_CHAT][-2:]
    assert f"start=claim_{number}_{code}" in slip.text
    assert "逢源北社区" in slip.text
    assert "前办结" in slip.text
    assert "只能用一次" in after.text
    assert "陈**（工作人员代为登记）" in room.card(GROUP).text
    assert "1381234" not in room.texts(GROUP)
    assert code not in room.texts(GROUP)


async def test_a_number_nobody_can_be_phoned_at_is_asked_again(room):
    await room.says(LI, LI_CHAT, "/behalf")
    await room.says(LI, LI_CHAT, "楼下的路灯不亮")
    await room.taps(LI, LI_CHAT, "说完了")
    await room.taps(LI, LI_CHAT, "路灯")
    await room.taps(LI, LI_CHAT, "没有")
    await room.says(LI, LI_CHAT, "逢源北社区")
    if "再说明几点" in room.last(LI_CHAT).text:
        await room.taps(LI, LI_CHAT, "说不清")
    await room.taps(LI, LI_CHAT, "不愿留姓名")
    await room.says(LI, LI_CHAT, "12345")

    assert "不像中国的手机或固定电话号码" in room.last(LI_CHAT).text


async def test_the_place_asked_for_is_the_callers_and_not_the_offices(room):
    await room.says(LI, LI_CHAT, "/behalf")
    await room.says(LI, LI_CHAT, "楼下的路灯不亮")
    await room.taps(LI, LI_CHAT, "说完了")
    await room.taps(LI, LI_CHAT, "路灯")
    await room.taps(LI, LI_CHAT, "没有")

    assert "请打字写对方说的小区" in room.last(LI_CHAT).text


async def test_without_a_number_the_slip_promises_no_telephone_call(room):
    await room.says(LI, LI_CHAT, "/behalf")
    await room.says(LI, LI_CHAT, "楼下的路灯不亮")
    await room.taps(LI, LI_CHAT, "说完了")
    await room.taps(LI, LI_CHAT, "路灯")
    await room.taps(LI, LI_CHAT, "没有")
    await room.says(LI, LI_CHAT, "逢源北社区")
    if "再说明几点" in room.last(LI_CHAT).text:
        await room.taps(LI, LI_CHAT, "说不清")
    await room.taps(LI, LI_CHAT, "不愿留姓名")
    await room.taps(LI, LI_CHAT, "不愿留电话")
    await room.taps(LI, LI_CHAT, "发送")

    slip = room.shown[LI_CHAT][-2].text
    assert "打电话告诉您" not in slip
    assert "带上编号到办理单位问进展" in slip


async def test_in_a_group_the_command_says_where_it_belongs(room):
    await room.says(LI, GROUP, "/behalf@huying_bot")

    assert "/behalf 要在和我的私聊里发" in room.last(GROUP).text


async def test_a_resident_does_not_raise_calls_for_others(room):
    await room.says(LIN, LIN_CHAT, "/behalf")

    assert "您的职务不能操作" in room.last(LIN_CHAT).text


async def test_the_group_has_one_task_that_grows_and_ends_when_somebody_phoned(room):
    await registered(room)
    await room.taps(LI, GROUP, "签收")
    await room.says(LI, GROUP, "明天上午来修", above=room.card(GROUP))
    tasks = [message for message in room.shown[GROUP] if message.text.startswith("☎️")]

    assert len(tasks) == 1
    assert "已签收，正在办理" in tasks[0].text
    assert "明天上午来修" in tasks[0].text
    assert "只给签收人看" in tasks[0].text

    await room.opens(LI, GROUP, "已电话告知")
    await room.taps(LI, LI_CHAT, "打通了")
    await room.says(LI, LI_CHAT, "告诉陈伯明天来修")
    await room.taps(LI, LI_CHAT, "下一步")

    assert "已经告诉呼叫人了" in tasks[0].text
    assert tasks[0].labels == []


async def test_the_slip_makes_somebody_the_caller_who_reads_everything_so_far(room):
    number, code = await registered(room)
    await room.taps(LI, GROUP, "签收")
    await room.says(LIN, LIN_CHAT, f"/start claim_{number}_{code}")
    await room.taps(LIN, LIN_CHAT, "同意并继续")
    taken = room.last(LIN_CHAT).text

    assert f"已认领 {number}" in taken
    assert "【逢源北社区】已签收" in taken
    assert "来电人已认领" in room.texts(GROUP)
    assert "不用再打电话" in room.texts(GROUP)

    await room.says(LI, GROUP, "明天上午来修", above=room.card(GROUP))
    assert "明天上午来修" in room.last(LIN_CHAT).text


async def test_a_wrong_code_is_counted_and_whoever_has_none_left_is_told_what_to_do(room):
    number, code = await registered(room)
    wrong = "000000" if code != "000000" else "111111"
    await room.says(STRANGER, STRANGER.account or 0, "/claim")
    await room.taps(STRANGER, STRANGER.account or 0, "同意并继续")
    for _ in range(4):
        await room.says(STRANGER, STRANGER.account or 0, f"{number} {wrong}")
    assert "还可以试 1 次" in room.last(STRANGER.account or 0).text

    await room.says(STRANGER, STRANGER.account or 0, f"{number} {wrong}")
    assert "换一个新码" in room.last(STRANGER.account or 0).text


async def test_a_lost_code_is_replaced(room):
    number, _code = await registered(room)
    await room.says(LI, LI_CHAT, f"/newcode {number}")
    fresh = re.findall(r"新领取码：(\d{6})", room.last(LI_CHAT).text)[0]
    await room.says(LIN, LIN_CHAT, f"/claim {number} {fresh}")
    await room.taps(LIN, LIN_CHAT, "同意并继续")

    assert "已认领" in room.last(LIN_CHAT).text


async def test_the_signer_alone_sees_the_number_in_private_and_the_caller_hears_of_it(room):
    number, code = await registered(room)
    await room.taps(LI, GROUP, "签收")
    await room.says(LIN, LIN_CHAT, f"/claim {number} {code}")
    await room.taps(LIN, LIN_CHAT, "同意并继续")
    await room.taps(LI, GROUP, "更多", on=room.card(GROUP))

    await room.opens(LI, GROUP, "查看电话")
    await room.taps(LI, LI_CHAT, "查看")
    assert "+8613812345678" in room.texts(LI_CHAT)
    assert "【逢源北社区】为联系您，查看了您留的电话" in room.last(LIN_CHAT).text
    assert "李敏" not in room.last(LIN_CHAT).text
    assert "1381234" not in room.texts(GROUP)


async def test_a_colleague_says_why_and_looks_when_a_second_person_agreed(room):
    await registered(room)
    await room.taps(LI, GROUP, "签收")
    await room.taps(LI, GROUP, "更多", on=room.card(GROUP))
    zhou = ZHOU.account or 0
    await room.opens(ZHOU, GROUP, "查看电话")
    assert "电话只给签收人看" in room.last(zhou).text
    await room.says(ZHOU, zhou, "李敏休假，要约时间上门")
    await room.taps(ZHOU, zhou, "下一步")
    assert "已提交申请：查看呼叫人电话" in room.last(zhou).text
    assert "周强申请查看呼叫人电话，请另一位经办人" in room.texts(GROUP)

    await room.taps(LI, GROUP, "同意申请", on=room.card(GROUP))

    assert "已同意周强查看呼叫人电话" in room.texts(GROUP)
    await room.taps(LI, GROUP, "更多", on=room.card(GROUP))
    await room.opens(ZHOU, GROUP, "查看电话")
    await room.taps(ZHOU, zhou, "查看")
    assert "+8613812345678" in room.texts(zhou)
    assert "1381234" not in room.texts(GROUP)
