"""The district's channel: bound by an administrator, told how it goes, never who and where."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from aiogram.types import ChatMemberAdministrator

from bot.aftermath import Aftermath
from bot.public_digest import Digester, Digests
from bot.screens.channel import called
from bot.screens.easel import Easel
from bot.screens.public_digest import digest
from core.acts import Deed
from core.channel import Channel, Every
from core.holding import HoldGround, HoldPlan, Milestone
from core.lifecycle import Action, Status
from core.outgoing import Kind, OutboxRow, Policy, State
from core.people import Actor
from core.periods import Stretch, period_of
from core.rating import Conclusion, Verdict
from core.registers import Page
from core.stats import Tallied, report
from core.worktime import CHINA
from tests.bot.group.errands import Post
from tests.bot.group.room import BOT, TAPS, Room
from tests.core.playing import (
    CHATS,
    COMMUNITY,
    DISTRICT,
    LAMP,
    LI,
    LIN,
    STRANGER,
    SU,
    liwan,
    photo,
    words,
)

CHAT, SU_AT, ANYBODY = -1009000000001, SU.account or 0, STRANGER.account or 0
MONDAY, TUESDAY = (datetime(2026, 6, day, 9, 30, tzinfo=CHINA) for day in (22, 23))
DAY = timedelta(days=1)
RIGHTS = [
    name
    for name, field in ChatMemberAdministrator.model_fields.items()
    if name.startswith(("can_", "is_")) and field.is_required()
]


def standing(
    by: Actor,
    *,
    posts: bool = True,
    out: bool = False,
    chat: int = CHAT,
    title: str = "荔湾呼应",
) -> dict[str, Any]:
    """What Telegram says when the bot becomes an administrator of a channel, or is one no more."""
    bot: dict[str, Any] = {"user": BOT, "status": "administrator", **dict.fromkeys(RIGHTS, False)}
    bot |= {"can_post_messages": posts}
    left = {"user": BOT, "status": "left"}
    person = {"id": by.account, "is_bot": False, "first_name": by.name}
    new = left if out else bot
    change = {"chat": {"id": chat, "type": "channel", "title": title}, "from": person}
    return {
        "my_chat_member": {**change, "date": 1, "old_chat_member": left, "new_chat_member": new}
    }


async def bound(room: Room) -> None:
    await room.feeds(standing(SU))
    await room.says(SU, SU_AT, "/channel 绑定")
    await room.taps(SU, SU_AT, "确认")


async def channel(room: Room) -> Any:
    async with room.stage.units.read() as work:
        return await work.channels.bound()


def easel(room: Room) -> Easel:
    return Easel(TAPS, "huying_bot", room.stage.district)


async def minute(room: Room, now: datetime) -> None:
    """The minute of that morning, and what comes of it."""
    room.stage.now = now
    await Digests(room.stage.units).tick(now, easel(room))
    await Post.of(room).runs()


def digests(room: Room) -> list[str]:
    return [one.text for one in room.shown[CHAT]]


async def raised(room: Room, count: int = 6) -> None:
    """On Monday the 15th: some lamps; the first is solved with thanks."""
    room.stage.without("calls_per_day")
    for number in range(count):
        leg = await room.stage.leg(
            await room.stage.raised(draft=f"draft-{number}", address="三巷 12 号")
        )
        async with room.stage.desk() as desk:
            now = room.stage.now
            await desk.acknowledge(leg.id, by=LI, now=now)
            await desk.reply(leg.id, words("明天来修"), by=LI, now=now)
            await desk.resolve(
                leg.id, conclusion=Conclusion.SOLVED, pieces=photo("好"), by=LI, now=now
            )
            await desk.rate(leg.id, verdict=Verdict.SOLVED, stars=5, by=LIN, now=now)
    await room.delivers()


async def test_it_is_bound_by_the_administrator_who_added_the_bot_after_a_look(room: Room):
    await room.feeds(standing(SU))
    assert "我可以在频道“荔湾呼应”里发消息了" in room.last(SU_AT).text
    await room.says(SU, SU_AT, "/channel")
    assert room.last(SU_AT).text == (
        "还没有公开频道。\n我可以在这些频道里发消息：荔湾呼应。要用作公开频道，请发：/channel 绑定"
    )
    await room.says(SU, SU_AT, "/channel 绑定")
    assert "把“荔湾呼应”作为公开频道：每周第一个工作日早上" in room.last(SU_AT).text
    assert await channel(room) is None

    await room.taps(SU, SU_AT, "确认")

    found = await channel(room)
    assert (found.chat, found.every) == (CHAT, Every.WEEKLY)
    assert room.last(SU_AT).text == "✅ 公开频道是“荔湾呼应”，简报每周一次。"
    async with room.stage.units.read() as work:
        (act,) = await work.acts.latest(1)
    assert (act.deed, act.subject, act.actor) == (Deed.CHANNEL_BOUND, str(CHAT), SU_AT)


@pytest.mark.security("S5")
async def test_a_channel_that_a_stranger_added_the_bot_to_is_left_without_a_word(room: Room):
    await room.feeds(standing(STRANGER))
    assert room.gone == [CHAT]
    await room.feeds(standing(STRANGER, out=True))
    await room.says(SU, SU_AT, "/channel 绑定")

    assert "请您本人在频道里把我加为管理员" in room.last(SU_AT).text
    assert not room.shown[ANYBODY]
    assert not room.shown[CHAT]
    async with room.stage.units.read() as work:
        assert not await work.channels.known()
        (act,) = await work.acts.latest(1)
    assert (act.deed, act.actor, act.facts) == (Deed.GROUP_JOINED, ANYBODY, {"chat": CHAT})


async def test_of_several_channels_one_is_bound_by_its_title_or_as_the_other_one(room: Room):
    await bound(room)
    for chat, title in ((CHAT - 1, "荔灣街坊"), (CHAT - 2, "內部")):
        await room.feeds(standing(SU, chat=chat, title=title))
    await room.says(SU, SU_AT, "/channel 绑定")
    assert "请写上频道的名称" in room.last(SU_AT).text
    assert "荔灣街坊" in room.last(SU_AT).text

    await room.says(SU, SU_AT, "/channel 綁定 荔灣街坊")
    assert "原来的频道“荔湾呼应”不再用。" in room.last(SU_AT).text
    await room.taps(SU, SU_AT, "确认")
    assert (await channel(room)).chat == CHAT - 1

    await room.feeds(standing(SU, out=True, chat=CHAT - 2))
    await room.says(SU, SU_AT, "/channel 绑定")
    await room.taps(SU, SU_AT, "确认")
    assert (await channel(room)).chat == CHAT


async def test_two_channels_of_one_title_are_told_apart_by_their_last_digits(room: Room):
    for chat in (CHAT, CHAT - 1):
        await room.feeds(standing(SU, chat=chat))
    assert "频道“荔湾呼应（尾号 0002）”里发消息了" in room.last(SU_AT).text

    await room.says(SU, SU_AT, "/channel 绑定 荔湾呼应")
    asked = room.last(SU_AT)
    assert "可以绑定：荔湾呼应（尾号 0002）、荔湾呼应（尾号 0001）" in asked.text
    assert [button["url"] for button in asked.buttons] == [
        "https://t.me/c/9000000002/1",
        "https://t.me/c/9000000001/1",
    ]
    for said in ("0002", "荔灣呼應 0002", "荔湾呼应（尾号 0002）"):
        await room.says(SU, SU_AT, f"/channel 绑定 {said}")
        assert "把“荔湾呼应（尾号 0002）”作为公开频道" in room.last(SU_AT).text
    await room.taps(SU, SU_AT, "确认")

    assert (await channel(room)).chat == CHAT - 1
    assert room.last(SU_AT).text == "✅ 公开频道是“荔湾呼应（尾号 0002）”，简报每周一次。"


def test_digits_are_as_many_as_tell_channels_of_one_title_apart():
    known = [Channel(chat, "呼应") for chat in (-1009000010001, -1009000020001, -1009000030002)]

    assert [called(one, known) for one in known] == [
        "呼应（尾号 10001）",
        "呼应（尾号 20001）",
        "呼应（尾号 0002）",
    ]


async def test_without_the_right_to_write_it_cannot_be_bound(room: Room):
    await room.feeds(standing(SU, posts=False))
    assert "请给我“发布消息”的权限" in room.last(SU_AT).text
    await room.says(SU, SU_AT, "/channel 绑定")

    assert "请您本人在频道里把我加为管理员" in room.last(SU_AT).text


@pytest.mark.security("S4")
async def test_only_an_administrator_sets_it(room: Room):
    await bound(room)
    await room.says(LI, LI.account or 0, "/channel 关")

    assert "只给管理员" in room.last(LI.account or 0).text
    assert (await channel(room)).every is Every.WEEKLY


async def test_how_often_is_changed_and_taken_back_by_command(room: Room):
    await bound(room)
    await room.says(SU, SU_AT, "/channel 每天")
    assert "每周一次 → 每个工作日" in room.last(SU_AT).text
    await room.taps(SU, SU_AT, "确认")
    assert (await channel(room)).every is Every.DAILY

    await room.says(SU, SU_AT, "/channel 解除")
    await room.taps(SU, SU_AT, "取消")
    assert (await channel(room)).every is Every.DAILY
    await room.says(SU, SU_AT, "/channel 解除")
    await room.taps(SU, SU_AT, "确认")

    assert await channel(room) is None


async def test_the_public_reads_of_the_week_without_who_and_where(room: Room):
    await bound(room)
    await raised(room)
    await room.stage.raised(draft="quiet", restricted=False, item="11")

    await minute(room, MONDAY)

    (said,) = digests(room)
    assert said.startswith("📣 荔湾区呼应周报 · 上周（6月15日—6月21日）\n大家反映 7 件\n")
    assert "反映最多的：路灯不亮 6\n" in said
    assert "满意 100.0%" in said
    for secret in (LIN.name, LI.name, "三巷", "逢源", "LW-"):
        assert secret not in said
    (button,) = room.last(CHAT).buttons
    assert button["url"].endswith("?start=find")


async def test_what_is_so_little_that_somebody_could_be_known_is_not_counted_out(room: Room):
    await bound(room)
    await raised(room, 2)

    await minute(room, MONDAY)

    (said,) = digests(room)
    assert "大家反映不足 5 件\n" in said
    assert "%" not in said
    assert "路灯" not in said


def test_what_nobody_has_sorted_yet_is_counted_and_not_named():
    found = Tallied(period_of(Stretch.LAST_WEEK, MONDAY.date()), MONDAY)
    found.raised.update({("", COMMUNITY): 9, (LAMP, COMMUNITY): 5, ("11", COMMUNITY): 4})
    told = report(found, liwan(), DISTRICT)

    said = digest(told, Page(()), Easel(TAPS, "huying_bot", liwan())).text.render()[0]

    assert "大家反映 18 件\n反映最多的：路灯不亮 5\n" in said


@pytest.mark.security("S10")
async def test_restricted_calls_are_in_no_digest(room: Room):
    await bound(room)
    await room.stage.with_team()
    await room.stage.raised(draft="quiet", restricted=True)

    await minute(room, MONDAY)

    assert not digests(room)


async def test_what_waits_is_named_with_its_reason_as_in_the_public_list(room: Room):
    await bound(room)
    await raised(room, 1)
    call = await room.stage.raised(draft="held")
    plan = HoldPlan(
        HoldGround.MONEY, "等拨款", "陈主任", (Milestone("报预算", MONDAY + DAY),), MONDAY
    )
    async with room.stage.units.begin() as work:
        leg = (await work.legs.of_call(call.id))[0]
        await work.legs.save(replace(leg, status=Status.ON_HOLD, plan=plan))
        entries = await work.journal.of_call(call.id)
        await work.journal.add(replace(entries[-1], id=0, action=Action.HOLD))

    await minute(room, MONDAY)

    (said,) = digests(room)
    assert f"{call.number} · 路灯不亮 · 逢源北社区 · 要等资金" in said
    assert "陈主任" not in said
    assert "拨款" not in said


async def test_a_week_is_told_once_whoever_ticks_and_however_often_it_is_counted(room: Room):
    await bound(room)
    await raised(room)
    await minute(room, MONDAY)
    await minute(room, MONDAY)
    await minute(room, TUESDAY)
    async with room.stage.units.read() as work:
        errands = [await work.errands.get(one.id) for one in await work.errands.waiting(9)]

    assert len(digests(room)) == 1
    assert not errands


async def test_what_was_over_before_the_channel_was_bound_is_not_told_there(room: Room):
    await raised(room)
    room.stage.now = TUESDAY + DAY
    await bound(room)

    await minute(room, TUESDAY + 2 * DAY)
    assert not digests(room)

    room.stage.now = TUESDAY + 2 * DAY
    await raised_on(room)
    await minute(room, MONDAY + 7 * DAY)
    assert digests(room)[0].startswith("📣 荔湾区呼应周报 · 上周（6月22日—6月28日）")


async def test_counted_twice_it_is_said_once(room: Room):
    await bound(room)
    await raised(room)
    room.stage.now = MONDAY
    await Digests(room.stage.units).tick(MONDAY, easel(room))
    async with room.stage.units.read() as work:
        (errand,) = await work.errands.waiting(9)
    for _time in range(2):
        await Digester(room.stage.units, easel(room)).tell(errand, MONDAY)
    await room.delivers()

    assert len(digests(room)) == 1


async def test_switched_off_or_told_daily_it_keeps_to_that(room: Room):
    await bound(room)
    await raised(room)
    async with room.stage.desk() as desk:
        await desk.tell_channel(Every.OFF, by=SU, now=room.stage.now)
    await minute(room, MONDAY)
    assert not digests(room)

    async with room.stage.desk() as desk:
        await desk.tell_channel(Every.DAILY, by=SU, now=room.stage.now)
    room.stage.now = MONDAY
    await raised_on(room)
    await minute(room, TUESDAY)

    assert digests(room)[0].startswith("📣 荔湾区呼应日报 · 昨天（6月22日）")


async def raised_on(room: Room) -> None:
    await room.stage.raised(draft="that day")
    await room.delivers()


async def test_the_link_below_leads_to_looking_a_call_up(room: Room):
    await room.says(STRANGER, ANYBODY, "/start find")

    assert "请把编号发给我，例如：LW-" in room.last(ANYBODY).text


async def test_where_nothing_arrives_any_more_administrators_hear_once(room: Room):
    await bound(room)
    after = Aftermath(room.renderer, lambda: room.stage.now, frozenset({SU_AT}))
    row = OutboxRow(
        *(1, CHAT, Kind.SAY, Policy.AT_MOST_ONCE, {}, State.SENDING, 1, room.stage.now)
    )
    for _time in range(2):
        async with room.stage.units.begin() as work:
            await after.unreachable(
                row, "Forbidden: bot is not a member of the channel chat", work
            )
    await room.delivers()

    told = [one.text for one in room.shown[SU_AT] if "现在发不进去" in one.text]
    assert len(told) == 1
    await raised(room)
    await minute(room, MONDAY)
    assert not digests(room)


async def test_put_out_and_let_in_again_it_goes_on(room: Room):
    await bound(room)
    await room.feeds(standing(STRANGER, out=True))
    assert "现在发不进去" in room.last(SU_AT).text

    await room.feeds(standing(STRANGER))

    assert room.last(SU_AT).text == "公开频道“荔湾呼应”又能发了。"
    assert (await channel(room)).posts


async def test_a_digest_that_cannot_be_counted_is_told_the_office_alone(room: Room):
    await bound(room)
    room.stage.now = MONDAY
    await Digests(room.stage.units).tick(MONDAY, easel(room))
    async with room.stage.units.begin() as work:
        (errand,) = await work.errands.waiting(9)
        await work.errands.save(replace(errand, facts={}, tries=3))
    room.stage.now += DAY / 2

    await Post.of(room).runs()

    assert "没能把公开简报做出来" in room.last(CHATS[DISTRICT]).text
    assert not digests(room)
