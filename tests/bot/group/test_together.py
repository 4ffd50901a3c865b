"""Officers change the item, write a phone call down, ask a co-handler in: from link to notice."""

from __future__ import annotations

from bot.screens import links
from core.call import NewCall
from core.lifecycle import Status
from core.people import Actor
from core.rating import Conclusion
from core.returning import Ground
from tests.bot.group.room import TAPS, Room
from tests.core.playing import (
    CHATS,
    COMMUNITY,
    DENG,
    DISTRICT,
    LAMP,
    LI,
    LIANG,
    LIGHTS,
    LIN,
    STREET,
    TAN,
    WATER,
    photo,
    words,
)

GROUP, ABOVE, LAMPS = CHATS[COMMUNITY], CHATS[STREET], CHATS[LIGHTS]
DENG_GROUP, DENG_CHAT = CHATS[DISTRICT], 2007
HO = Actor(5001, "何伯")
HO_CHAT = 5001
LI_CHAT, LIANG_CHAT, LIN_CHAT = 2001, 2003, LIN.account or 0


async def signed(room: Room):
    """A call that the community has taken."""
    call = await room.stage.raised()
    await room.delivers()
    await room.taps(LI, GROUP, "签收")
    return call


async def opened(room: Room, call, act: str, by=LI, number: int = 0) -> None:
    """The link of an act, as a card draws it."""
    leg = await room.stage.leg(call, number)
    url = links.Links(TAPS.key, "huying_bot").duty(act, leg.id, leg.version)
    await room.says(by, by.account, "/start " + url.split("start=")[1])


async def test_an_item_is_changed_by_words_and_the_caller_gets_the_new_date(room: Room):
    call = await signed(room)

    await opened(room, call, links.RECLASS)
    await room.says(LI, LI_CHAT, "水浸街")
    await room.taps(LI, LI_CHAT, "积水、排水堵塞")
    look = room.last(LI_CHAT).text
    await room.taps(LI, LI_CHAT, "改事项")

    assert "现在：路灯不亮（一般）" in look
    assert "改为：积水、排水堵塞（❗ 急办）" in look
    assert "已改为「积水、排水堵塞」" in room.last(LI_CHAT).text
    assert "改为「积水、排水堵塞」，6月16日" in room.last(LIN_CHAT).text
    assert "积水、排水堵塞" in room.card(GROUP).text


async def test_the_choice_of_an_item_is_made_again(room: Room):
    call = await signed(room)
    await opened(room, call, links.RECLASS)
    await room.says(LI, LI_CHAT, "水浸街")
    await room.taps(LI, LI_CHAT, "积水、排水堵塞")

    await room.taps(LI, LI_CHAT, "重选")

    assert "都不是，自己选" in room.last(LI_CHAT).labels


async def test_less_urgent_is_for_the_street_and_it_is_told_how(room: Room):
    call = await signed(room)
    await opened(room, call, links.RECLASS)
    await room.says(LI, LI_CHAT, "噪音")
    await room.taps(LI, LI_CHAT, "噪音扰民")

    refused = await room.taps(LI, LI_CHAT, "改事项")
    await opened(room, call, links.RECLASS_ABOVE, by=LIANG)
    await room.says(LIANG, LIANG_CHAT, "噪音")
    await room.taps(LIANG, LIANG_CHAT, "噪音扰民")
    await room.taps(LIANG, LIANG_CHAT, "改事项")

    assert "要由【逢源街道】决定" in refused
    assert "上级改为「噪音扰民」" in room.texts(GROUP)


async def test_a_phone_call_is_written_down_and_the_caller_may_check_it(room: Room):
    call = await signed(room)

    await opened(room, call, links.LOG_PHONE)
    await room.taps(LI, LI_CHAT, "打通了")
    await room.says(LI, LI_CHAT, "约好明天上午上门")
    await room.taps(LI, LI_CHAT, "下一步")

    assert (await room.stage.leg(call)).contacted_at == room.stage.now
    assert "约好明天上午上门" in room.last(LIN_CHAT).text
    assert "李敏" not in room.last(LIN_CHAT).text
    assert "首次联系" not in room.card(GROUP).text


async def test_a_phone_that_rang_for_nothing_is_two_taps(room: Room):
    call = await signed(room)

    await opened(room, call, links.LOG_PHONE)
    await room.taps(LI, LI_CHAT, "没打通")

    assert (await room.stage.leg(call)).contacted_at is None
    assert "没有打通" in room.last(LIN_CHAT).text


async def test_a_co_handler_is_asked_in_and_all_three_sides_see_it(room: Room):
    call = await signed(room)

    await opened(room, call, links.ADD_CO)
    await room.says(LI, LI_CHAT, "照明管理所")
    await room.says(LI, LI_CHAT, "请查这一段线路")
    await room.taps(LI, LI_CHAT, "下一步")
    await room.taps(LI, LI_CHAT, "请协办")

    assert "🤝 协办【区照明管理所】：待签收" in room.card(GROUP).text
    assert "🧾 请协办：请查这一段线路" in room.card(LAMPS).text
    assert "请求协办（居民 林**）" in room.card(LAMPS).text
    assert "已请【区照明管理所】协办" in room.last(LIN_CHAT).text
    assert "请查这一段线路" not in room.texts(LIN_CHAT)


async def test_the_lead_is_told_that_its_co_handler_has_ended(room: Room):
    call = await signed(room)
    await opened(room, call, links.ADD_CO)
    await room.says(LI, LI_CHAT, "照明管理所")
    await room.says(LI, LI_CHAT, "请查这一段线路")
    await room.taps(LI, LI_CHAT, "下一步")
    await room.taps(LI, LI_CHAT, "请协办")
    await room.taps(TAN, LAMPS, "签收")
    await room.opens(TAN, LAMPS, "办结")
    await room.taps(TAN, 2005, "已解决")
    await room.says(TAN, 2005, "线路修好")
    await room.taps(TAN, 2005, "下一步")
    await room.taps(TAN, 2005, "办结")

    await room.taps(LI, GROUP, "已解决")
    await room.taps(LI, GROUP, "5⭐")

    assert "协办的一件已结案（已解决）" in room.texts(GROUP)
    assert (await room.stage.leg(call)).status is Status.IN_PROGRESS


async def supported(room: Room):
    """Ho says it is the same as Lin's."""
    call = await room.stage.raised()
    async with room.stage.desk() as desk:
        await desk.support(
            call.id, pieces=words("三楼，电话 13812345678"), by=HO, now=room.stage.now
        )
    await room.delivers()
    return call


async def test_the_card_counts_supporters_and_their_words_come_masked_and_nameless(room: Room):
    await supported(room)

    assert "另有 1 位居民反映同一件事" in room.card(GROUP).text
    assert "三楼" in room.texts(GROUP)
    assert "13812345678" not in room.texts(GROUP)
    assert "何" not in room.texts(GROUP)


async def test_a_supporter_hears_the_answer_masked_and_judges_it_in_one_tap(room: Room):
    call = await supported(room)
    await room.taps(LI, GROUP, "签收")
    leg = await room.stage.leg(call)
    async with room.stage.desk() as desk:
        await desk.resolve(
            leg.id,
            conclusion=Conclusion.SOLVED,
            pieces=photo("修好了，林姐 13812345678 可以问"),
            by=LI,
            now=room.stage.now,
        )
    await room.delivers()
    answer = room.last(HO_CHAT)

    toast = await room.taps(HO, HO_CHAT, "未解决")

    assert "修好了" in answer.text
    assert "13812345678" not in answer.text
    assert answer.method == "sendMessage"
    assert "李敏" not in room.texts(HO_CHAT)
    assert "记下了" in toast
    assert "同感居民：未解决 1" in room.card(GROUP).text
    assert (await room.stage.leg(call)).status is Status.RESOLVED


async def test_what_is_said_to_the_caller_stays_with_the_caller(room: Room):
    await supported(room)
    await room.taps(LI, GROUP, "签收")

    await room.says(LI, GROUP, "林阿姨，下午三点上门", above=room.card(GROUP))

    assert "下午三点上门" in room.texts(LIN_CHAT)
    assert "下午三点上门" not in room.texts(HO_CHAT)


async def two(room: Room):
    """Lin and Ho raise the same lamp."""
    main = await room.stage.raised()
    new = NewCall("by Ho", LAMP, COMMUNITY, words("三号楼没有灯，打 13812345678"))
    async with room.stage.desk() as desk:
        other = await desk.raise_call(new, by=HO, now=room.stage.now)
    await room.delivers()
    return main, other


async def merged(room: Room):
    """Li finds that they are one matter."""
    main, other = await two(room)
    await opened(room, other, links.MERGE)
    await room.taps(LI, LI_CHAT, main.number)
    await room.taps(LI, LI_CHAT, "是同一件，并案")
    return main, other


async def test_both_texts_stand_side_by_side_before_two_calls_become_one(room: Room):
    main, other = await two(room)

    await opened(room, other, links.MERGE)
    await room.taps(LI, LI_CHAT, main.number)

    shown = room.last(LI_CHAT).text
    assert "三号楼没有灯" in shown
    assert "楼下的路灯不亮" in shown
    assert "13812345678" not in shown


async def test_the_caller_of_a_merged_call_learns_the_other_number_and_nothing_else(room: Room):
    main, _other = await merged(room)

    told = room.last(HO_CHAT)
    assert main.number in told.text
    assert told.labels == ["不是同一件"]
    assert "5 个工作日内都可以" in told.text
    assert "楼下的路灯不亮" not in room.texts(HO_CHAT)
    assert "林" not in room.texts(HO_CHAT)


async def test_the_cards_of_both_say_so_and_nothing_said_is_lost(room: Room):
    main, other = await merged(room)

    assert f"🔗 已并入 {main.number}" in room.texts(GROUP)
    assert f"新并入一件：{other.number}（同感共 1 位）" in room.texts(GROUP)
    assert "三号楼没有灯" in room.last(GROUP).text
    assert "13812345678" not in room.texts(GROUP)


async def test_one_tap_of_its_caller_takes_a_merged_call_apart(room: Room):
    _main, other = await merged(room)

    await room.taps(HO, HO_CHAT, "不是同一件")

    assert "单独办理，6月" in room.last(HO_CHAT).text
    assert (await room.stage.leg(other)).status is Status.DISPATCHED
    assert "呼叫人说不是同一件" in room.texts(GROUP)


async def test_a_call_is_also_found_by_its_number_unless_it_is_out_of_reach(room: Room):
    main, other = await two(room)
    await opened(room, other, links.MERGE)

    await room.says(LI, LI_CHAT, "LW-260615-9999")
    missed = room.last(LI_CHAT).text
    await room.says(LI, LI_CHAT, main.number.lower())

    assert "没有找到这个编号" in missed
    assert "是同一件，并案" in room.last(LI_CHAT).labels


async def test_rare_acts_stand_behind_more(room: Room):
    await signed(room)

    await room.taps(LI, GROUP, "更多")

    assert {"☎️ 记电话", "🤝 请协办", "🏷 改事项", "🔗 并案"} <= set(room.card(GROUP).labels)


async def disputed(room: Room):
    """The community and the lights both say that it is not theirs."""
    call = await room.stage.raised()
    for number, by, proposed, decides in ((0, LI, LIGHTS, LIANG), (1, TAN, WATER, None)):
        leg = await room.stage.leg(call, number)
        async with room.stage.desk() as desk:
            await desk.return_leg(
                leg.id,
                ground=Ground.DUTY,
                proposed=proposed,
                pieces=words("线路不归我们管"),
                by=by,
                now=room.stage.now,
            )
            if decides:
                await desk.agree_return(leg.id, by=decides, now=room.stage.now)
    await room.delivers()
    return call


async def test_a_dispute_summons_the_district_once_and_tells_the_caller_when(room: Room):
    await disputed(room)

    told = room.texts(DENG_GROUP)
    assert "第 2 次退单" in told
    assert "退单审核：" not in told
    assert told.count("线路不归我们管") == 1
    assert "正由区里明确责任单位，6月16日" in room.last(LIN_CHAT).text
    assert room.card(DENG_GROUP).labels == ["⚖️ 指定主办", "⋯ 更多"]


async def test_who_returned_it_first_is_summoned_as_well_and_hears_how_it_ended(room: Room):
    await disputed(room)
    both = "交区里召集有关单位", "决定前由【区照明管理所】照常联系呼叫人"
    assert all(room.texts(chat).count(said) == 1 for said in both for chat in (GROUP, LAMPS))

    await room.opens(DENG, DENG_GROUP, "指定主办")
    await room.taps(DENG, DENG_CHAT, "区水务局")
    await room.taps(DENG, DENG_CHAT, "指定主办")

    ended = "区里指定【区水务局】主办，你们不用再办"
    assert [room.texts(chat).count(ended) for chat in (GROUP, LAMPS, CHATS[WATER])] == [1, 1, 0]


async def test_the_district_names_the_lead_and_everybody_knows(room: Room):
    call = await disputed(room)
    await room.opens(DENG, DENG_GROUP, "指定主办")
    await room.taps(DENG, DENG_CHAT, "区水务局")
    await room.taps(DENG, DENG_CHAT, "指定主办")

    assert "已指定【区水务局】主办" in room.last(DENG_CHAT).text
    assert (await room.stage.leg(call, 2)).binding
    assert "区里指定【区水务局】主办，你们不用再办" in room.texts(LAMPS)
    assert "已转由【区水务局】办理" in room.last(LIN_CHAT).text
    assert not any("退单" in label for label in room.card(CHATS[WATER]).labels)


async def test_a_call_is_split_and_the_caller_has_both_numbers(room: Room):
    call = await signed(room)
    await opened(room, call, links.SPLIT)
    await room.says(LI, LI_CHAT, "垃圾堆了三天没人清运")
    await room.taps(LI, LI_CHAT, "下一步")
    await room.taps(LI, LI_CHAT, "垃圾堆积、清运中断")
    await room.taps(LI, LI_CHAT, "拆分")

    told = room.last(LIN_CHAT).text
    assert "已从 LW-260615-0001 拆出 LW-260615-0002" in room.last(LI_CHAT).text
    assert "「垃圾堆积、清运中断」，编号 LW-260615-0002" in told
    assert "垃圾堆了三天没人清运" in told
    assert "🔗 由 LW-260615-0001 拆分而来" in room.card(GROUP).text
    assert "林**" in room.card(GROUP).text


async def test_the_street_asks_a_co_handler_in_and_the_lead_reads_what_for(room: Room):
    call = await signed(room)

    await opened(room, call, links.ADD_CO_ABOVE, by=LIANG)
    await room.says(LIANG, LIANG.account, "照明管理所")
    await room.says(LIANG, LIANG.account, "请查这一段线路")
    await room.taps(LIANG, LIANG.account, "下一步")
    await room.taps(LIANG, LIANG.account, "请协办")

    assert "🤝 协办【区照明管理所】：待签收" in room.card(GROUP).text
    assert "已请【区照明管理所】协办，仍由你们主办" in room.texts(GROUP)
    assert "🧾 请协办：请查这一段线路" in room.card(LAMPS).text
    assert "请查这一段线路" not in room.texts(LIN_CHAT)
