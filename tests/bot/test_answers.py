"""Answers to taps: at once, once, and never in anybody's way."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from telegram.error import BadRequest

from bot.delivery.answers import WAITING, Answers
from bot.delivery.speech import Fleeting


class Telegram:
    """Hears answers; 坏 is refused, and 慢 is done with only once 快 was said."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.quick = asyncio.Event()

    async def call(self, method: str, params: Mapping[str, Any]) -> Any:
        self.heard.append(params["text"])
        if params["text"] == "慢":
            await self.quick.wait()
        if params["text"] == "快":
            self.quick.set()
        if params["text"] == "坏":
            raise BadRequest("query is too old and response timeout expired")
        return True


def toast(text: str) -> Fleeting:
    return Fleeting("answerCallbackQuery", {"callback_query_id": "9", "text": text})


async def everything(answers: Answers) -> None:
    async with asyncio.timeout(5):
        answers.stop()
        await answers.run()


async def test_answers_are_said_once_each():
    telegram = Telegram()
    answers = Answers(telegram)

    answers.put([toast("一"), toast("二")])
    await everything(answers)

    assert telegram.heard == ["一", "二"]


async def test_an_answer_that_came_too_late_is_not_repeated_and_stops_nothing():
    telegram = Telegram()
    answers = Answers(telegram)

    answers.put([toast("坏"), toast("二")])
    await everything(answers)

    assert telegram.heard == ["坏", "二"]


async def test_when_too_many_wait_the_oldest_are_forgotten():
    telegram = Telegram()
    answers = Answers(telegram)

    answers.put([toast(str(n)) for n in range(WAITING + 5)])
    await everything(answers)

    assert telegram.heard[0] == "5"
    assert len(telegram.heard) == WAITING


async def test_a_slow_answer_keeps_no_other_waiting():
    telegram = Telegram()
    answers = Answers(telegram)

    answers.put([toast("慢"), *(toast(str(n)) for n in range(9)), toast("快")])
    await everything(answers)

    assert telegram.heard[-1] == "快"
