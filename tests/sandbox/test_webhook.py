"""Delivery to a webhook: lanes in order, side by side, with retries on the sandbox's clock."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from tests.people import Person, Sandbox


class Receiver:
    """A bot's web server that notes what it gets and answers as it is told."""

    def __init__(self) -> None:
        self.got: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.answers: list[web.Response] = []
        self.secrets: set[str | None] = set()
        self.held: dict[str, asyncio.Event] = {}
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        update = await request.json()
        self.secrets.add(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.got.put_nowait(update)
        if held := self.held.get(update.get("message", {}).get("text", "")):
            await held.wait()
        return self.answers.pop(0) if self.answers else web.Response()

    async def words(self, count: int) -> list[str]:
        """The words of the next so many updates."""
        async with asyncio.timeout(10):
            return [(await self.got.get())["message"]["text"] for _ in range(count)]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/", receiver.take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    yield receiver
    await runner.cleanup()


@pytest.fixture
async def lin(sandbox: Sandbox) -> Person:
    return await sandbox.person("林阿姨")


async def test_updates_of_a_chat_come_in_order_with_the_secret(
    sandbox: Sandbox, lin: Person, receiver: Receiver
) -> None:
    await sandbox.bot("setWebhook", url=receiver.url, secret_token="s3cret")

    for text in ("一", "二", "三"):
        await lin.says(text)

    assert await receiver.words(3) == ["一", "二", "三"]
    assert receiver.secrets == {"s3cret"}


async def test_what_waited_before_the_webhook_is_delivered(
    sandbox: Sandbox, lin: Person, receiver: Receiver
) -> None:
    await lin.says("一")

    await sandbox.bot("setWebhook", url=receiver.url)

    assert await receiver.words(1) == ["一"]
    await sandbox.settled()


async def test_a_failed_delivery_is_tried_again_at_once_and_then_later(
    sandbox: Sandbox, lin: Person, receiver: Receiver
) -> None:
    receiver.answers = [web.Response(status=503), web.Response(status=503)]
    await sandbox.bot("setWebhook", url=receiver.url)
    await lin.says("一")
    at_once = await receiver.words(2)
    assert receiver.got.empty()

    while receiver.got.empty():
        await sandbox.forward(2)

    assert (at_once, await receiver.words(1)) == (["一", "一"], ["一"])
    await sandbox.settled()


async def test_the_failure_is_told(sandbox: Sandbox, lin: Person, receiver: Receiver) -> None:
    receiver.answers = [web.Response(status=500) for _ in range(2)]
    await sandbox.bot("setWebhook", url=receiver.url)
    await lin.says("一")
    await receiver.words(2)

    info = (await sandbox.bot("getWebhookInfo"))["result"]

    assert info["pending_update_count"] == 1
    assert info["last_error_message"] == (
        "Wrong response from the webhook: 500 Internal Server Error"
    )


async def test_retry_after_is_honoured(sandbox: Sandbox, lin: Person, receiver: Receiver) -> None:
    receiver.answers = [web.Response(status=503, headers={"Retry-After": "600"})]
    await sandbox.bot("setWebhook", url=receiver.url)
    await lin.says("一")
    await receiver.words(1)
    await sandbox.forward(500)
    early = receiver.got.empty()

    await sandbox.forward(101)

    assert (early, await receiver.words(1)) == (True, ["一"])


async def test_a_stuck_chat_does_not_stop_another(
    sandbox: Sandbox, lin: Person, receiver: Receiver
) -> None:
    zhou = await sandbox.person("周伯")
    receiver.held["一"] = asyncio.Event()
    await sandbox.bot("setWebhook", url=receiver.url)

    await lin.says("一")
    await lin.says("二")
    await zhou.says("三")

    assert await receiver.words(2) == ["一", "三"]
    receiver.held["一"].set()
    assert await receiver.words(1) == ["二"]


async def test_an_update_that_expired_is_given_up(
    sandbox: Sandbox, lin: Person, receiver: Receiver
) -> None:
    receiver.answers = [web.Response(status=503) for _ in range(2)]
    await sandbox.bot("setWebhook", url=receiver.url)
    await lin.says("一")
    await receiver.words(2)

    await sandbox.forward(86_401)

    await lin.says("二")
    assert await receiver.words(1) == ["二"]


async def test_a_webhook_taken_back_leaves_its_updates_to_polling(
    sandbox: Sandbox, lin: Person, receiver: Receiver
) -> None:
    receiver.answers = [web.Response(status=503) for _ in range(2)]
    await sandbox.bot("setWebhook", url=receiver.url)
    await lin.says("一")
    await receiver.words(2)

    await sandbox.bot("deleteWebhook")

    found = (await sandbox.bot("getUpdates"))["result"]
    assert [each["message"]["text"] for each in found] == ["一"]


async def test_a_new_address_gets_what_the_old_one_refused(
    sandbox: Sandbox, lin: Person, receiver: Receiver
) -> None:
    await sandbox.bot("setWebhook", url="http://127.0.0.1:1/")
    await lin.says("一")

    await sandbox.bot("setWebhook", url=receiver.url)

    assert await receiver.words(1) == ["一"]


async def test_an_address_gone_for_a_day_is_given_up(
    sandbox: Sandbox, lin: Person, receiver: Receiver
) -> None:
    receiver.answers = [web.Response(status=410) for _ in range(8)]
    await sandbox.bot("setWebhook", url=receiver.url)
    await lin.says("一")
    await receiver.words(2)

    await sandbox.forward(23.5 * 3600)
    await receiver.words(1)

    async with asyncio.timeout(5):
        while (info := (await sandbox.bot("getWebhookInfo"))["result"])["url"]:
            await sandbox.forward(0)
    assert info["pending_update_count"] == 1
