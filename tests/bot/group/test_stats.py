"""``/stats``: how it goes, as a picture with words below, for whoever may see it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from telegram.error import BadRequest, TimedOut

from core.people import Actor, Officer, Post
from core.rating import Conclusion, Verdict
from tests.bot.group.errands import Post as Desk
from tests.bot.group.room import Room
from tests.core.playing import (
    CHATS,
    COMMUNITY,
    DENG,
    DISTRICT,
    LI,
    LIANG,
    LIN,
    STRANGER,
    STREET,
    SU,
    TAN,
    Stage,
    photo,
    words,
)

HERE, STREET_CHAT, OFFICE = CHATS[COMMUNITY], CHATS[STREET], CHATS[DISTRICT]
PNG = b"\x89PNG"


async def answered(stage: Stage) -> None:
    leg = await stage.leg(await stage.raised())
    async with stage.desk() as desk:
        await desk.acknowledge(leg.id, by=LI, now=stage.now)
        await desk.reply(leg.id, words("明天来修"), by=LI, now=stage.now)
        await desk.resolve(
            leg.id, conclusion=Conclusion.SOLVED, pieces=photo("好了"), by=LI, now=stage.now
        )
        await desk.rate(leg.id, verdict=Verdict.SOLVED, stars=4, by=LIN, now=stage.now)


@pytest.fixture
async def post(room: Room) -> Desk:
    await answered(room.stage)
    await room.delivers()
    return Desk.of(room)


async def told(post: Desk, who: Actor, chat: int, command: str) -> str:
    """What is read after a command: below the picture, or without one."""
    post.files.called.clear()
    before = len(post.room.shown[chat])
    await post.room.says(who, chat, command)
    await post.runs()
    below = [params["caption"] for _, params in post.files.called if "caption" in params]
    return "\n".join([*below, *(one.text for one in post.room.shown[chat][before:])])


async def test_a_community_reads_its_figures_below_a_picture(post: Desk):
    said = await told(post, LI, HERE, "/stats 今天")

    ((method, params),) = post.files.called
    assert (method, params["chat_id"]) == ("sendPhoto", HERE)
    assert params["photo"].content.startswith(PNG)
    assert "📊 逢源北社区 · 今天（6月15日）\n呼叫 1 件\n响应率 100.0%" in said
    assert "满意率 85.0%（已评价 1 件）" in said
    assert "最多的事项：路灯不亮 1" in said
    assert "类型：求助 1" in said
    assert "（样本不足，仅供参考）" in said
    assert "权重 响应/解决/满意 = 30/35/35" in said


async def test_a_street_reads_of_its_communities_and_no_further(post: Desk):
    assert "· 本周（6月15日）" in await told(post, LIANG, STREET_CHAT, "/stats")
    assert "样本不足，仅供参考：逢源北社区" in await told(post, LIANG, STREET_CHAT, "/stats 本月")
    assert "📊 逢源北社区" in await told(post, LIANG, STREET_CHAT, "/stats 逢源北社区")
    assert "不能在这里看" in await told(post, LIANG, STREET_CHAT, "/stats 荔湾区")
    assert "不能在这里看" in await told(post, LIANG, STREET_CHAT, "/stats 西村街道")


async def test_the_district_reads_of_everybody(post: Desk):
    assert "📊 荔湾区" in await told(post, DENG, OFFICE, "/stats")
    assert "📊 逢源街道 · 上月" in await told(post, DENG, OFFICE, "/stats 逢源街道 上月")


@pytest.mark.security("S4")
@pytest.mark.parametrize(
    ("who", "chat"),
    [(LIN, HERE), (STRANGER, HERE), (LI, STREET_CHAT), (TAN, HERE), (LIANG, OFFICE)],
)
async def test_a_place_alone_shows_nobody_anything(post: Desk, who: Actor, chat: int):
    said = await told(post, who, chat, "/stats")

    assert "不能在这里看" in said
    assert not post.files.called


@pytest.mark.security("S4")
async def test_in_private_everybody_sees_as_far_as_their_post_goes(post: Desk):
    def at(who: Actor) -> int:
        return who.account or 0

    assert "📊 逢源北社区" in await told(post, LI, at(LI), "/stats")
    assert "不能在这里看" in await told(post, LI, at(LI), "/stats 逢源街道")
    assert "📊 逢源街道" in await told(post, LIANG, at(LIANG), "/stats 今天")
    assert "📊 荔湾区" in await told(post, SU, at(SU), "/stats")
    assert "统计给各单位的经办人看" in await told(post, LIN, at(LIN), "/stats")


@pytest.mark.security("S4")
async def test_who_lost_the_post_meanwhile_is_told_nothing(post: Desk):
    await post.room.says(LI, HERE, "/stats")
    async with post.room.stage.units.begin() as work:
        await work.people.remove_officer(LI.account or 0, COMMUNITY)
    await post.runs()

    assert not post.files.called
    assert "📊" not in post.room.texts(HERE)


@pytest.mark.security("S4")
async def test_a_grid_worker_sees_no_figures(post: Desk):
    grid = Officer(LI.account or 0, COMMUNITY, LI.name, Post.GRID)
    async with post.room.stage.units.begin() as work:
        await work.people.save_officer(grid)

    assert "不能在这里看" in await told(post, LI, HERE, "/stats")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("/stats 6月1日至6月15日", "逢源北社区 · 6月1日—6月15日"),
        ("/stats 2026-06-01 2026-06-10", "这段时间没有呼叫"),
        ("/stats 6-10 6-1", "结束日期早于开始日期"),
        ("/stats 2026-13-01 2026-06-10", "请写明看哪个单位、哪段时间"),
        ("/stats 2024-06-01 2026-06-10", "一次最多看一年"),
        ("/stats 2026-07-01 2026-07-10", "这段时间还没有到"),
        ("/stats 火星社区", "没有叫“火星社区”的单位或时间。请写明看哪个单位"),
        ("/stats 街道", "有几个单位都对得上"),
        ("/stats 上週", "· 上周（6月8日—6月14日）"),
    ],
)
async def test_what_is_asked_for_is_read_or_said_how_to_write(post: Desk, asked: str, said: str):
    assert said in await told(post, LI, HERE, asked)


async def test_without_calls_there_is_no_picture(post: Desk):
    assert "这段时间没有呼叫。" in await told(post, LI, HERE, "/stats 昨天")
    assert not post.files.called


async def test_a_group_that_takes_no_pictures_reads_the_figures(post: Desk):
    post.files.trouble = [BadRequest("Not enough rights to send photos to the chat")]

    assert "呼叫 1 件" in await told(post, LI, HERE, "/stats")


async def test_what_did_not_go_through_is_tried_again(post: Desk):
    post.files.trouble = [TimedOut()]
    assert await told(post, LI, HERE, "/stats") == ""

    post.room.stage.now += timedelta(seconds=5)
    await post.runs()

    assert [method for method, _ in post.files.called] == ["sendPhoto"]


async def test_what_never_goes_through_is_given_up_aloud(post: Desk):
    post.files.trouble = [TimedOut() for _ in range(4)]
    await post.room.says(LI, HERE, "/stats")
    for seconds in (0, 5, 30, 120):
        post.room.stage.now += timedelta(seconds=seconds)
        await post.runs()

    assert "没能把统计发出来" in post.room.last(HERE).text
