"""Long polling: kept first, confirmed second."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from json import dumps, loads
from typing import Any

import pytest

from bot.bell import Bell
from bot.intake.poller import Poller, TokenRefused
from tests.bot.raw import GROUP, message
from tests.fakes import MemoryUnits


@dataclass
class Answer:
    """A response of aiohttp's, as far as anybody reads it."""

    status: int
    body: str = ""

    async def read(self) -> bytes:
        return self.body.encode()


class Telegram:
    """Answers getUpdates as Telegram does: an offset forgets everything before it, at once."""

    def __init__(self, *updates: dict[str, Any]) -> None:
        self.waiting = list(updates)
        self.asked: list[dict[str, Any]] = []
        self.answers: list[Answer] = []

    @asynccontextmanager
    async def post(self, url: str, *, json: dict[str, Any], timeout: Any):  # noqa: ASYNC109
        await asyncio.sleep(0)
        self.asked.append(loads(dumps(json)))
        yield self.answers.pop(0) if self.answers else self.answer(**json)

    def answer(self, *, limit: int, offset: int = 0, **_: Any) -> Answer:
        self.waiting = [update for update in self.waiting if update["update_id"] >= offset]
        return Answer(200, dumps({"ok": True, "result": self.waiting[:limit]}))


class OutOfOrder(MemoryUnits):
    """A store that cannot commit the first time."""

    broken = True

    @asynccontextmanager
    async def begin(self):
        async with super().begin() as work:
            yield work
            if self.broken:
                self.broken = False
                raise OSError("disk full")


def poller(telegram: Telegram, units: MemoryUnits, clock, rest=asyncio.sleep) -> Poller:
    return Poller(
        client=telegram,
        url="http://telegram/bot7:x",
        bot_id=7,
        units=units,
        clock=clock.now,
        bell=Bell(),
        rest=rest,
    )


def kept(units: MemoryUnits) -> list[int]:
    return sorted(update for _, update in units.tables.inbox)


class Enough(BaseException):
    """A test has seen enough of an endless loop."""


class Rests:
    """Counts the rests of a poller, and ends it after the last one wanted."""

    def __init__(self, most: int) -> None:
        self.seconds: list[float] = []
        self.most = most

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        if len(self.seconds) == self.most:
            raise Enough


async def test_updates_are_kept_and_then_confirmed(units, clock):
    telegram = Telegram(message(10), message(11))
    polls = poller(telegram, units, clock)

    await polls.fetch()
    await polls.fetch()

    assert kept(units) == [10, 11]
    assert [question.get("offset") for question in telegram.asked] == [None, 12]
    assert telegram.waiting == []


async def test_every_question_names_the_kinds_we_want(units, clock):
    telegram = Telegram()

    await poller(telegram, units, clock).fetch()

    wanted = ["message", "edited_message", "callback_query", "my_chat_member"]
    assert telegram.asked[0]["allowed_updates"] == wanted


async def test_what_could_not_be_kept_is_not_confirmed(clock):
    units = OutOfOrder()
    telegram = Telegram(message(10))
    polls = poller(telegram, units, clock)

    with pytest.raises(OSError, match="disk full"):
        await polls.fetch()
    await polls.fetch()

    assert kept(units) == [10]
    assert [question.get("offset") for question in telegram.asked] == [None, None]


async def test_the_same_update_offered_twice_is_kept_once(units, clock):
    await poller(Telegram(message(10)), units, clock).fetch()

    await poller(Telegram(message(10), message(11)), units, clock).fetch()

    assert kept(units) == [10, 11]


async def test_ids_that_begin_again_lower_are_kept(units, clock):
    await poller(Telegram(message(900_000)), units, clock).fetch()

    await poller(Telegram(message(3)), units, clock).fetch()

    assert kept(units) == [3, 900_000]


async def test_an_update_nobody_can_decode_is_kept_as_well(units, clock):
    await poller(Telegram({"update_id": 4, "brand_new": {"a": 1}}), units, clock).fetch()

    assert kept(units) == [4]


async def test_chatter_in_a_group_is_confirmed_and_not_kept(units, clock):
    telegram = Telegram(message(4, "今晚吃什么", chat=GROUP), message(5))
    polls = poller(telegram, units, clock)

    await polls.fetch()
    await polls.fetch()

    assert kept(units) == [5]
    assert telegram.waiting == []


async def test_a_refused_token_ends_the_polling(units, clock):
    telegram = Telegram()
    telegram.answers.append(Answer(401, '{"ok": false}'))

    with pytest.raises(TokenRefused):
        await poller(telegram, units, clock).run()


@pytest.mark.parametrize("status", [409, 500, 502])
async def test_trouble_is_waited_out_longer_each_time(units, clock, status):
    telegram = Telegram(message(10))
    telegram.answers += [Answer(status)] * 3
    rests = Rests(most=3)

    with pytest.raises(Enough):
        await poller(telegram, units, clock, rests).run()

    assert rests.seconds == sorted(rests.seconds)
    assert all(0.7 <= seconds <= 6.5 for seconds in rests.seconds)


async def test_after_the_trouble_nothing_is_missing(units, clock):
    telegram = Telegram(message(10))
    telegram.answers += [Answer(409), Answer(200, "<html>")]
    rests = Rests(most=3)
    polls = poller(telegram, units, clock, rests)
    arrived = polls._bell

    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        running = tasks.create_task(polls.run())
        await arrived.heard(5)
        running.cancel()

    assert kept(units) == [10]
