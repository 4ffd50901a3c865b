"""A group falls silent: the level above and administrators hear of it once, and of its return."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.aftermath import Aftermath
from core.outgoing import Kind, OutboxRow, Policy, State
from sandbox.world.standing import standing
from tests.bot.group.room import Room
from tests.bot.group.test_setting_up import BOT, membership
from tests.core.playing import CHATS, COMMUNITY, LI, STREET, SU

MUTED = standing(BOT, "restricted")
GROUP, ABOVE = CHATS[COMMUNITY], CHATS[STREET]


async def muted(room: Room) -> None:
    """Telegram says that the bot may not write there."""
    change = membership(GROUP, "member", "restricted")
    await room.feeds({"my_chat_member": change | {"new_chat_member": MUTED}})


async def test_a_muted_group_is_told_of_above_and_to_administrators_once(room: Room):
    await room.stage.raised()
    await muted(room)
    await muted(room)

    told = [m.text for m in room.shown[ABOVE] if "收不到消息" in m.text]
    assert len(told) == 1
    assert "1 件在办" in told[0]
    assert sum("被禁言" in m.text for m in room.shown[SU.account]) == 1


async def test_meanwhile_new_calls_and_reminders_go_to_the_level_above(room: Room):
    call = await room.stage.raised()
    await muted(room)
    later = await room.stage.raised(draft="d2")
    await room.stage.tick(room.stage.now + timedelta(hours=2))
    await room.delivers()

    assert (await room.stage.leg(later)).agency == STREET
    assert any(call.number in m.text and "在等办理" in m.text for m in room.shown[ABOVE])


async def test_once_it_may_write_again_its_cards_come_and_everybody_hears(room: Room):
    call = await room.stage.raised()
    await muted(room)
    change = membership(GROUP, "restricted", "member")
    await room.feeds({"my_chat_member": change | {"old_chat_member": MUTED}})
    await room.delivers()

    assert any("恢复了" in m.text for m in room.shown[ABOVE])
    assert call.number in room.card(GROUP).text


async def test_a_command_in_the_group_brings_it_back_as_well(room: Room):
    await room.stage.raised()
    await muted(room)
    await room.says(LI, GROUP, "/board@huying_bot")

    assert "看板" in room.last(GROUP).text


async def test_a_group_that_threw_the_bot_out_is_told_of_above_too(room: Room):
    await room.feeds({"my_chat_member": membership(GROUP, "member", "kicked")})

    assert any("收不到消息" in m.text for m in room.shown[ABOVE])
    assert any("移出" in m.text for m in room.shown[SU.account])


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ("Forbidden: the group chat was deleted", "移出"),
        ("Bad Request: group chat was deactivated", "移出"),
        ("Bad Request: not enough rights to send text messages to the chat", "被禁言"),
    ],
)
async def test_a_group_that_a_message_finds_gone_or_muted_is_told_of_above(
    room: Room, error: str, told: str
):
    """Telegram says nothing of a group that is deleted until somebody writes there."""
    await room.stage.raised()
    await room.delivers()
    aftermath = Aftermath(room.renderer, lambda: room.stage.now, frozenset({SU.account}))
    row = OutboxRow(1, GROUP, Kind.CARD, Policy.LATEST, {}, State.SENDING, 1, room.stage.now)
    for _ in range(2):
        async with room.stage.units.begin() as work:
            await aftermath.unreachable(row, error, work)
    await room.delivers()

    assert sum("收不到消息" in m.text for m in room.shown[ABOVE]) == 1
    assert sum(told in m.text for m in room.shown[SU.account]) == 1
