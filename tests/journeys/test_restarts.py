"""The service dies without a word in the middle of things, and comes back."""

from __future__ import annotations

import asyncio

import pytest

from tests.journeys import duty, telling
from tests.journeys.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.conformance
async def test_17_a_kill_in_the_middle_of_a_flow_resumes_the_step_and_nothing_said_is_lost(
    town: Town,
) -> None:
    lin, li = await town.resident(), await town.officer("李敏")
    await lin.says("七号楼前的路灯不亮")
    asked = await lin.answers_until(telling.NO_DANGER)

    await town.service.kill()
    tapping = asyncio.ensure_future(lin.taps(telling.NO_DANGER, on=asked))
    await town.service.restart()
    await tapping
    await lin.sees(telling.PLACE)
    await town.service.kill()
    await lin.says("逢源北社区")
    await town.service.restart()
    number = await lin.answers_until_sent()

    await li.card(number, "七号楼前的路灯不亮", "逢源北社区")
    assert len(await town.calls_of(lin)) == 1


async def test_a_kill_right_after_sending_leaves_exactly_one_call_and_one_card(
    town: Town,
) -> None:
    lin, li = await town.resident(), await town.officer("李敏")
    await lin.says("九号楼前的路灯不亮")
    look = await lin.answers_until(telling.SEND)

    tapping = asyncio.ensure_future(lin.taps(telling.SEND, on=look))
    await town.service.kill()
    await town.service.restart()
    await tapping
    number = telling.number_in(await lin.sees(telling.SENT, earlier=True))
    await li.takes(number)
    await li.resolves(number, "修好了。")
    await lin.sees(number, "请您评价", earlier=True)
    await lin.rates(number)
    await li.card(number, duty.CLOSED)

    assert len(await town.calls_of(lin)) == 1
    shown = [one for one in await li.group.messages() if "九号楼前" in one.text]
    assert len(shown) <= 2


async def test_what_was_tapped_and_said_while_nobody_listened_is_worked_off_in_order(
    town: Town,
) -> None:
    lin, li = await town.resident(), await town.officer("李敏")
    number = await lin.raises("十号楼前的路灯不亮")
    await li.takes(number)
    card = await li.card(number)

    await town.service.kill()
    said = [await li.desk.replies(card, f"第{n}句话。") for n in range(1, 6)]
    await town.service.restart()
    await li.marked(said[-1], duty.PASSED_ON)
    await lin.sees("第5句话。", earlier=True)

    heard = await lin.heard()
    places = [heard.index(f"第{n}句话。") for n in range(1, 6)]
    assert places == sorted(places)
    assert all(heard.count(f"第{n}句话。") == 1 for n in range(1, 6))
