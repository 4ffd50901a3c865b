"""Long polling has the rules of Telegram's queue."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.people import Person, Sandbox


@pytest.fixture
async def lin(sandbox: Sandbox) -> Person:
    return await sandbox.person("林阿姨")


async def updates(sandbox: Sandbox, **wish: Any) -> list[dict[str, Any]]:
    return (await sandbox.bot("getUpdates", **wish))["result"]


async def words(sandbox: Sandbox, **wish: Any) -> list[str]:
    return [each["message"]["text"] for each in await updates(sandbox, **wish)]


async def three(sandbox: Sandbox, lin: Person) -> int:
    """Three messages wait; answers the first one's update id."""
    for text in ("一", "二", "三"):
        await lin.says(text)
    return (await updates(sandbox))[0]["update_id"]


async def test_an_offset_forgets_what_is_before_it(sandbox: Sandbox, lin: Person) -> None:
    first = await three(sandbox, lin)

    await updates(sandbox, offset=first + 2)

    assert await sandbox.pending() == 1


async def test_a_negative_offset_keeps_the_last_ones(sandbox: Sandbox, lin: Person) -> None:
    await three(sandbox, lin)

    found = await words(sandbox, offset=-1)

    assert (found, await sandbox.pending()) == (["三"], 1)


@pytest.mark.parametrize("off", [14, -100_001])
async def test_an_absurd_offset_is_ignored(sandbox: Sandbox, lin: Person, off: int) -> None:
    first = await three(sandbox, lin)

    found = await words(sandbox, offset=first + off)

    assert found == ["一", "二", "三"]


async def test_the_same_offset_again_at_once_brings_one_update(
    sandbox: Sandbox, lin: Person
) -> None:
    await three(sandbox, lin)

    found = await words(sandbox)

    assert found == ["一"]


async def test_a_limit_is_kept(sandbox: Sandbox, lin: Person) -> None:
    first = await three(sandbox, lin)

    found = await words(sandbox, offset=first, limit=2)

    assert found == ["一", "二"]


async def test_ids_rise_one_by_one(sandbox: Sandbox, lin: Person) -> None:
    first = await three(sandbox, lin)

    found = [each["update_id"] for each in await updates(sandbox, offset=first)]

    assert found == [first, first + 1, first + 2]


async def test_a_lost_queue_goes_on_from_another_id(sandbox: Sandbox, lin: Person) -> None:
    await three(sandbox, lin)

    await sandbox.post("/updates", {"next": 42})

    await lin.says("四")
    found = await updates(sandbox, timeout=1)
    assert [(each["update_id"], each["message"]["text"]) for each in found] == [(42, "四")]


async def test_a_poll_waits_for_the_first_update(sandbox: Sandbox, lin: Person) -> None:
    async with asyncio.TaskGroup() as both:
        poll = both.create_task(words(sandbox, timeout=10))
        both.create_task(lin.says("你好"))

    assert poll.result() == ["你好"]


async def test_a_second_poller_ends_the_first(sandbox: Sandbox, lin: Person) -> None:
    async with asyncio.TaskGroup() as both:
        first = both.create_task(sandbox.bot("getUpdates", timeout=10))
        second = both.create_task(sandbox.bot("getUpdates", timeout=10, offset=1))
        await sandbox.wait_for(lambda event: event["type"] == "reset")
        await asyncio.wait([first, second], return_when=asyncio.FIRST_COMPLETED)
        await lin.says("你好")

    answers = sorted((first.result(), second.result()), key=lambda each: each["ok"])
    assert answers[0]["error_code"] == 409
    assert answers[0]["description"] == (
        "Conflict: terminated by other getUpdates request;"
        " make sure that only one bot instance is running"
    )
    assert answers[1]["result"][0]["message"]["text"] == "你好"


async def test_polling_is_refused_while_a_webhook_is_set(sandbox: Sandbox) -> None:
    await sandbox.bot("setWebhook", url="http://127.0.0.1:1/")

    answer = await sandbox.bot("getUpdates")

    assert (answer["error_code"], answer["description"]) == (
        409,
        "Conflict: can't use getUpdates method while webhook is active;"
        " use deleteWebhook to delete the webhook first",
    )


async def test_kinds_that_were_asked_for_once_stay_asked_for(
    sandbox: Sandbox, lin: Person
) -> None:
    await updates(sandbox, allowed_updates=["edited_message"])

    await lin.edits(await lin.says("错字"), "改了")

    found = await updates(sandbox, timeout=1)
    assert [sorted(each) for each in found] == [["edited_message", "update_id"]]


async def test_membership_of_others_is_told_to_an_administrator_who_asked(
    sandbox: Sandbox, lin: Person
) -> None:
    group = await sandbox.group("东风社区", bot="administrator")
    await group.member(lin, "member")
    await sandbox.bot("getUpdates", allowed_updates=["chat_member"], offset=-1)
    await group.member(lin, "administrator")

    change = (await updates(sandbox, offset=-1))[0]["chat_member"]

    told = (change["old_chat_member"]["status"], change["new_chat_member"]["status"])
    assert told == ("member", "administrator")


async def test_a_message_waits_for_a_day(sandbox: Sandbox, lin: Person) -> None:
    await lin.says("你好")
    await sandbox.forward(86_300)
    kept = await sandbox.pending()

    await sandbox.forward(200)

    assert (kept, await sandbox.pending()) == (1, 0)


async def test_a_tap_waits_for_150_seconds(sandbox: Sandbox, lin: Person) -> None:
    said = await lin.says("你好")
    wish = {"from": lin.id, "chat": lin.id, "message": said.id, "data": "x"}
    await sandbox.post("/taps", wish)

    await sandbox.forward(151)

    assert await sandbox.pending() == 1


async def test_dropping_what_waits_when_the_webhook_is_deleted(
    sandbox: Sandbox, lin: Person
) -> None:
    await three(sandbox, lin)

    await sandbox.bot("deleteWebhook", drop_pending_updates=True)

    assert await sandbox.pending() == 0
