"""What nobody is sure of: the community sorts it, asks, sends it elsewhere - or time does."""

from __future__ import annotations

import pytest

from core.lifecycle import Outcome, Status
from tests.journeys import duty
from tests.journeys.duty import Officer
from tests.journeys.telling import Resident
from tests.journeys.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="module")
UNSURE = "说不准，请社区帮忙选"
ADMIT, ASK, ELSEWHERE = "✅ 受理", "❓ 问呼叫人", "↪️ 转渠道"
HOUR, DAY = 3600, 86_400


async def test_a_question_is_answered_by_the_next_message_and_then_it_is_admitted(
    town: Town,
) -> None:
    lin, li = await town.resident(), await town.officer("李敏")
    number = await unsure(lin, "巷子里黑麻麻，好像是灯的事")
    card = await li.card(number, "事项待定", "可能是“路灯不亮”")
    assert ADMIT in card.buttons

    await asks(li, number, "坏了几盏")
    await lin.sees(number, "想问您一件事", "坏了几盏？")
    await lin.says("三盏都不亮")
    await lin.sees("已转给逢源北社区", number)
    await li.hears(number, "呼叫人回答了", "三盏都不亮")
    admitted = await li.taps_card(number, ADMIT)

    assert "逢源北社区" in admitted.text
    await lin.sees(number, "已受理：路灯不亮", "办结")
    await li.takes(number)
    assert "李敏" not in await lin.heard()


async def test_days_pass_with_a_question_open_two_reminders_come_and_then_it_is_closed(
    town: Town,
) -> None:
    await town.sandbox.clock_to("2026-06-22T09:30:00+08:00")  # a Monday
    lin, li = await town.resident(), await town.officer("李敏")
    number = await unsure(lin, "路上黑，灯不亮")
    await asks(li, number, "坏了几盏")
    await lin.sees(number, "想问您一件事")

    for _day in range(2):
        await town.sandbox.forward(DAY + HOUR)
        await lin.sees(number, "还在等您回答", "坏了几盏？")
    await town.sandbox.forward(DAY + HOUR)
    closed = await lin.sees(number, "没有等到您的回答")
    await li.hears(number, "一直没有回答", "不计入考核")

    assert closed.buttons == ["🔓 没解决，重开"]
    leg = (await town.record(number)).main.leg
    assert (leg.status, leg.outcome) == (Status.CLOSED, Outcome.NO_REPLY)


async def test_what_others_answer_for_is_closed_with_a_number_to_ring(town: Town) -> None:
    lin, li = await town.resident(), await town.officer("李敏")
    number = await unsure(lin, "买了台坏掉的路灯造型台灯，商家不退钱")
    await li.opens(number, ELSEWHERE)
    await li.taps("属于消费或合同纠纷", on=await li.sees("为什么不由我们办"))
    await li.taps("12315 消费维权热线", on=await li.sees("请呼叫人找谁"))
    await li.sees("请写给呼叫人的说明")
    await li.writes("带上收据，他们会调解。")
    await li.sends_form("转渠道", "已告诉呼叫人该找谁", number)

    told = await lin.sees(number, "12315 消费维权热线，电话 12315", "带上收据")
    assert told.buttons == ["不同意"]
    await li.card(number, duty.CLOSED, "已转其他渠道")


async def unsure(resident: Resident, words: str) -> str:
    """Say it, and leave the item to the community; the call's number."""
    await resident.says(words)
    return await resident.answers_until_sent(item=UNSURE)


async def asks(officer: Officer, number: str, fact: str) -> None:
    """One of the questions that such items want to know."""
    await officer.opens(number, ASK)
    screen = await officer.sees("请点一个问题", number)
    await officer.taps(next(b for b in screen.buttons if fact in b), on=screen)
    await officer.sees("已把问题转给呼叫人", number)
