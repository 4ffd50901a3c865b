"""The district's group is the administrators' command group: role and place, never one alone."""

from __future__ import annotations

import pytest

from core.people import Officer, Post
from tests.bot.group.room import Room
from tests.core.playing import CHATS, COMMUNITY, DENG, DISTRICT, LI, LIANG, STREET, SU

OFFICE = CHATS[DISTRICT]
SU_AT = SU.account or 0
LIMIT = "/limit P2 办结 3 工作日"


async def _versions(room: Room) -> dict[str, int]:
    async with room.stage.units.read() as work:
        return dict(await work.sheets.in_force(room.stage.now))


async def test_an_administrator_changes_a_rule_there_and_confirms_it(room: Room):
    await room.says(SU, OFFICE, LIMIT)
    await room.taps(SU, OFFICE, "确认")

    assert await _versions(room) == {"rules.csv": 2}


@pytest.mark.parametrize("who", [DENG, LI, LIANG], ids=["of the district", "officer", "street"])
async def test_nobody_else_commands_or_confirms_there(room: Room, who):
    await room.says(who, OFFICE, LIMIT)
    assert not room.shown[OFFICE]
    await room.says(SU, OFFICE, LIMIT)
    await room.taps(who, OFFICE, "确认")

    assert await _versions(room) == {}


@pytest.mark.parametrize("chat", [CHATS[COMMUNITY], CHATS[STREET], -999])
async def test_an_administrator_commands_in_no_other_group(room: Room, chat: int):
    await room.says(SU, chat, LIMIT)

    assert not any(message.buttons for message in room.shown[chat])


@pytest.mark.parametrize("command", ["/people 西村街道", "/erase 1", "/ban 1 7 x", "/audit 1"])
async def test_what_is_about_people_stays_in_private(room: Room, command: str):
    await room.says(SU, OFFICE, command)

    assert not room.shown[OFFICE]


async def test_binding_it_gives_each_administrator_a_menu_there(room: Room):
    await room.says(SU, SU_AT, "/bindcode 荔湾区")
    code = room.last(SU_AT).text.split("/bind@huying_bot ")[1].split()[0]
    await room.says(SU, -777, f"/bind {code}")
    await room.taps(SU, -777, "确认")

    (menu,) = [one for one in room.menus if one["scope"]["type"] == "chat_member"]
    assert (menu["scope"]["chat_id"], menu["scope"]["user_id"]) == (-777, SU_AT)
    assert {"rule", "limit", "board"} <= {one["command"] for one in menu["commands"]}


async def test_whoever_loses_a_post_loses_its_commands_in_the_menu(room: Room):
    async with room.stage.units.begin() as work:
        officer = Officer(LI.account or 0, DISTRICT, "李审计", Post.AUDITOR)
        await work.people.save_officer(officer)
    await room.says(LI, LI.account or 0, "/help")
    await room.says(SU, SU_AT, "/post 荔湾区 李审计 撤")
    await room.taps(SU, SU_AT, "确认")

    menu = [one for one in room.menus if one["scope"].get("chat_id") == LI.account][-1]
    words = {one["command"] for one in menu["commands"]}
    assert "behalf" in words
    assert not words & {"audit", "pending"}
