"""A ban has a reason, an end and an appeal; whoever is banned reads on, and is told 110."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.acts import Deed
from core.in_force import InForce
from core.people import Actor
from tests.bot.group.room import TAPS, Room
from tests.core.playing import LI, LIN, MONDAY, SU

pytestmark = pytest.mark.security("S13")
HE = Actor(3002, "何静", administrator=True)


@pytest.fixture
async def room() -> Room:
    """Su and He administer."""
    from bot.dispatcher import build_dispatcher

    opened = await Room.opened()
    opened.dispatcher = build_dispatcher(
        rules=InForce(opened.stage.district),
        taps=TAPS,
        bot_name="huying_bot",
        administrators={3001, 3002},
    )
    async with opened.stage.desk() as desk:
        await desk.consent(by=LIN, now=MONDAY)
    return opened


async def _banned(room: Room) -> str:
    call = await room.stage.raised()
    await room.delivers()
    await room.says(SU, 3001, f"/ban {call.number} 7 多次虚构险情")
    await room.taps(SU, 3001, "确认")
    return call.number


async def test_nobody_is_suspended_before_it_is_confirmed_by_the_same_person_in_time(room: Room):
    call = await room.stage.raised()
    await room.says(SU, 3001, f"/ban {call.number} 7 多次虚构险情")
    asked = room.last(3001).text
    assert call.number in asked
    assert "6月22日" in asked
    assert "多次虚构险情" in asked
    assert not room.stage.units.tables.bans

    room.stage.now += timedelta(seconds=61)
    await room.taps(SU, 3001, "确认")

    assert "已过期" in room.last(3001).text
    assert not room.stage.units.tables.bans


async def test_a_number_that_nobody_has_is_said_so(room: Room):
    await room.says(SU, 3001, "/ban LW-260614-0037 7 多次虚构险情")

    assert "没有编号“LW-260614-0037”的呼叫" in room.last(3001).text


async def test_the_resident_is_told_why_until_when_and_how_to_appeal(room: Room):
    await _banned(room)

    told = room.last(LIN.account)
    assert "多次虚构险情" in told.text
    assert "6月22日" in told.text
    assert "110" in told.text
    assert told.labels == ["我要申诉"]
    assert "/unban" in room.last(3001).text


async def test_nothing_new_is_raised_but_calls_are_read(room: Room):
    number = await _banned(room)
    await room.says(LIN, LIN.account, "楼道灯坏了")
    assert "您暂时不能发起新的呼叫" in room.last(LIN.account).text
    await room.says(LIN, LIN.account, "/call")
    assert "您暂时不能发起新的呼叫" in room.last(LIN.account).text

    await room.says(LIN, LIN.account, "/mycalls")

    assert number in room.last(LIN.account).text


async def test_the_appeal_reaches_the_one_who_did_not_ban(room: Room):
    await _banned(room)
    before = len(room.shown[3001])
    await room.taps(LIN, LIN.account, "我要申诉")
    await room.says(LIN, LIN.account, "那次是真的闻到味道，电话 13812345678")

    assert "真的闻到味道" in room.last(3002).text
    assert "13812345678" not in room.last(3002).text
    assert len(room.shown[3001]) == before

    await room.taps(HE, 3002, "恢复使用")

    assert "您已恢复使用" in room.last(LIN.account).text
    await room.says(LIN, LIN.account, "楼道灯坏了")
    assert "不能发起" not in room.last(LIN.account).text


async def test_where_one_alone_administers_nobody_else_is_promised():
    room = await Room.opened()
    async with room.stage.desk() as desk:
        await desk.consent(by=LIN, now=MONDAY)
    await _banned(room)

    await room.taps(LIN, LIN.account, "我要申诉")
    asked = room.last(LIN.account).text
    await room.says(LIN, LIN.account, "我说的都是真的")

    assert "另一位" not in asked + room.last(LIN.account).text
    assert "已交给管理员" in room.last(LIN.account).text


async def test_whoever_banned_does_not_decide_on_the_appeal(room: Room):
    await _banned(room)
    await room.taps(LIN, LIN.account, "我要申诉")
    await room.says(LIN, LIN.account, "不是我")

    await room.says(SU, 3001, f"/unban {next(iter(room.stage.units.tables.bans))}")

    assert "另一个人决定" in room.last(3001).text


async def test_a_ban_ends_by_itself(room: Room):
    await _banned(room)
    room.stage.now = MONDAY + timedelta(days=7, seconds=1)

    await room.says(LIN, LIN.account, "楼道灯坏了")

    assert "不能发起" not in room.last(LIN.account).text


@pytest.mark.parametrize("who", [LI, LIN])
async def test_only_administrators_ban(room: Room, who):
    call = await room.stage.raised()

    await room.says(who, who.account, f"/ban {call.number} 7 不喜欢")

    assert not room.stage.units.tables.bans


@pytest.mark.parametrize("said", ["/ban", "/ban LW-1", "/ban LW-1 0 理由", "/ban LW-1 99 理由"])
async def test_an_incomplete_command_tells_how_it_is_written(room: Room, said):
    await room.says(SU, 3001, said)

    assert "请写：/ban" in room.last(3001).text


async def test_it_is_written_down_without_the_reason(room: Room):
    await _banned(room)

    async with room.stage.units.read() as work:
        (act,) = await work.acts.latest(1)
    assert (act.deed, act.subject) == (Deed.BANNED, str(LIN.account))
    assert "虚构" not in str(act.facts)


@pytest.mark.security("S5")
@pytest.mark.parametrize("bound", [False, True])
async def test_a_strange_group_is_left_after_ten_minutes_a_bound_one_is_not(room: Room, bound):
    chat = -777
    member = {"status": "member", "user": {"id": 7, "is_bot": True, "first_name": "呼应"}}
    left = {**member, "status": "left"}
    place = {"id": chat, "type": "supergroup", "title": "别人的群"}
    change = {"chat": place, "date": 1, "old_chat_member": left, "new_chat_member": member}
    person = {"id": 9, "is_bot": False, "first_name": "某人"}
    await room.feeds({"my_chat_member": {**change, "from": person}})
    assert len(room.shown[chat]) == 1
    if bound:
        async with room.stage.units.begin() as work:
            binding = await work.groups.at_chat(-101)
            await work.groups.remove(binding.agency)
            from dataclasses import replace

            await work.groups.save(replace(binding, chat=chat))

    room.stage.now = MONDAY + timedelta(minutes=9)
    await room.delivers()
    assert room.gone == []
    room.stage.now = MONDAY + timedelta(minutes=11)
    await room.delivers()

    assert room.gone == ([] if bound else [chat])
