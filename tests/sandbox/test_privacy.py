"""What the bot gets to see in a group, with privacy mode and without."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.people import Group, Person, Sandbox

Act = Callable[[Sandbox, Person, Group], Awaitable[Any]]
BOT = "huying_sandbox_bot"


async def chats(sandbox: Sandbox, chen: Person, group: Group) -> None:
    await chen.in_group(group).says("今天真热")


async def mentions(sandbox: Sandbox, chen: Person, group: Group) -> None:
    await chen.in_group(group).says(f"@{BOT} 在吗")


async def commands_the_bot(sandbox: Sandbox, chen: Person, group: Group) -> None:
    await chen.in_group(group).says(f"/calls@{BOT} 3")


async def commands_another_bot(sandbox: Sandbox, chen: Person, group: Group) -> None:
    await chen.in_group(group).says("/calls@another_bot")


async def commands_bare(sandbox: Sandbox, chen: Person, group: Group) -> None:
    await chen.in_group(group).says("/calls")


async def commands_bare_after_the_bot(sandbox: Sandbox, chen: Person, group: Group) -> None:
    await sandbox.bot("sendMessage", chat_id=group.id, text="新呼叫")
    await chen.in_group(group).says("/calls")


async def commands_bare_after_chatter(sandbox: Sandbox, chen: Person, group: Group) -> None:
    await sandbox.bot("sendMessage", chat_id=group.id, text="新呼叫")
    await chen.in_group(group).says("收到")
    await chen.in_group(group).says("/calls")


async def replies_to_the_bot(sandbox: Sandbox, chen: Person, group: Group) -> None:
    own = await sandbox.bot("sendMessage", chat_id=group.id, text="新呼叫")
    await chen.in_group(group).replies(own["result"]["message_id"], "马上到")


async def replies_to_a_person(sandbox: Sandbox, chen: Person, group: Group) -> None:
    said = await chen.in_group(group).says("谁去")
    await chen.in_group(group).replies(said, "我去")


async def captions_a_photo_with_a_command(sandbox: Sandbox, chen: Person, group: Group) -> None:
    await chen.in_group(group).sends_photo(caption=f"/done@{BOT}")


async def brings_somebody(sandbox: Sandbox, chen: Person, group: Group) -> None:
    await group.member(await sandbox.person("新人"), "member")


MATRIX: list[tuple[Act, bool]] = [
    (chats, False),
    (mentions, False),
    (commands_the_bot, True),
    (commands_another_bot, False),
    (commands_bare, False),
    (commands_bare_after_the_bot, True),
    (commands_bare_after_chatter, False),
    (replies_to_the_bot, True),
    (replies_to_a_person, False),
    (captions_a_photo_with_a_command, True),
    (brings_somebody, True),
]
IDS = [act.__name__ for act, _ in MATRIX]


async def heard(sandbox: Sandbox) -> int:
    return sum("message" in each for each in (await sandbox.bot("getUpdates"))["result"])


async def quiet_group(sandbox: Sandbox, **how: Any) -> tuple[Person, Group]:
    """A group whose beginnings the bot has confirmed already."""
    chen = await sandbox.person("陈主任")
    group = await sandbox.group("东风社区", members=[chen], **how)
    await sandbox.bot("deleteWebhook", drop_pending_updates=True)
    return chen, group


@pytest.mark.parametrize(("act", "seen"), MATRIX, ids=IDS)
async def test_privacy_mode_shows_only_what_is_meant_for_the_bot(
    sandbox: Sandbox, act: Act, seen: bool
) -> None:
    chen, group = await quiet_group(sandbox)

    await act(sandbox, chen, group)

    assert (await heard(sandbox) > 0) is seen


@pytest.mark.parametrize("act", [act for act, _ in MATRIX], ids=IDS)
async def test_an_administrator_bot_sees_everything(sandbox: Sandbox, act: Act) -> None:
    chen, group = await quiet_group(sandbox, bot="administrator")

    await act(sandbox, chen, group)

    assert await heard(sandbox) > 0


@pytest.mark.parametrize("act", [act for act, _ in MATRIX], ids=IDS)
async def test_without_privacy_mode_everything_is_seen(sandbox: Sandbox, act: Act) -> None:
    chen, group = await quiet_group(sandbox)
    await sandbox.privacy(enabled=False)

    await act(sandbox, chen, group)

    assert await heard(sandbox) > 0


async def test_a_bot_outside_the_group_sees_nothing(sandbox: Sandbox) -> None:
    chen, group = await quiet_group(sandbox, bot="absent")

    await commands_the_bot(sandbox, chen, group)

    assert await heard(sandbox) == 0
