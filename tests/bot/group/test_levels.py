"""Between agencies: returns and who decides, calling up, and rating what was called."""

from __future__ import annotations

from datetime import timedelta

from bot.screens.happened import happened
from core.lifecycle import Outcome, Status
from core.people import Actor, Officer, Post
from core.pressing import PressReason
from core.rating import Conclusion, Verdict
from core.whistle import Whistle
from tests.bot.group.room import Room
from tests.core.playing import (
    CHATS,
    COMMUNITY,
    DISTRICT,
    LI,
    LIANG,
    LIGHTS,
    STREET,
    TAN,
    words,
)

GROUP, ABOVE, LAMPS = CHATS[COMMUNITY], CHATS[STREET], CHATS[LIGHTS]
LI_CHAT, LIANG_CHAT, LIN_CHAT = 2001, 2003, 1001


async def signed(room: Room, **more):
    """A call that the community has taken."""
    call = await room.stage.raised(**more)
    await room.delivers()
    await room.taps(LI, GROUP, "签收")
    return call


async def returned(room: Room):
    """Li says it is the street's."""
    call = await signed(room)
    await room.opens(LI, GROUP, "退单")
    await room.taps(LI, LI_CHAT, "不是本单位职责")
    await room.taps(LI, LI_CHAT, "照明")
    await room.says(LI, LI_CHAT, "路灯由照明中心维护")
    await room.taps(LI, LI_CHAT, "下一步")
    await room.taps(LI, LI_CHAT, "退单")
    return call


async def called_up(room: Room):
    """Li calls the street."""
    call = await signed(room)
    await room.opens(LI, GROUP, "上呼")
    await room.says(LI, LI_CHAT, "已设围挡，需要街道协调")
    await room.taps(LI, LI_CHAT, "下一步")
    await room.taps(LI, LI_CHAT, "街道")
    await room.taps(LI, LI_CHAT, "上呼")
    return call


async def test_a_return_asks_the_street_with_two_buttons(room: Room):
    await returned(room)

    assert room.card(ABOVE).labels[:2] == ["同意改派", "不同意"]
    assert "路灯由照明中心维护" in room.texts(ABOVE)
    assert "路灯由照明中心维护" not in room.texts(LIN_CHAT)


async def test_an_agreed_return_gives_the_proposed_agency_a_card(room: Room):
    call = await returned(room)

    await room.taps(LIANG, ABOVE, "同意改派")

    assert (await room.stage.leg(call)).outcome is Outcome.MISDISPATCH
    assert "签收" in room.card(LAMPS).labels[0]
    assert "已转" in room.texts(GROUP)
    assert room.card(GROUP).labels == []


async def test_a_declined_return_stays(room: Room):
    call = await returned(room)

    await room.taps(LIANG, ABOVE, "不同意")

    assert (await room.stage.leg(call)).status is Status.IN_PROGRESS
    assert "未获同意" in room.texts(GROUP)
    assert not any("退单" in label for label in room.card(GROUP).labels)


async def test_the_agency_that_returned_cannot_agree_itself(room: Room):
    call = await returned(room)

    toast = await room.taps(LI, ABOVE, "同意改派")

    assert (await room.stage.leg(call)).status is Status.RETURN_REVIEW
    assert "审核单位" in toast


async def test_a_call_up_shows_the_street_what_was_done_first(room: Room):
    await called_up(room)

    assert "已设围挡，需要街道协调" in room.card(ABOVE).text
    assert "上呼" in room.card(GROUP).text
    assert "已呼叫" in room.texts(LIN_CHAT)
    assert "围挡" not in room.texts(LIN_CHAT)


async def test_the_community_rates_the_street_in_two_taps(room: Room):
    call = await called_up(room)
    await room.taps(LIANG, ABOVE, "签收")
    await room.opens(LIANG, ABOVE, "办结")
    await room.taps(LIANG, LIANG_CHAT, "已解决")
    await room.says(LIANG, LIANG_CHAT, "已协调完毕")
    await room.taps(LIANG, LIANG_CHAT, "下一步")
    await room.taps(LIANG, LIANG_CHAT, "办结")

    await room.taps(LI, GROUP, "已解决")
    asked = next(m for m in reversed(room.shown[GROUP]) if "5⭐" in "".join(m.labels))
    before = dict(asked.params)
    await room.taps(LI, GROUP, "5⭐")

    assert asked.text == f"{before['text']}\n\n✅ 已评价：已解决，5 星（{LI.name}）"
    assert (asked.labels, asked.params["entities"]) == ([], before["entities"])
    assert (await room.stage.leg(call, 1)).outcome is Outcome.SOLVED
    assert "请在 1 个工作日内答复呼叫人" in room.texts(GROUP)
    assert "已结案，【逢源北社区】评价：已解决 ⭐⭐⭐⭐⭐" in room.texts(ABOVE)
    assert "请写给【逢源北社区】的答复" in room.texts(LIANG_CHAT)
    assert "答复已转给【逢源北社区】" in room.texts(LIANG_CHAT)
    assert "已协调完毕" not in room.texts(LIN_CHAT)


async def test_whoever_was_called_up_reads_everywhere_whom_it_answers(room: Room):
    await called_up(room)

    toast = await room.taps(LIANG, ABOVE, "签收")
    await room.taps(LIANG, ABOVE, "回复")
    prompt = room.last(ABOVE)

    assert "请尽快联系【逢源北社区】" in toast
    assert "写给【逢源北社区】的话" in prompt.text
    assert prompt.params["reply_markup"]["input_field_placeholder"] == "写给【逢源北社区】的话"


async def test_the_street_cannot_rate_itself(room: Room):
    call = await called_up(room)
    await room.taps(LIANG, ABOVE, "签收")
    leg = await room.stage.leg(call, 1)
    async with room.stage.desk() as desk:
        await desk.resolve(
            leg.id,
            conclusion=Conclusion.SOLVED,
            pieces=words("好了"),
            by=LIANG,
            now=room.stage.now,
        )
    await room.delivers()

    toast = await room.taps(LIANG, GROUP, "已解决")

    assert "只有呼叫人" in toast


async def test_a_reply_in_the_callers_group_goes_down_to_the_agency_called(room: Room):
    await called_up(room)
    await room.taps(LIANG, ABOVE, "签收")
    told = next(m for m in reversed(room.shown[GROUP]) if "街道" in m.text and "签收" in m.text)

    await room.says(LI, GROUP, "钥匙在物业处", above=told)

    assert "钥匙在物业处" in room.texts(ABOVE)
    assert "钥匙在物业处" not in room.texts(LIN_CHAT)


async def test_a_silent_agency_is_nudged_by_name_and_its_card_turns_yellow(room: Room):
    await room.stage.raised()
    await room.delivers()

    await room.stage.tick(room.stage.now + timedelta(hours=2, minutes=1))
    await room.delivers()

    assert "🟡" in room.last(GROUP).text
    mention = room.last(GROUP).params["entities"][0]
    assert mention["type"] == "text_mention"
    assert mention["user"]["id"] == LI.account
    assert "逾期" in room.card(GROUP).text


async def test_a_nudge_about_what_was_done_meanwhile_is_dropped(room: Room):
    call = await room.stage.raised()
    await room.delivers()
    leg = await room.stage.leg(call)
    await room.stage.tick(room.stage.now + timedelta(hours=2, minutes=1))
    async with room.stage.desk() as desk:
        await desk.acknowledge(leg.id, by=LI, now=room.stage.now)

    await room.delivers()

    assert "超过时限" not in room.texts(GROUP)


async def test_a_danger_call_rings_the_street_too(room: Room):
    await room.stage.raised(danger=True)
    await room.delivers()

    assert "🚨" in room.card(GROUP).text
    assert "🚨" in room.card(ABOVE).text
    (paged,) = room.shown[CHATS[DISTRICT]]
    assert "有人身危险" in paged.text
    assert paged.buttons == []
    assert TAN.account not in room.shown
    assert LIN_CHAT not in room.shown


async def test_those_who_act_at_once_are_not_said_to_be_called_up(room: Room):
    await room.stage.raised(danger=True)
    await room.delivers()

    assert "🚨 同时处置【逢源街道】：待签收" in room.card(GROUP).text
    assert "已上呼" not in room.card(GROUP).text


async def test_a_streets_whistle_is_chosen_and_agreed_to_by_its_head_in_the_group(room: Room):
    head = Actor(2101, "周书记", frozenset({STREET}))
    async with room.stage.units.begin() as work:
        await work.people.save_officer(Officer(2101, STREET, "周书记", Post.HEAD))
    await called_up(room)
    await room.taps(LIANG, ABOVE, "签收")
    await room.opens(LIANG, ABOVE, "上呼")
    await room.says(LIANG, LIANG_CHAT, "够不着，要登高车")
    await room.taps(LIANG, LIANG_CHAT, "下一步")
    await room.says(LIANG, LIANG_CHAT, "区照明管理所")
    await room.taps(LIANG, LIANG_CHAT, "攻坚克难哨")
    await room.taps(LIANG, LIANG_CHAT, "上呼")
    waits = room.last(LIANG_CHAT).text
    asked = room.card(ABOVE).text

    await room.taps(head, ABOVE, "同意申请")

    assert "要由负责人同意后发出" in waits
    assert "吹哨（攻坚克难哨）" in asked
    assert "📣 攻坚克难哨" in room.card(LAMPS).text
    assert "够不着，要登高车" in room.card(LAMPS).text
    told = "【逢源街道】已呼叫【区照明管理所】一起解决，仍由【逢源北社区】答复您"
    assert told in room.texts(LIN_CHAT)


async def test_the_resident_follows_three_levels_on_one_timeline(room: Room):
    call = await called_up(room)
    await room.taps(LIANG, ABOVE, "签收")
    street = await room.stage.leg(call, 1)
    async with room.stage.desk() as desk:
        department = await desk.call_up(
            street.id,
            target=LIGHTS,
            pieces=words("要登高车"),
            whistle=Whistle.WORK,
            by=LIANG,
            now=room.stage.now,
        )
        await desk.acknowledge(department.id, by=TAN, now=room.stage.now)
        for leg, who, above in ((department, TAN, LIANG), (street, LIANG, LI)):
            more = {"by": who, "now": room.stage.now}
            await desk.resolve(leg.id, conclusion=Conclusion.SOLVED, pieces=words("好了"), **more)
            await desk.rate(leg.id, verdict=Verdict.SOLVED, stars=5, by=above, now=room.stage.now)
    await room.delivers()

    view = await room.stage.call(call)
    told = "\n".join(happened(view, room.stage.district.calendar.zone))

    assert "【逢源北社区】已呼叫【逢源街道】一起解决" in told
    assert "【逢源街道】已呼叫【区照明管理所】一起解决，仍由【逢源北社区】答复您" in told
    assert "【逢源街道】已经办完它的部分，由【逢源北社区】答复您" in told
    assert [one.ratings[-1].by for one in view.legs[1:]] == [LI.account, LIANG.account]


async def test_the_resident_reads_that_an_agency_called_up_is_followed_and_reads_it_once(
    room: Room,
):
    call = await called_up(room)
    followed = "已列为区级督办：区里盯着【{}】办"

    for number in (1, 0):
        leg = await room.stage.leg(call, number)
        async with room.stage.desk() as desk:
            await desk.press(leg.id, PressReason.LATE, now=room.stage.now)
        await room.delivers()

        assert room.texts(LIN_CHAT).count(followed.format("逢源街道")) == 1

    assert room.texts(LIN_CHAT).count(followed.format("逢源北社区")) == 1
    assert "办理群" not in room.texts(LIN_CHAT)


async def test_who_stands_in_for_an_agency_without_a_group_reads_whom_it_was_meant_for(room: Room):
    await called_up(room)
    await room.taps(LIANG, ABOVE, "签收")
    await room.opens(LIANG, ABOVE, "上呼")
    await room.says(LIANG, LIANG_CHAT, "够不着，要登高车")
    await room.taps(LIANG, LIANG_CHAT, "下一步")
    await room.says(LIANG, LIANG_CHAT, "区公安分局")
    await room.taps(LIANG, LIANG_CHAT, "工作推进哨")
    await room.taps(LIANG, LIANG_CHAT, "上呼")

    meant = "（原请【区公安分局】，它还没有办理群）"
    assert f"仍由你们负责答复。{meant}" in room.last(LIANG_CHAT).text
    assert f"🧾 先行处置：{meant}够不着，要登高车" in room.card(CHATS[DISTRICT]).text
