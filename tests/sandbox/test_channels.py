"""A channel: the bot administers it or is not in it, and posts carry nobody's name."""

from __future__ import annotations

from typing import Any

import pytest
from aiogram.types import Message, Update

from tests.people import Group, NotPossible, Person, Sandbox


async def channel(sandbox: Sandbox, **how: Any) -> tuple[Person, Person, Group]:
    """Who made a channel, who reads it, and the channel."""
    su, reader = await sandbox.person("苏晴"), await sandbox.person("街坊")
    made = await sandbox.group("荔湾呼应", creator=su, members=[reader], type="channel", **how)
    return su, reader, made


async def test_the_bot_is_told_with_its_right_to_post_and_nobody_else_hears(sandbox: Sandbox):
    _su, _reader, made = await channel(sandbox)

    (update,) = (await sandbox.bot("getUpdates"))["result"]

    change = Update.model_validate(update).my_chat_member
    assert change is not None
    assert change.chat.type == "channel"
    assert change.new_chat_member.can_post_messages is True
    assert await made.messages() == []


async def test_a_post_is_the_channels_own_and_may_be_edited(sandbox: Sandbox):
    _su, _reader, made = await channel(sandbox)

    post = (await sandbox.bot("sendMessage", chat_id=made.id, text="周报"))["result"]
    edit = {"chat_id": made.id, "message_id": post["message_id"], "text": "周报（更正）"}
    edited = (await sandbox.bot("editMessageText", **edit))["result"]

    assert Message.model_validate(edited).sender_chat.id == made.id  # type: ignore[union-attr]
    assert "from" not in edited
    assert [each.text for each in await made.messages()] == ["周报（更正）"]


async def test_without_the_right_or_outside_it_posts_nothing(sandbox: Sandbox):
    su, _reader, made = await channel(sandbox)

    await made.member("bot", "administrator", su, without=["can_post_messages"])
    refused = await sandbox.bot("sendMessage", chat_id=made.id, text="周报")
    await made.member("bot", "left", su)
    gone = await sandbox.bot("sendMessage", chat_id=made.id, text="周报")

    assert refused["description"] == "Bad Request: need administrator rights in the channel chat"
    assert gone["description"] == "Forbidden: bot is not a member of the channel chat"


async def test_only_administrators_write_and_the_bot_hears_it_as_a_post(sandbox: Sandbox):
    su, reader, made = await channel(sandbox)
    await sandbox.bot("deleteWebhook", drop_pending_updates=True)

    with pytest.raises(NotPossible):
        await reader.in_group(made).says("我也说一句")
    await su.in_group(made).says("通知")

    (update,) = (await sandbox.bot("getUpdates"))["result"]
    assert update["channel_post"]["text"] == "通知"


async def test_a_bot_is_no_subscriber(sandbox: Sandbox):
    with pytest.raises(NotPossible):
        await channel(sandbox, bot="member")
