"""Auditors and administrators have everything written into a file; people only for a reason."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from telegram.error import NetworkError, TimedOut

from core.acts import Deed
from core.agency import Point
from core.people import Actor, Officer, Post
from tests.bot.group.errands import SU_AT
from tests.bot.group.errands import Post as Desk
from tests.bot.group.room import Room
from tests.core.playing import CHATS, DENG, DISTRICT, LI, LIN, SU

pytestmark = pytest.mark.security
HE = Actor(3002, "何静", administrator=True)
PHONE, PLACE = "13800138000", "逢源北街 8 号"


@pytest.fixture
async def room() -> Room:
    return await Room.opened(administrators={SU_AT, HE.account or 0})


@pytest.fixture
async def post(room: Room) -> Desk:
    await room.stage.raised(draft="a", address=PLACE, phone=PHONE)
    call = await room.stage.raised(draft="b", address="别处")
    async with room.stage.units.begin() as work:
        await work.calls.save(replace(call, restricted=True))
    return Desk.of(room)


async def _exported(post: Desk, command: str, *, who=SU) -> list[list[str]]:
    at = who.account or 0
    await post.room.says(who, at, command)
    await post.room.taps(who, at, "确认")
    if "理由" in command:
        await post.room.taps(HE, HE.account or 0, "同意")
    await post.runs()
    method, params = post.files.called[-1]
    assert (method, params["chat_id"]) == ("sendDocument", at)
    content = params["document"].content
    if params["document"].name.endswith(".csv"):
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]


async def test_calls_come_one_a_row_with_people_masked(post: Desk):
    header, row, mark = await _exported(post, "/export 呼叫")

    told = dict(zip(header, row, strict=False))
    assert told["编号"].startswith("LW-")
    assert told["事项"] == "路灯不亮"
    assert (told["称呼"], told["地址"], told["原话"]) == ("林**", "（已隐去）", "（已隐去）")
    assert told["电话"] == "138******00"
    assert mark[0].startswith("导出人：苏晴（3001）　2026-06-15 10:00:00　内部资料，请勿外传")
    assert "✅ 已导出 1 行，文件已发给您。" in post.room.last(SU_AT).text


async def test_a_pinned_call_comes_with_the_name_of_its_grid_and_of_nobody(post: Desk):
    await post.room.stage.raised(draft="c", point=Point(23.1241, 113.2373))
    header, *rows, _ = await _exported(post, "/export 呼叫")

    told = [dict(zip(header, row, strict=False)) for row in rows]
    assert [each["网格"] for each in told] == ["", "逢源北1号"]
    assert not any("关慧" in cell for row in rows for cell in row)


async def test_people_are_shown_for_a_reason_which_is_written_down(post: Desk):
    header, row, _ = await _exported(post, "/export 呼叫 csv 理由：市里第3号函要求核对")

    told = dict(zip(header, row, strict=False))
    assert (told["电话"], told["地址"]) == (PHONE, PLACE)
    assert told["原话"] == "楼下的路灯不亮"
    async with post.room.stage.units.read() as work:
        act = (await work.acts.latest(1))[0]
    assert (act.deed, act.subject, act.actor) == (Deed.EXPORTED, "calls", SU_AT)
    assert act.facts["why"] == "市里第3号函要求核对"
    assert act.facts["second"] == "何静"


async def test_what_shows_people_is_not_made_until_a_second_person_agrees(post: Desk):
    await post.room.says(SU, SU_AT, "/export 呼叫 理由：市里第3号函要求核对")
    assert "还要第二个人同意" in post.room.last(SU_AT).text
    await post.room.taps(SU, SU_AT, "确认")
    await post.runs()

    assert "还没有改动：导出呼叫，含个人信息" in post.room.last(SU_AT).text
    told = post.room.last(HE.account or 0).text
    assert "苏晴 申请：导出呼叫，含个人信息" in told
    assert "理由会记入台账：市里第3号函要求核对" in told
    assert not post.files.called

    await post.room.taps(HE, HE.account or 0, "不同意")
    await post.runs()

    assert not post.files.called
    async with post.room.stage.units.read() as work:
        assert Deed.EXPORTED not in [act.deed for act in await work.acts.latest(9)]


async def test_a_long_reason_is_written_down_whole(post: Desk):
    why = "市里第 3 号函要求逐件核对 2026 年上半年的路灯和井盖，6 月 30 日前汇总上报"
    await _exported(post, f"/export 呼叫 csv 理由：{why}")

    async with post.room.stage.units.read() as work:
        assert (await work.acts.latest(1))[0].facts["why"] == why


async def test_an_auditor_asks_and_another_agrees_unless_the_post_is_gone(post: Desk):
    auditor = Officer(DENG.account or 0, DISTRICT, DENG.name, Post.AUDITOR)
    async with post.room.stage.units.begin() as work:
        await work.people.save_officer(auditor)
    assert len(await _exported(post, "/export 呼叫 理由：审计抽查", who=DENG)) == 3

    await post.room.says(DENG, DENG.account or 0, "/export 呼叫 理由：再查一次")
    await post.room.taps(DENG, DENG.account or 0, "确认")
    async with post.room.stage.units.begin() as work:
        await work.people.save_officer(replace(auditor, post=Post.LIAISON))
    await post.room.taps(HE, HE.account or 0, "同意")
    await post.runs()

    assert len(post.files.called) == 1


async def test_residents_come_one_a_row_for_a_reason_alone(post: Desk):
    async with post.room.stage.desk() as desk:
        await desk.consent(by=LIN, now=post.room.stage.now)
    await post.room.says(SU, SU_AT, "/export 居民")
    assert "请写理由" in post.room.last(SU_AT).text

    rows = await _exported(post, "/export 居民 csv 理由：信息安全事件排查")

    told = {row[0]: dict(zip(rows[0], row, strict=False)) for row in rows[1:-1]}
    assert (told["1001"]["称呼"], told["1001"]["呼叫数"]) == ("林阿姨", "1")
    later = await _exported(post, "/export 居民 csv 2026-07 理由：信息安全事件排查")
    assert len(later) == 2


@pytest.mark.parametrize("what", ["呼叫", "分单", "台账"])
async def test_restricted_calls_are_in_no_file(post: Desk, what: str):
    rows = await _exported(post, f"/export {what} 理由：核对一下")

    numbers = {cell for row in rows for cell in row if cell.startswith("LW-")}
    assert len(numbers) == 1
    assert "别处" not in str(rows)


async def test_legs_people_and_acts_come_one_a_row(post: Desk):
    legs = await _exported(post, "/export 分单")
    assert legs[1][2:6] == ["逢源北社区居民委员会", "社区", "首接", "待签收"]

    people = await _exported(post, "/export 人员 csv")
    assert people[1] == ["荔湾区", "440103", "邓**", "联络员", "", "", "（已隐去）"]

    audit = await _exported(post, "/export 台账 csv")
    assert audit[1][1:6] == ["呼叫", legs[1][0], "", "系统", "派单"]
    assert audit[-2][1:6] == ["管理", "audit", "", "苏**", "导出数据"]


async def test_a_month_holds_what_was_raised_in_it(post: Desk):
    assert len(await _exported(post, "/export 呼叫 2026-06")) == 3
    assert len(await _exported(post, "/export 呼叫 2026年5月")) == 2


async def test_what_people_said_is_never_a_formula(post: Desk):
    await post.room.stage.raised(draft="c", address='=HYPERLINK("http://x")')
    rows = await _exported(post, "/export 呼叫 csv 理由：核对一下")

    assert any(cell.startswith("'=HYPERLINK") for cell in rows[2])


async def test_an_auditor_may_and_everybody_else_is_refused(post: Desk):
    auditor = Officer(DENG.account or 0, DISTRICT, DENG.name, Post.AUDITOR)
    for who in (LIN, LI, DENG):
        await post.room.says(who, who.account or 0, "/export 呼叫")
        assert not post.room.last(who.account or 0).buttons
    async with post.room.stage.units.begin() as work:
        await work.people.save_officer(auditor)

    assert len(await _exported(post, "/export 呼叫", who=DENG)) == 3


async def test_it_is_confirmed_within_a_minute_and_once(post: Desk):
    await post.room.says(SU, SU_AT, "/export 呼叫")
    shown = post.room.last(SU_AT)
    yes = shown.buttons[0]["callback_data"]
    post.room.stage.now += timedelta(seconds=61)
    await post.room.presses(SU, SU_AT, shown, yes)
    await post.runs()

    assert "已过期" in shown.text
    assert not post.files.called


async def test_a_file_not_sent_in_ten_minutes_is_not_sent_at_all(post: Desk):
    await post.room.says(SU, SU_AT, "/export 呼叫")
    await post.room.taps(SU, SU_AT, "确认")
    post.room.stage.now += timedelta(minutes=11)
    await post.runs()

    assert "没能把文件发出来" in post.room.last(SU_AT).text
    assert not post.files.called


async def test_whoever_lost_the_right_meanwhile_gets_nothing(post: Desk):
    post.errander.__dict__["administrators"] = frozenset()
    await post.room.says(SU, SU_AT, "/export 呼叫")
    await post.room.taps(SU, SU_AT, "确认")
    await post.runs()

    assert not post.files.called


async def test_a_file_that_may_have_arrived_is_not_sent_twice(post: Desk):
    post.files.trouble += [TimedOut("late")]
    await post.room.says(SU, SU_AT, "/export 呼叫")
    await post.room.taps(SU, SU_AT, "确认")
    await post.runs()
    await post.runs()

    assert "文件可能已经发出" in post.room.last(SU_AT).text
    assert not post.files.called


async def test_a_file_that_did_not_leave_is_sent_a_little_later(post: Desk):
    import aiohttp

    lost = NetworkError("down")
    lost.__cause__ = aiohttp.ConnectionTimeoutError()
    post.files.trouble += [lost]
    await post.room.says(SU, SU_AT, "/export 呼叫")
    await post.room.taps(SU, SU_AT, "确认")
    await post.runs()
    post.room.stage.now += timedelta(seconds=6)
    await post.runs()

    assert len(post.files.called) == 1


@pytest.mark.parametrize(
    ("typed", "answered"),
    [
        ("/export", "请写明导出什么"),
        ("/export 天气", "请写明导出什么"),
        ("/export 呼叫 2026-13", "请写明导出什么"),
        ("/export 呼叫 理由：查", "理由请写得具体一些"),
    ],
)
async def test_whoever_mistypes_reads_what_to_do(post: Desk, typed: str, answered: str):
    await post.room.says(SU, SU_AT, typed)

    assert answered in post.room.last(SU_AT).text
    assert not post.room.last(SU_AT).buttons


async def test_forwarded_edited_and_group_commands_export_nothing(post: Desk):
    user = {"id": SU_AT, "is_bot": False, "first_name": "苏晴"}
    origin = {"type": "user", "date": 1781488800, "sender_user": user}
    await post.room.says(SU, SU_AT, "/export 呼叫", forward_origin=origin)
    await post.room.edits(SU, SU_AT, 50, "/export 呼叫")
    await post.room.says(SU, CHATS[DISTRICT], "/export 呼叫")

    assert not any(m.buttons for m in post.room.shown[SU_AT])
    assert not any("导出" in label for m in post.room.shown[CHATS[DISTRICT]] for label in m.labels)
    async with post.room.stage.units.read() as work:
        assert not [act for act in await work.acts.latest(9) if act.deed == Deed.EXPORTED]


async def test_progress_is_told_in_the_very_message_that_was_confirmed(post: Desk):
    ticks = iter(range(1000))
    start = post.room.stage.now
    clock = post.errander.__dict__
    clock["clock"] = lambda: start + timedelta(seconds=2 * next(ticks))
    await post.room.says(SU, SU_AT, "/export 台账")
    shown = post.room.last(SU_AT)
    await post.room.taps(SU, SU_AT, "确认")
    assert "⏳ 正在导出" in shown.text
    await post.runs()

    async with post.room.stage.units.read() as work:
        told = [
            owed.row.payload["params"]["text"]
            for owed in work.tables.outbox.values()
            if owed.row.payload.get("method") == "editMessageText"
        ]
    assert any(words.startswith("⏳ 正在导出……已写") for words in told)
    assert "✅ 已导出" in shown.text
