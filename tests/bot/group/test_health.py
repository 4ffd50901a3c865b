"""``/health``: an administrator reads what is wrong, and what to do about each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from bot.config import Telegram
from bot.screens.health import TOLD, report
from bot.surroundings import Calling, Surroundings
from core.channel import Channel
from core.health import Finding, Ill, traffic
from core.load import Load
from core.people import Actor, Footing
from core.surroundings import Outside
from tests.bot.group.errands import Post
from tests.bot.group.room import Room
from tests.core.playing import CHATS, COMMUNITY, DENG, DISTRICT, LI, STREET, SU, liwan

CHANNEL = -1009000000001
OFFICE, SU_AT = CHATS[DISTRICT], SU.account or 0
ZONE = liwan().calendar.zone


async def _health(room: Room, who: Actor = SU, chat: int = SU_AT) -> str:
    await room.says(who, chat, "/health")
    return room.last(chat).text if room.shown[chat] else ""


async def _suspend(room: Room, agency: str, **how: bool) -> None:
    async with room.stage.units.begin() as work:
        binding = await work.groups.of_agency(agency)
        assert binding is not None
        await work.groups.save(replace(binding, suspended=True, **how))


async def test_agencies_without_a_group_are_counted_by_level(room: Room):
    said = await _health(room)

    assert "🟡 请留意：" in said
    assert "还没有办理群：街道 21 个、社区 200 个、部门 20 个、企业 6 个" in said
    assert "/bindcode 单位" in said


async def test_they_are_named_level_by_level_ten_at_most(room: Room):
    said = await _health(room)

    streets = next(line for line in said.splitlines() if line.startswith("· 街道："))
    assert streets.count("、") == 9
    assert streets.endswith("等 21 个")
    enterprises = next(line for line in said.splitlines() if line.startswith("· 企业："))
    assert enterprises.count("、") == 5
    assert "等" not in enterprises


async def test_a_group_in_which_the_bot_may_not_speak_comes_first_and_by_name(room: Room):
    await _suspend(room, STREET)

    said = await _health(room)

    assert said.startswith("🔴 要马上处理：\n1. 机器人不在这些群里了：逢源街道")


async def test_a_group_that_muted_the_bot_is_told_apart(room: Room):
    await _suspend(room, STREET, muted=True)

    said = await _health(room)

    assert "被禁言：逢源街道" in said
    assert "不在这些群里" not in said


async def test_where_the_bot_may_not_pin_is_named(room: Room):
    async with room.stage.units.begin() as work:
        await work.groups.save_footing(Footing(CHATS[STREET], makes_topics=False, pins=False))

    assert "不能置顶：逢源街道。" in await _health(room)


async def test_a_channel_into_which_nothing_goes_any_more_is_named_until_it_does(room: Room):
    async with room.stage.units.begin() as work:
        await work.channels.save(Channel(CHANNEL, "荔湾呼应", bound_at=room.stage.now))
        await work.channels.save(Channel(CHANNEL - 1, "街坊", posts=False))
    assert "频道" not in await _health(room)

    async with room.stage.units.begin() as work:
        await work.channels.save(
            Channel(CHANNEL, "荔湾呼应", posts=False, bound_at=room.stage.now)
        )

    said = await _health(room)
    assert "公开频道“荔湾呼应”发不进去" in said
    assert "给它“发布消息”的权限" in said
    assert "/channel 解除" in said


async def test_what_is_wrong_around_the_service_follows_and_nothing_where_nothing_is(room: Room):
    post = Post.of(room)
    await _health(room)
    await post.runs()
    assert len(room.shown[SU_AT]) == 1

    @dataclass(frozen=True)
    class Full(Surroundings):
        async def look(self, voice: Calling) -> Outside:
            return Outside(free=5 << 20, hook="other.example")

    full = Full(Telegram(), None, lambda: room.stage.now)
    post.errander.__dict__["surroundings"] = full
    await _health(room)
    await post.runs()

    said = room.last(SU_AT).text
    assert "只剩 5 MB" in said
    assert "挂着一个推送网址" in said


async def test_a_group_in_which_nobody_may_answer_is_named(room: Room):
    async with room.stage.units.begin() as work:
        for officer in await work.people.officers_of(COMMUNITY):
            await work.people.remove_officer(officer.account, COMMUNITY)

    said = await _health(room)

    assert "还没有人能办理：逢源北社区" in said
    assert "/invite 单位 联络员" in said


async def test_one_administrator_alone_cannot_decide_what_takes_two(room: Room):
    assert "管理员只有 1 位" in await _health(room)


async def test_the_year_that_the_calendar_does_not_know_is_told_before_it_begins(room: Room):
    assert "放假安排" not in await _health(room)

    room.stage.now = datetime(2030, 12, 1, 10, tzinfo=ZONE)

    assert "日历里没有 2030 年的放假安排" in await _health(room)


def test_what_waits_for_minutes_and_what_was_set_aside_is_counted():
    now = datetime(2026, 6, 15, 9, tzinfo=ZONE)
    load = Load(
        inbox={"new": 1, "dead": 2},
        outbox={"ready": 1, "unknown": 1, "dead": 1, "held": 4},
        oldest_waiting=now - timedelta(minutes=6),
        oldest_owed=now - timedelta(minutes=4),
    )

    said = report(traffic(load, now), ZONE)

    assert "有消息从 6月15日（周一）08:54 起没有处理" in said
    assert "没有发出去" not in said
    assert "有 2 条收到的消息处理不了" in said
    assert "有 2 条消息没有发成" in said
    assert "扣下了 4 条消息" in said


async def test_it_is_asked_at_the_desk_and_by_administrators_alone(room: Room):
    assert "请留意" in await _health(room, SU, OFFICE)
    room.shown.clear()

    assert not await _health(room, DENG, OFFICE)
    assert "只给管理员" in await _health(room, LI, LI.account or 0)


def test_where_all_is_well_it_says_so_in_a_line():
    assert report((), ZONE).startswith("✅ 一切正常")


@pytest.mark.parametrize("ill", Ill)
def test_everything_that_may_be_wrong_is_said_with_what_to_do(ill: Ill):
    agency = liwan().tree.get(STREET)
    at = datetime(2026, 6, 15, 9, tzinfo=ZONE)

    said = report((Finding(ill, (agency,), 1, at),), ZONE)

    assert ill in TOLD
    assert "{" not in said
    assert any(word in said for word in ("请", "要绑定"))
