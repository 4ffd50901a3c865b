"""The whole road against a real sandbox: an update in, an answer out, whatever happens between."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app import Service
from bot.complaints import complaint
from bot.config import Settings, Telegram
from tests.bot import echoing
from tests.people import ROOT, TOKEN, Person, Sandbox

UNPACED = Telegram(messages_per_second=0, chat_per_second=0, group_per_minute=0)


@asynccontextmanager
async def serving(
    sandbox: Sandbox, file: Path, telegram: Telegram = UNPACED, token: str = TOKEN
) -> AsyncIterator[None]:
    """The echoing service over this database, stopped gently on leaving."""
    stop, ready = asyncio.Event(), asyncio.Event()
    service = Service(
        Settings(telegram=telegram),
        token,
        sandbox.url,
        f"sqlite:///{file}",
        echoing.assemble,
        lambda said: ready.set(),
    )
    async with asyncio.timeout(30), asyncio.TaskGroup() as tasks:
        tasks.create_task(service.run(stop))
        await ready.wait()
        try:
            yield
        finally:
            stop.set()


async def answers(person: Person, sandbox: Sandbox) -> list[str]:
    return [one.text for one in await person.messages() if sandbox.by_bot(one.raw)]


async def test_words_are_answered_and_taps_as_well(sandbox, sqlite_file):
    lin = await sandbox.person("林阿姨")

    async with serving(sandbox, sqlite_file):
        await lin.starts()
        await lin.sees("/start")
        tapped = await lin.taps("好")
        await lin.sees("收到")

    assert (tapped.answered, tapped.text) == (True, "谢谢")


async def test_what_waited_while_the_service_was_away_is_answered_once(sandbox, sqlite_file):
    lin = await sandbox.person("林阿姨", started=True)
    await lin.says("一")
    async with serving(sandbox, sqlite_file):
        await lin.sees("一", earlier=True)
    await lin.says("二")

    async with serving(sandbox, sqlite_file):
        await lin.sees("二", earlier=True)

    assert await answers(lin, sandbox) == ["/start", "一", "二"]


@pytest.mark.parametrize("moment", ["before_commit", "before_offset"])
async def test_a_kill_in_the_middle_of_fetching_loses_and_doubles_nothing(
    sandbox, sqlite_file, moment
):
    lin = await sandbox.person("林阿姨")
    await lin.starts()
    killed = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bot.crashing", sandbox.url, str(sqlite_file), moment, cwd=ROOT
    )

    assert await killed.wait() == -9
    assert (await sandbox.get("/pending"))["pending"] == 1
    async with serving(sandbox, sqlite_file):
        await lin.sees("/start", earlier=True)
        await lin.says("还在")
        await lin.sees("还在")

    assert await answers(lin, sandbox) == ["/start", "还在"]


async def test_a_bad_update_delays_nobody_else(sandbox, sqlite_file):
    lin, chen = await sandbox.person("林阿姨"), await sandbox.person("陈伯")

    async with serving(sandbox, sqlite_file):
        await lin.says("坏")
        await chen.says("好的")
        await chen.sees("好的", timeout=5)

    assert await answers(lin, sandbox) == []


async def test_a_429_of_one_person_delays_nobody_else(sandbox, sqlite_file):
    lin, chen = await sandbox.person("林阿姨"), await sandbox.person("陈伯")
    await sandbox.fault("429", chat=lin.id, count=1, retry_after=2)

    async with serving(sandbox, sqlite_file):
        await lin.says("一")
        await sandbox.wait_for(lambda event: event["type"] == "request")
        await chen.says("别人")
        await chen.sees("别人", timeout=1.5)
        await lin.sees("一")

    assert await answers(lin, sandbox) == ["一"]


async def test_an_answer_that_was_dropped_on_the_way_back_is_adjacent_to_its_copy(
    sandbox, sqlite_file
):
    lin = await sandbox.person("林阿姨")
    await sandbox.fault("drop_after", method="sendMessage", chat=lin.id, count=1)

    async with serving(sandbox, sqlite_file):
        await lin.says("一")
        await lin.says("二")
        await lin.sees("一", earlier=True)
        await lin.looks()
        await sandbox.forward(21)
        await lin.sees("二")

    assert await answers(lin, sandbox) == ["一", "一", "二"]


async def test_somebody_who_blocked_the_bot_stops_nobody(sandbox, sqlite_file):
    lin, chen = await sandbox.person("林阿姨"), await sandbox.person("陈伯")
    await lin.says("一")
    await lin.blocks()

    async with serving(sandbox, sqlite_file):
        await chen.says("别人")
        await chen.sees("别人")

    assert await answers(lin, sandbox) == []


async def test_a_group_that_is_upgraded_hears_its_answers_in_the_new_chat(sandbox, sqlite_file):
    lin = await sandbox.person("林阿姨")
    group = await sandbox.group("东风社区", members=[lin])
    await lin.in_group(group).says("/calls@huying_sandbox_bot")
    await group.upgrades()

    async with serving(sandbox, sqlite_file):
        shown = await lin.in_group(group).sees("/calls", earlier=True)

    assert shown.raw["chat"]["id"] == group.id


async def test_updates_may_be_pushed_instead_of_fetched(sandbox, sqlite_file):
    lin = await sandbox.person("林阿姨")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    pushed = UNPACED.model_copy(
        update={
            "mode": "webhook",
            "webhook_url": f"http://127.0.0.1:{port}/hook",
            "webhook_secret": SecretStr("a-long-random-word"),
            "webhook_port": port,
        }
    )

    async with serving(sandbox, sqlite_file, pushed):
        await lin.says("一")
        await lin.sees("一")

    assert await answers(lin, sandbox) == ["一"]


async def test_a_token_nobody_knows_ends_the_service_with_a_reason(sandbox, sqlite_file):
    with pytest.raises(ExceptionGroup) as ended:
        async with serving(sandbox, sqlite_file, token="7000000001:AAH-another-made-up-token-000"):
            """Never reached."""

    assert "令牌" in complaint(ended.value)[0]


async def test_the_service_begins_anew_when_the_sandbox_does(sandbox, sqlite_file):
    async with serving(sandbox, sqlite_file):
        await sandbox.reset({})
        lin = await sandbox.person("林阿姨")
        await lin.says("新的一天")
        await lin.sees("新的一天", timeout=20)

    assert await answers(lin, sandbox) == ["新的一天"]
