"""A resident's own phone: one key, shown back masked, taken out, never somebody else's (S8)."""

from __future__ import annotations

from typing import Any

import pytest

from bot.screens.handing_out import export
from core.board import Board
from core.call import NameShown
from core.outgoing import Kind, OutboxRow, Policy, State
from tests.bot.flows.test_raise_call import reaches_the_look
from tests.bot.flows.visiting import Visitor
from tests.core.playing import MONDAY, Stage, liwan

PHONE = "+8613812345678"
SHOWN = "138******78"


def _card(whose: Visitor | int, number: str = "8613812345678") -> dict[str, Any]:
    owner = whose if isinstance(whose, int) else whose.account
    return {"contact": {"phone_number": number, "first_name": "林", "user_id": owner}}


def _left(lin: Visitor) -> str:
    return lin.units.tables.residents[lin.account].phone


async def _leaves_it(lin: Visitor) -> None:
    await lin.says("/mydata")
    await lin.taps("改电话")
    await lin.sends(**_card(lin))


async def test_one_key_at_the_last_look_leaves_a_number_and_goes_away(lin: Visitor):
    await reaches_the_look(lin)
    await lin.taps("留个电话")
    assert lin.keys[0] == "📱 发送我的电话"

    await lin.sends(**_card(lin))

    assert lin.keys == []
    assert f"电话：{SHOWN}" in lin.sees.text
    await lin.taps("发送")
    assert (lin.calls[0].phone, _left(lin)) == (PHONE, PHONE)


async def test_the_number_that_was_left_goes_with_the_next_call(lin: Visitor):
    await _leaves_it(lin)
    await reaches_the_look(lin)

    await lin.taps("发送")

    assert lin.calls[0].phone == PHONE


async def test_a_call_goes_without_a_number_where_nobody_wants_to_leave_one(lin: Visitor):
    await reaches_the_look(lin)

    await lin.taps("发送")

    assert lin.calls[0].phone == ""


async def test_one_call_goes_without_the_number_that_was_left(lin: Visitor):
    await _leaves_it(lin)
    await reaches_the_look(lin)
    await lin.taps("改电话")

    await lin.says("不留电话")
    await lin.taps("发送")

    assert (lin.calls[0].phone, _left(lin)) == ("", PHONE)


async def test_a_nameless_call_has_no_number_either(lin: Visitor):
    await _leaves_it(lin)
    await reaches_the_look(lin)
    await lin.taps("改称呼", "改称呼")
    assert "匿名就不带电话" in lin.sees.text

    await lin.taps("发送")

    (call,) = lin.calls
    assert (call.name_shown, call.phone) == (NameShown.ANONYMOUS, "")


@pytest.mark.security("S8")
async def test_somebody_elses_card_is_kept_nowhere_and_nothing_is_lost(lin: Visitor):
    await reaches_the_look(lin)
    draft = lin.talk.draft if lin.talk else None

    for card in (_card(4001), {"contact": {"phone_number": "13812345678", "first_name": "林"}}):
        await lin.sends(**card)
        assert "别人的名片" in lin.sees.text

    assert lin.talk and lin.talk.draft == draft
    assert _left(lin) == ""


async def test_the_key_takes_nobody_elses_card(lin: Visitor):
    await lin.says("/mydata")
    await lin.taps("改电话")

    await lin.sends(**_card(4001))

    assert "别人的名片" in lin.sees.text
    assert _left(lin) == ""


async def test_her_own_card_out_of_the_blue_is_asked_about_and_the_draft_goes_on(lin: Visitor):
    await reaches_the_look(lin)
    await lin.sends(**_card(lin))
    assert SHOWN in lin.sees.text

    await lin.taps("留下这个电话")

    assert "我们接着说刚才没说完的事" in lin.sees.text or f"电话：{SHOWN}" in lin.sees.text
    await lin.taps("发送")
    assert lin.calls[0].phone == PHONE


async def test_a_card_she_does_not_mean_is_forgotten(lin: Visitor):
    await lin.sends(**_card(lin))

    await lin.taps("取消")

    assert "没有留下" in lin.sees.text
    assert _left(lin) == ""
    assert lin.talk is None or "number" not in lin.talk.draft


async def test_nothing_is_kept_of_whoever_did_not_agree_yet(newcomer: Visitor):
    await newcomer.sends(**_card(newcomer))

    assert "/call" in newcomer.sees.text
    assert newcomer.account not in newcomer.units.tables.residents


async def test_a_number_of_abroad_is_not_one_that_an_officer_could_ring(lin: Visitor):
    await lin.says("/mydata")
    await lin.taps("改电话")

    await lin.sends(**_card(lin, "85291234567"))

    assert "内地" in lin.sees.text
    assert _left(lin) == ""


async def test_her_calls_offer_it_and_open_ones_have_it_at_once(lin: Visitor):
    call = await Stage(lin.units).raised()
    await lin.says("/mycalls")
    await lin.taps("留个电话")

    await lin.says("电话 138 1234 5678 王")

    assert f"📞 改电话（{SHOWN}）" in lin.sees.labels
    assert (await Stage(lin.units).call(call)).call.phone == PHONE


async def test_taken_out_it_is_gone_from_her_open_calls_too(lin: Visitor):
    call = await Stage(lin.units).raised()
    await _leaves_it(lin)
    assert f"电话：{SHOWN}" in lin.sees.text
    await lin.taps("改电话")

    await lin.says("不留电话")

    assert "电话：没有留" in lin.sees.text
    assert _left(lin) == ""
    assert (await Stage(lin.units).call(call)).call.phone == ""


@pytest.mark.security("S12")
async def test_it_is_in_her_file_and_goes_with_everything_else(lin: Visitor):
    await _leaves_it(lin)
    row = OutboxRow(
        1, lin.account, Kind.EXPORT, Policy.AT_LEAST_ONCE, {}, State.SENDING, 1, MONDAY
    )
    async with lin.units.read() as work:
        speech = await export(row, Board(work, liwan()))
    assert PHONE in speech.params["document"].content.decode()

    await lin.says("/mydata")
    await lin.taps("删除全部", "确定删除")

    assert PHONE not in repr(lin.units.tables)
