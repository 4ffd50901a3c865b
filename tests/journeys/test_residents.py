"""What a resident meets on other ways: danger, notice boards, pins, my calls, blocking the bot."""

from __future__ import annotations

import pytest

from core.lifecycle import Outcome
from tests.journeys import duty, telling
from tests.journeys.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="module")
FENGYUAN_NORTH = "440103006114"
INSIDE, AT_SEA, TIANHE = (23.1241, 113.2377), (22.0, 114.3), (23.13, 113.36)


async def test_in_danger_the_numbers_come_first_then_community_and_street_at_once(
    town: Town,
) -> None:
    lin, li, liang = await town.resident(), await town.officer("李敏"), await town.officer("梁静")
    await lin.says("楼上的路灯电线掉下来了，有人触电")
    await lin.answers_until(telling.DANGER)

    await lin.taps(telling.DANGER)
    await lin.sees("不要等回复", "119", "120", "110")
    await lin.taps(telling.REPORTED)
    number = await lin.answers_until_sent()

    for officer in (li, liang):
        await officer.card(number, "🚨 紧急", button=duty.TAKE)
    assert (await town.record(number)).call.urgency == "P0"
    await liang.takes(number)
    await li.takes(number)
    await lin.sees(number, "已签收", earlier=True)


async def test_somebody_who_was_not_in_danger_after_all_goes_on_as_usual(town: Town) -> None:
    lin = await town.resident()
    await lin.says("路灯不亮")
    await lin.answers_until(telling.DANGER)

    await lin.taps(telling.DANGER)
    await lin.taps("其实没有危险")
    number = await lin.answers_until_sent()

    call = (await town.record(number)).call
    assert not call.danger
    assert call.urgency == "P2"


async def test_the_notice_boards_link_knows_the_place(town: Town) -> None:
    lin, li = await town.resident(), await town.officer("李敏")

    await lin.starts(f"place_{FENGYUAN_NORTH}")
    await lin.is_asked()
    await lin.taps(telling.AGREE)
    await lin.sees("逢源北社区", "请告诉我是什么事")
    await lin.says("告示栏旁边的路灯不亮")
    number = await lin.answers_until_sent(at="不会问到")

    card = await li.card(number, "逢源北社区", "告示栏")
    assert duty.TAKE in card.buttons


async def test_a_link_nobody_drew_is_answered_kindly(town: Town) -> None:
    lin = await town.resident()

    await lin.starts("place_999")

    assert "/call" in (await lin.sees("这个链接用不了")).text


async def test_a_pin_inside_is_confirmed_and_its_community_answers(town: Town) -> None:
    lin = await town.resident()
    await lin.says("这里的路灯不亮")
    await _until_place(lin)

    await lin.sends_location(*INSIDE)
    near = await lin.sees("附近有这几个社区")
    await lin.taps(next(b for b in near.buttons if b.startswith("逢源北")))
    number = await lin.answers_until_sent()

    call = (await town.record(number)).call
    assert call.community == FENGYUAN_NORTH
    assert call.point is not None


@pytest.mark.parametrize("pin", [AT_SEA, TIANHE], ids=["at sea", "in another district"])
async def test_a_pin_elsewhere_is_refused_and_what_was_said_stays(
    town: Town, pin: tuple[float, float]
) -> None:
    lin, li = await town.resident(), await town.officer("李敏")
    await lin.says("转角的路灯不亮")
    await _until_place(lin)

    await lin.sends_location(*pin)
    await lin.sees("不在荔湾区范围内", "12345")
    await lin.says("逢源北社区")
    number = await lin.answers_until_sent()

    assert duty.TAKE in (await li.card(number, "转角的路灯不亮")).buttons


async def test_by_street_and_community_without_typing(town: Town) -> None:
    lin = await town.resident()
    await lin.says("河边路灯不亮")
    await _until_place(lin)

    await lin.presses("按街道选")
    await lin.sees("请选街道")
    await lin.taps("逢源街道")
    await lin.sees("请选社区")
    await lin.taps("逢源北社区")
    number = await lin.answers_until_sent()

    assert (await town.record(number)).call.community == FENGYUAN_NORTH


async def test_my_calls_words_and_a_photo_arrive_below_the_card(town: Town) -> None:
    lin, li = await town.resident(), await town.officer("李敏")
    number = await lin.raises("三巷路灯不亮")
    card = await li.takes(number)

    opened = await lin.opens_my_call(number)
    assert "办理中" in opened.text
    await lin.taps(telling.ADD)
    await lin.sees("补充什么", number)
    await lin.says("今晚又暗了一盏")
    await lin.sees("已转给逢源北社区", number)
    await lin.sends_photo(caption="就是这一盏")
    await lin.sees("已转给逢源北社区", number)
    words = await li.hears(number, "呼叫人补充", "又暗了一盏")
    photo = await li.hears("就是这一盏")
    await lin.taps("说完了")
    listed = await lin.sees(number, "您补充")

    assert words.raw["reply_to_message"]["message_id"] == card.id
    assert photo.raw["reply_to_message"]["message_id"] == card.id
    assert photo.raw["photo"]
    assert "今晚又暗了一盏" in listed.text


async def test_urging_reaches_the_group_once_and_then_waits(town: Town) -> None:
    lin, li = await town.resident(), await town.officer("李敏")
    number = await lin.raises("四巷路灯不亮")
    await lin.opens_my_call(number)

    first = await lin.taps(telling.URGE)
    await li.hears(number, "呼叫人催办")
    second = await lin.taps(telling.URGE)

    assert "已替您催办" in first.text
    assert "刚催过了" in second.text
    urged = [one for one in await li.group.messages() if number in one.text and "催办" in one.text]
    assert len(urged) == 1


async def test_withdrawing_closes_the_call_and_the_group_hears_it(town: Town) -> None:
    lin, li = await town.resident(), await town.officer("李敏")
    number = await lin.raises("五巷路灯不亮")
    await lin.opens_my_call(number)

    await lin.taps(telling.WITHDRAW)
    await lin.sees("要撤回", number)
    await lin.taps("问题已经解决")
    await lin.sees(number, "已撤回")

    await li.hears(number, "呼叫人已撤回", "问题已经解决")
    closed = await li.card(number, duty.CLOSED, "撤回")
    assert not closed.buttons
    assert (await town.record(number)).main.leg.outcome is Outcome.WITHDRAWN


async def test_an_answer_to_a_message_of_the_agency_goes_back_to_it(town: Town) -> None:
    lin, li = await town.resident(), await town.officer("李敏")
    number = await lin.raises("六巷路灯不亮")
    await li.takes(number)
    await li.replies_to_card(number, "是哪一栋楼下？")
    asked = await lin.sees(number, "哪一栋")

    await lin.replies(asked, "八栋楼下")
    await lin.sees("已转给逢源北社区")

    await li.hears(number, "呼叫人补充", "八栋楼下")


async def test_a_blocked_resident_is_announced_once_and_coming_back_works(town: Town) -> None:
    lin, li = await town.resident("周叔"), await town.officer("李敏")
    number = await lin.raises("七巷路灯不亮")
    await li.takes(number)
    await lin.sees(number, "已签收")

    await lin.blocks()
    await li.hears(number, "暂时联系不上呼叫人")
    card = await li.card(number, "暂时联系不上呼叫人")
    sent = await li.desk.replies(card, "您在吗？")
    await li.answered(sent)
    await lin.unblocks()
    await li.replies_to_card(number, "灯下午修好。")
    await lin.sees(number, "灯下午修好", earlier=True)
    missed = await lin.opens_my_call(number)

    assert "您在吗？" in missed.text
    told = [
        one
        for one in await li.group.messages()
        if number in one.text and "停用了机器人" in one.text
    ]
    assert len(told) == 1


async def _until_place(lin: telling.Resident) -> None:
    """Answer what comes before the question of the place."""
    while True:
        screen = await lin.is_asked()
        if telling.PLACE in screen.text:
            return
        await lin.answers(screen, at="", danger=False, item="")
