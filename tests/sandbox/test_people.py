"""The tests' own people: acting and looking without sleeping, with a tiny bot made of requests."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.people import NotPossible, Person, Sandbox, Tapped

ONE_BUTTON = {"inline_keyboard": [[{"text": "签收", "callback_data": "take"}]]}


async def first_tap(sandbox: Sandbox) -> dict[str, Any]:
    """The first tap the bot hears of."""
    offset = 0
    while True:
        found = (await sandbox.bot("getUpdates", offset=offset, timeout=10))["result"]
        for update in found:
            offset = update["update_id"] + 1
            if "callback_query" in update:
                return update["callback_query"]


async def test_a_person_sees_what_the_bot_says_after_the_wait_began(sandbox: Sandbox) -> None:
    lin = await sandbox.person("林阿姨", started=True)

    async with asyncio.TaskGroup() as both:
        seen = both.create_task(lin.sees("你好"))
        both.create_task(sandbox.bot("sendMessage", chat_id=lin.id, text="你好，林阿姨"))

    assert seen.result().text == "你好，林阿姨"


async def test_a_person_sees_what_the_bot_said_before_the_wait_began(sandbox: Sandbox) -> None:
    lin = await sandbox.person("林阿姨", started=True)
    await sandbox.bot("sendMessage", chat_id=lin.id, text="你好，林阿姨")

    seen = await lin.sees("你好", timeout=1)

    assert seen.id == 2


async def test_a_person_does_not_mistake_an_old_answer_for_a_new_one(sandbox: Sandbox) -> None:
    lin = await sandbox.person("林阿姨", started=True)
    await sandbox.bot("sendMessage", chat_id=lin.id, text="请选择")
    await lin.says("照明")

    with pytest.raises(AssertionError, match="did not see"):
        await lin.sees("请选择", timeout=0.1)
    seen = await lin.sees("请选择", timeout=0.1, earlier=True)

    assert seen.id == 2


async def test_a_tap_waits_for_the_button_and_brings_the_answer(sandbox: Sandbox) -> None:
    lin = await sandbox.person("林阿姨", started=True)

    async def bot() -> None:
        words = {"chat_id": lin.id, "text": "新呼叫", "reply_markup": ONE_BUTTON}
        await sandbox.bot("sendMessage", **words)
        query = await first_tap(sandbox)
        await sandbox.bot("answerCallbackQuery", callback_query_id=query["id"], text="已签收")

    async with asyncio.TaskGroup() as both:
        tapped = both.create_task(lin.taps("签收"))
        both.create_task(bot())

    assert tapped.result() == Tapped(answered=True, text="已签收")


async def test_an_edit_is_seen_too(sandbox: Sandbox) -> None:
    lin = await sandbox.person("林阿姨", started=True)
    await sandbox.bot("sendMessage", chat_id=lin.id, text="处理中")
    await sandbox.bot("editMessageText", chat_id=lin.id, message_id=2, text="已办结")

    seen = await lin.sees("已办结")

    assert (seen.id, [each.text for each in await lin.messages()]) == (2, ["/start", "已办结"])


async def test_a_person_keeps_the_same_seat_in_a_group(sandbox: Sandbox) -> None:
    chen = await sandbox.person("陈主任")
    group = await sandbox.group("东风社区", members=[chen])

    assert chen.in_group(group) is chen.in_group(group)


async def test_a_stranger_cannot_write_in_a_group(sandbox: Sandbox) -> None:
    stranger = await sandbox.person("路人")
    group = await sandbox.group("东风社区")

    with pytest.raises(NotPossible, match="not a member"):
        await stranger.in_group(group).says("在吗")


async def test_the_reply_keyboard_is_pressed_by_its_words(sandbox: Sandbox) -> None:
    lin: Person = await sandbox.person("林阿姨", started=True)
    keyboard = {"keyboard": [[{"text": "发送位置", "request_location": True}, "不用了"]]}
    words = {"chat_id": lin.id, "text": "在哪里？", "reply_markup": keyboard}
    await sandbox.bot("sendMessage", **words)

    pin = await lin.presses("发送位置")

    assert pin.raw["location"] == {"latitude": 23.125, "longitude": 113.244}


async def test_settled_means_that_the_bot_has_confirmed_everything(sandbox: Sandbox) -> None:
    await sandbox.person("林阿姨", started=True)
    update = (await sandbox.bot("getUpdates"))["result"][0]
    with pytest.raises(AssertionError, match="1 updates unconfirmed"):
        await sandbox.settled(timeout=0.1)

    await sandbox.bot("getUpdates", offset=update["update_id"] + 1)

    await sandbox.settled(timeout=1)
    assert await sandbox.pending() == 0
