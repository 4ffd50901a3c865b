"""Updates that are pushed: kept first, answered second; strangers are turned away."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.bell import Bell
from bot.intake.webhook import SECRET_HEADER, Webhook
from tests.bot.raw import GROUP, message
from tests.fakes import MemoryUnits

SECRET = "a-long-random-word"


class Broken(MemoryUnits):
    """A store that is down."""

    @asynccontextmanager
    async def begin(self):
        raise OSError
        yield


@asynccontextmanager
async def client(webhook: Webhook) -> AsyncIterator[TestClient]:
    async with TestClient(TestServer(webhook.application("/hook"))) as client:
        yield client


def hook(units: MemoryUnits, clock) -> Webhook:
    return Webhook(secret=SECRET, bot_id=7, units=units, clock=clock.now, bell=Bell())


async def pushed(webhook: Webhook, secret: str | None = SECRET, **request) -> int:
    headers = {} if secret is None else {SECRET_HEADER: secret}
    async with client(webhook) as telegram:
        answer = await telegram.post("/hook", headers=headers, **(request or {"json": message(1)}))
        return answer.status


async def test_an_update_is_kept_and_then_answered(units, clock):
    status = await pushed(hook(units, clock))

    assert status == 200
    assert list(units.tables.inbox) == [(7, 1)]


async def test_the_same_update_again_is_answered_and_kept_once(units, clock):
    await pushed(hook(units, clock))

    status = await pushed(hook(units, clock))

    assert (status, len(units.tables.inbox)) == (200, 1)


@pytest.mark.parametrize("secret", [None, "", "wrong", "密码", SECRET + "x", "\udcff"])
async def test_whoever_does_not_know_the_secret_is_turned_away(units, clock, secret):
    status = await pushed(hook(units, clock), secret)

    assert status == 401
    assert units.tables.inbox == {}


async def test_a_store_that_is_down_is_never_answered_with_success(clock):
    assert await pushed(hook(Broken(), clock)) == 503


async def test_while_closing_telegram_is_asked_to_come_again(units, clock):
    webhook = hook(units, clock)
    webhook.closing = True

    assert await pushed(webhook) == 503


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"message": {}}', b'{"update_id": "x"}'])
async def test_what_is_no_update_is_refused(units, clock, body):
    assert await pushed(hook(units, clock), data=body) == 400


async def test_more_than_a_mebibyte_is_refused(units, clock):
    assert await pushed(hook(units, clock), data=BytesIO(b" " * (1024 * 1024 + 1))) == 413


async def test_chatter_is_answered_and_not_kept(units, clock):
    status = await pushed(hook(units, clock), json=message(1, "吃了吗", chat=GROUP))

    assert (status, units.tables.inbox) == (200, {})
