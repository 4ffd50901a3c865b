"""Two people at once, and people whose part it is not: one wins, others are told, kindly."""

from __future__ import annotations

import asyncio

import pytest

from core.lifecycle import Action, Status
from tests.journeys import duty, telling
from tests.journeys.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="module")
NOT_YOURS = "只有本群承办单位登记的经办人能操作"


async def test_two_taps_on_send_at_once_raise_one_call(town: Town) -> None:
    lin = await town.resident()
    await lin.says("路灯不亮")
    look = await lin.answers_until(telling.SEND)

    taps = await asyncio.gather(*(lin.taps(telling.SEND, on=look) for _ in range(2)))
    await lin.sees(telling.SENT, earlier=True)

    assert all(tap.answered for tap in taps)
    assert len([tap for tap in taps if tap.text]) == 1
    assert len(await town.calls_of(lin)) == 1


@pytest.mark.conformance
async def test_12_two_officers_sign_at_once_and_the_second_is_told_who_was_first(
    town: Town,
) -> None:
    lin, li, zhou = await town.resident(), await town.officer("李敏"), await town.officer("周强")
    number = await lin.raises("门口路灯不亮")
    card = await li.card(number, button=duty.TAKE)

    told = await asyncio.gather(
        li.desk.taps(duty.TAKE, on=card), zhou.desk.taps(duty.TAKE, on=card)
    )

    won, lost = sorted(told, key=lambda tap: tap.text.startswith("已由"))
    leg = (await town.record(number)).main.leg
    assert "已签收" in won.text
    assert f"已由{leg.signed_by}" in lost.text
    assert lost.show_alert
    assert leg.signed_by == ("李敏" if told[0] is won else "周强")
    signed = [e for e in (await town.record(number)).entries if e.action is Action.ACKNOWLEDGE]
    assert len(signed) == 1


async def test_a_stranger_in_the_group_is_refused_and_told_who_may(town: Town) -> None:
    lin, li = await town.resident(), await town.officer("李敏")
    stranger = await town.newcomer("路过的人", li.group)
    number = await lin.raises("巷口路灯不亮")
    card = await li.card(number, button=duty.TAKE)
    tapped = await stranger.desk.taps(duty.TAKE, on=card)
    card = await li.takes(number)
    before = await town.record(number)

    asked = await stranger.desk.taps(duty.REPLY, on=card)
    spoke = await stranger.desk.replies(card, "我来处理")
    told = await stranger.answered(spoke)

    assert NOT_YOURS in tapped.text and tapped.show_alert
    assert NOT_YOURS in asked.text
    assert NOT_YOURS in told.text
    assert await town.record(number) == before
    assert "我来处理" not in await lin.heard()


async def test_an_officer_of_another_agency_is_refused(town: Town) -> None:
    lin, li = await town.resident(), await town.officer("李敏")
    huang = await town.officer("黄海")
    await li.group.member(huang, "member")
    guest = huang.in_group(li.group)
    number = await lin.raises("后门路灯不亮")
    card = await li.card(number, button=duty.TAKE)
    before = await town.record(number)

    tapped = await guest.taps(duty.TAKE, on=card)
    link = await guest.taps(duty.RETURN, on=card)
    assert link.url
    await huang.starts(link.url.partition("start=")[2])
    told = await huang.sees(NOT_YOURS)

    assert NOT_YOURS in tapped.text
    assert not told.buttons
    assert await town.record(number) == before


async def test_an_anonymous_administrator_cannot_speak_for_the_agency(town: Town) -> None:
    lin, li = await town.resident(), await town.officer("李敏")
    number = await lin.raises("亭子边路灯不亮")
    card = await li.card(number, button=duty.TAKE)
    masked = li.in_group(li.group, face="anonymous")
    before = await town.record(number)

    spoke = await masked.replies(card, "我来处理")
    told = await li.answered(spoke)

    assert "匿名" in told.text
    assert await town.record(number) == before
    assert "我来处理" not in await lin.heard()


async def test_a_button_sent_to_another_chat_or_made_up_does_nothing(town: Town) -> None:
    lin, li = await town.resident(), await town.officer("李敏")
    liang = await town.officer("梁静")
    number = await lin.raises("车站旁路灯不亮", danger=True)
    card = await li.card(number, button=duty.TAKE)
    elsewhere = await liang.card(number, button=duty.TAKE)
    data = str(card.button(duty.TAKE)["callback_data"])

    carried = await liang.desk.taps_data(elsewhere, data)
    forged = await li.desk.taps_data(card, data[:-1] + ("A" if data[-1] != "A" else "B"))

    assert "用不了" in carried.text
    assert "用不了" in forged.text
    assert (await town.record(number)).main.leg.status is Status.DISPATCHED


async def test_nobody_reads_the_calls_of_somebody_else(town: Town) -> None:
    lin, nosy = await town.resident(), await town.resident("好奇的人")
    number = await lin.raises("学校门口路灯不亮")

    await nosy.says("/mycalls")
    shown = await nosy.sees("还没有反映过事情")

    assert number not in shown.text
