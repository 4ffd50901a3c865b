"""Two languages meet in one call: Anna reads English, the office reads and writes Chinese."""

from __future__ import annotations

import pytest

from core.lifecycle import Outcome
from tests.journeys import telling
from tests.journeys.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_call_from_english_words_to_an_english_thank_you(town: Town) -> None:
    anna, li = await town.known("Anna"), await town.officer("李敏")
    await anna.says("/start")
    await anna.sees("Hello Anna!")
    await anna.says("The street lamp is out: 路灯不亮")
    for button in ("Agree and go on", "路灯不亮", "No"):
        await anna.taps(button)
    await anna.sees("Where is it?")
    await anna.says("逢源北社区")
    await anna.taps("I cannot say")
    await anna.taps("✅ Send")
    number = telling.number_in(await anna.sees("Sent. Number:"))

    await li.takes(number)
    await anna.sees(number, "has acknowledged it", earlier=True)
    await li.resolves(number, "灯泡换好了")
    await anna.sees(number, "Please rate it", "灯泡换好了", earlier=True)
    await anna.taps("Solved")
    await anna.taps("Very satisfied")
    await anna.sees("Thank you for your rating", number)

    assert (await town.record(number)).main.leg.outcome is Outcome.SOLVED


async def test_a_language_is_chosen_by_button(town: Town) -> None:
    ho = await town.known("何小姐")
    await ho.says("/start")
    await ho.sees("您好！我是「呼應」。")

    await ho.says("/language")
    await ho.taps("English")
    await ho.sees("I speak English with you from now on")

    await ho.says("/help")
    shown = await ho.sees("How it works")

    assert "/mycalls my calls" in shown.text
