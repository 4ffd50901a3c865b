"""Telegram has bad days: too many requests, lost answers, broken servers; the story still ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio

from tests.journeys import duty
from tests.journeys.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(autouse=True, loop_scope="module")
async def no_faults_left(town: Town) -> AsyncIterator[None]:
    """Each story begins and ends with a Telegram that works."""
    yield
    await town.sandbox.no_faults()


async def test_a_group_told_to_wait_does_not_delay_a_resident(town: Town) -> None:
    lin, li = await town.resident(), await town.officer("李敏")
    feng = await town.officer("冯晓")
    await town.sandbox.fault("429", chat=li.group.id, retry_after=20)

    number = await lin.raises("一号楼的路灯不亮")
    other = await lin.raises("光复路的路灯不亮", at="光复社区")
    await feng.takes(other)
    await lin.sees(other, "已签收", earlier=True)
    shown = [one for one in await li.group.messages() if number in one.text]
    await town.sandbox.no_faults()
    await town.sandbox.forward(25)

    assert shown == []
    await li.takes(number)


async def test_an_answer_lost_on_the_way_leaves_at_most_one_extra_card(town: Town) -> None:
    lin, li = await town.resident(), await town.officer("李敏")
    await town.sandbox.fault("drop_after", method="sendMessage", chat=li.group.id, count=1)

    async with hurried(town):
        number = await lin.raises("二号楼的路灯不亮")
        await li.takes(number)
        await li.resolves(number, "修好了。")
        await lin.sees(number, "请您评价", earlier=True)
        await lin.rates(number)
        await li.card(number, duty.CLOSED)

    shown = [one for one in await li.group.messages() if one.text.startswith(number)]
    assert 1 <= len(shown) <= 2


async def test_a_server_that_stumbles_is_asked_again(town: Town) -> None:
    lin, li = await town.resident(), await town.officer("李敏")
    await town.sandbox.fault("500", chat=li.group.id, count=1)
    await town.sandbox.fault("502", chat=lin.id, count=1)

    async with hurried(town):
        number = await lin.raises("三号楼的路灯不亮")
        await li.takes(number)
        await li.replies_to_card(number, "马上来。")
        await lin.sees(number, "马上来", earlier=True)

    shown = [one for one in await li.group.messages() if one.text.startswith(number)]
    assert len(shown) == 1


async def test_a_network_that_fails_now_and_then_only_slows_the_story(town: Town) -> None:
    lin, li = await town.resident(), await town.officer("李敏")
    await town.sandbox.fault("drop_before", method="sendMessage", chat=lin.id, count=1)
    await town.sandbox.fault("drop_before", method="sendMessage", chat=li.group.id, count=1)
    await town.sandbox.fault("bad_json", method="editMessageText", count=2)

    async with hurried(town):
        number = await lin.raises("四号楼的路灯不亮")
        await li.takes(number)
        await li.resolves(number, "修好了。")
        await lin.sees(number, "请您评价", earlier=True)
        await lin.rates(number)
        await li.card(number, duty.CLOSED)

    assert len(await town.calls_of(lin)) == 1


@asynccontextmanager
async def hurried(town: Town) -> AsyncIterator[None]:
    """Whenever a request fails, the time passes that the service waits before the next try."""
    async with asyncio.TaskGroup() as beside:
        hurrying = beside.create_task(_hurry(town, await town.sandbox.last()))
        yield
        hurrying.cancel()


async def _hurry(town: Town, after: int) -> None:
    while True:
        struck = await town.sandbox.wait_for(
            lambda event: event["type"] == "request" and bool(event["data"].get("fault")),
            after=after,
            timeout=120,
        )
        after = struck["seq"]
        await town.sandbox.forward(30)
