"""Somebody else looks, the district presses and reopens: in their own groups, by own taps."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.lifecycle import Outcome, Status
from core.rating import Conclusion, Verdict
from tests.bot.group.room import Room
from tests.core.playing import (
    CHATS,
    COMMUNITY,
    DENG,
    DISTRICT,
    LI,
    LIANG,
    LIN,
    STREET,
    SU,
    ZHOU,
    photo,
    words,
)

GROUP, ABOVE, OFFICE = CHATS[COMMUNITY], CHATS[STREET], CHATS[DISTRICT]
LIN_CHAT, LI_CHAT, LIANG_CHAT, DENG_CHAT = 1001, 2001, 2003, 2007
DRAIN = "11"
A_PHOTO = [{"file_id": "p1", "file_unique_id": "u1", "width": 1, "height": 1}]


async def answered(room: Room, item: str = DRAIN):
    """The community says that it is done."""
    call = await room.stage.raised(item=item)
    await room.delivers()
    await room.taps(LI, GROUP, "签收")
    async with room.stage.desk() as desk:
        await desk.resolve(
            (await room.stage.leg(call)).id,
            conclusion=Conclusion.SOLVED,
            pieces=photo("水排走了"),
            by=LI,
            now=room.stage.now,
        )
    await room.delivers()
    return call


async def closed(room: Room):
    """A lamp that was mended and rated."""
    call = await answered(room, "10")
    async with room.stage.desk() as desk:
        leg = await room.stage.leg(call)
        await desk.rate(leg.id, verdict=Verdict.SOLVED, stars=5, by=LIN, now=room.stage.now)
    await room.delivers()
    return call


@pytest.mark.parametrize(("item", "asked"), [("17", "还要附一张现场照片"), ("13", "可以附照片")])
async def test_a_photo_that_would_be_missed_is_asked_for_at_once(
    room: Room, item: str, asked: str
):
    await room.stage.raised(item=item)
    await room.delivers()
    await room.taps(LI, GROUP, "签收")
    await room.opens(LI, GROUP, "办结")

    await room.taps(LI, LI_CHAT, "已解决")

    assert asked in room.last(LI_CHAT).text


async def test_the_street_gets_the_card_with_two_buttons_and_the_answer_with_its_photo(room: Room):
    await answered(room)

    assert room.card(ABOVE).labels == ["✅ 核查通过", "❌ 不通过"]
    assert "请核查" in room.texts(ABOVE)
    assert "水排走了" in room.texts(ABOVE)
    assert room.last(ABOVE).method == "sendPhoto"
    assert "已办结，核查中" in room.card(GROUP).text


async def test_the_resident_reads_one_message_with_who_looks_and_may_rate(room: Room):
    await answered(room)

    told = [m for m in room.shown[LIN_CHAT] if "已办结" in m.text]
    assert len(told) == 1
    assert "由【逢源街道】在" in told[0].text
    assert told[0].labels == ["已解决", "部分解决", "未解决"]


async def test_one_tap_passes_it_and_the_resident_is_asked(room: Room):
    call = await answered(room)

    toast = await room.taps(LIANG, ABOVE, "核查通过")

    assert (await room.stage.leg(call)).status is Status.RESOLVED
    assert "核查通过" in toast
    assert "请您评价" in room.last(LIN_CHAT).text
    assert "梁静" not in room.texts(LIN_CHAT)
    assert room.card(ABOVE).labels == []
    assert "核查通过" in room.last(GROUP).text


@pytest.mark.parametrize("who", [LI, ZHOU, DENG])
async def test_whoever_is_not_of_the_street_is_refused_there(room: Room, who):
    call = await answered(room)

    toast = await room.taps(who, ABOVE, "核查通过")

    assert (await room.stage.leg(call)).status is Status.VERIFYING
    assert "核查单位" in toast


async def test_not_done_takes_a_choice_words_and_a_photo(room: Room):
    call = await answered(room)
    await room.opens(LIANG, ABOVE, "不通过")
    await room.taps(LIANG, LIANG_CHAT, "完全没有办")
    await room.says(LIANG, LIANG_CHAT, "井口还堵着")
    await room.taps(LIANG, LIANG_CHAT, "下一步")
    lacking = room.toasts[-1]
    await room.says(LIANG, LIANG_CHAT, photo=A_PHOTO)
    await room.taps(LIANG, LIANG_CHAT, "下一步")

    await room.taps(LIANG, LIANG_CHAT, "核查不通过")

    leg = await room.stage.leg(call)
    assert "还差一张现场照片" in lacking
    assert (leg.status, leg.rework, leg.false_closings) == (Status.IN_PROGRESS, 1, 1)
    assert "井口还堵着" in room.texts(GROUP)
    assert "现场没有办理" in room.texts(GROUP)
    assert "已退回【逢源北社区】重办" in room.last(LIN_CHAT).text
    assert "井口还堵着" not in room.texts(LIN_CHAT)


async def test_the_agency_cannot_open_the_form_of_who_looks(room: Room):
    await answered(room)

    await room.opens(LI, ABOVE, "不通过")

    assert "核查单位" in room.last(LI.account).text


async def test_the_district_finds_any_call_and_presses_it_with_a_word(room: Room):
    call = await room.stage.raised()
    await room.delivers()
    await room.says(DENG, OFFICE, f"/call@huying_bot {call.number}")
    await room.taps(DENG, OFFICE, "更多")
    await room.opens(DENG, OFFICE, "督办")
    await room.says(DENG, DENG_CHAT, "周五前要有结果")
    await room.taps(DENG, DENG_CHAT, "下一步")

    await room.taps(DENG, DENG_CHAT, "督办")

    assert (await room.stage.leg(call)).pressed_at
    assert "🔺 区级督办" in room.card(GROUP).text
    assert "🔺 区级督办" in room.card(OFFICE).text
    assert "周五前要有结果" in room.texts(GROUP)
    assert "区级督办" in room.last(LIN_CHAT).text
    assert "周五前要有结果" not in room.texts(LIN_CHAT)
    assert "邓洁" not in room.texts(LIN_CHAT)


async def test_other_agencies_have_no_button_for_pressing(room: Room):
    await room.stage.raised()
    await room.delivers()

    await room.taps(LI, GROUP, "更多")

    assert not any("督办" in label for label in room.card(GROUP).labels)


async def test_what_is_pressed_is_recalled_next_morning_by_name(room: Room):
    call = await room.stage.raised()
    await room.delivers()
    await room.taps(LI, GROUP, "签收")
    async with room.stage.desk() as desk:
        leg = await room.stage.leg(call)
        await desk.reply(leg.id, words("明天来修"), by=LI, now=room.stage.now)
        await desk.press_by_hand(leg.id, words("盯紧"), by=DENG, now=room.stage.now)
    await room.delivers()

    await room.stage.tick((await room.stage.leg(call)).next_due)
    await room.delivers()

    told = next(m for m in reversed(room.shown[GROUP]) if "今天写一条进展" in m.text)
    assert told.params["entities"][0]["type"] == "text_mention"


async def test_the_district_reopens_what_was_closed_long_ago(room: Room):
    call = await closed(room)
    await room.says(DENG, OFFICE, f"/call@huying_bot {call.number}")
    await room.taps(DENG, OFFICE, "更多")
    await room.opens(DENG, OFFICE, "重开")
    await room.says(DENG, DENG_CHAT, "领导批示再看看")
    await room.taps(DENG, DENG_CHAT, "下一步")

    await room.taps(DENG, DENG_CHAT, "重开")

    assert (await room.stage.leg(call)).status is Status.DISPATCHED
    assert "领导批示再看看" in room.texts(GROUP)
    assert "✅ 签收" in room.card(GROUP).labels
    assert "区里重开了这一件" in room.last(LIN_CHAT).text
    assert "领导批示再看看" not in room.texts(LIN_CHAT)


async def test_after_the_third_rework_a_caller_agency_is_offered_no_fourth(room: Room):
    call = await room.stage.raised()
    await room.delivers()
    await room.taps(LI, GROUP, "签收")
    async with room.stage.desk() as desk:
        parent = await room.stage.leg(call)
        child = await desk.call_up(
            parent.id, target=STREET, pieces=words("请街道来"), by=LI, now=room.stage.now
        )
        await desk.acknowledge(child.id, by=LIANG, now=room.stage.now)
        for again in range(4):
            await desk.resolve(
                child.id,
                conclusion=Conclusion.SOLVED,
                pieces=words("好了"),
                by=LIANG,
                now=room.stage.now,
            )
            if again < 3:
                await desk.rework(child.id, by=LI, now=room.stage.now)
    await room.delivers()

    await room.taps(LI, GROUP, "未解决")
    assert not any("重办" in label for m in room.shown[GROUP] for label in m.labels)
    await room.taps(LI, GROUP, "1⭐")

    assert (await room.stage.leg(call, 1)).outcome is Outcome.UNSOLVED


async def test_what_is_to_be_looked_at_stands_on_the_board_of_who_looks(room: Room):
    call = await answered(room)

    await room.says(LIANG, ABOVE, "/board@huying_bot")

    assert "请核查 1 件" in room.last(ABOVE).text
    assert call.number in room.last(ABOVE).text


async def test_a_verifier_whose_group_comes_late_gets_card_and_answer_then(room: Room):
    async with room.stage.units.begin() as work:
        binding = await work.groups.of_agency(STREET)
        await work.groups.save(replace(binding, suspended=True))
    call = await answered(room)
    async with room.stage.units.begin() as work:
        leg = await room.stage.leg(call)
        await work.legs.save(replace(leg, verifier=STREET))
    late = -100888
    await room.says(SU, SU.account, "/bindcode 逢源街道")
    code = room.last(SU.account).text.split("/bind@huying_bot ")[1].split()[0]

    await room.says(SU, late, f"/bind {code}")
    await room.taps(SU, late, "确认")

    assert room.card(late).labels == ["✅ 核查通过", "❌ 不通过"]
    assert "水排走了" in room.texts(late)
