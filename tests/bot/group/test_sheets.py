"""An administrator sends sheets as files: every mistake named, changes shown, kept, taken back."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest
from telegram.error import BadRequest, NetworkError

from core.acts import Deed
from tests.bot.group.errands import CALENDAR, SU_AT, Post, a_workbook
from tests.bot.group.room import Room
from tests.core.playing import CHATS, DENG, DISTRICT, EXAMPLE, LI, LIN, STREET, SU

ONE_MORE = CALENDAR + "2031-01-01,休,元旦\n"


@pytest.fixture
def post(room: Room) -> Post:
    return Post.of(room)


async def _versions(post: Post) -> dict[str, int]:
    async with post.room.stage.units.read() as work:
        return dict(await work.sheets.in_force(post.room.stage.now))


async def test_a_sent_sheet_is_shown_before_it_counts_and_counts_once_confirmed(post: Post):
    await post.sends(ONE_MORE, "calendar.csv")
    shown = post.room.last(SU_AT)
    assert "《日历》表：改 0 处，增加 1 行，删去 0 行" in shown.text
    assert "· 增加：2031-01-01" in shown.text
    assert "确认后立即生效" in shown.text
    assert await _versions(post) == {}

    await post.room.taps(SU, SU_AT, "确认")
    assert "✅ 已生效：《日历》表第 2 版。要撤回：/rollback 日历 1" in shown.text
    assert await _versions(post) == {"calendar.csv": 2}
    async with post.room.stage.units.read() as work:
        act = (await work.acts.latest(1))[0]
    assert (act.deed, act.subject) == (Deed.RULES_CHANGED, "calendar.csv")


async def test_an_excel_file_is_read_as_it_looks_on_the_screen(post: Post):
    old = [line.split(",") for line in CALENDAR.split("\n")[1:] if line]
    rows = [["日期", "安排", "说明"], *old, [date(2031, 1, 1), "休", "元旦"], [None], [None]]
    await post.sends(a_workbook(*rows), "新的安排.xlsx", "日历 明天 8:00 起")

    shown = post.room.last(SU_AT).text
    assert "增加 1 行，删去 0 行" in shown
    assert "确认后从 6月16日（周二）08:00 起生效。" in shown


async def test_a_date_makes_the_change_count_from_then_on(post: Post):
    await post.sends(ONE_MORE, "calendar.csv", "明天 8:00 起")
    await post.room.taps(SU, SU_AT, "确认")
    assert "第 2 版，6月16日（周二）08:00 起生效" in post.room.last(SU_AT).text
    assert await _versions(post) == {"calendar.csv": 1}

    post.room.stage.now += timedelta(days=1)
    assert await _versions(post) == {"calendar.csv": 2}


async def test_what_was_planned_is_called_off_by_going_back(post: Post):
    await post.sends(ONE_MORE, "calendar.csv", "明天 8:00 起")
    await post.room.taps(SU, SU_AT, "确认")
    await post.room.says(SU, SU_AT, "/rollback 日历 1")
    assert "取消计划：第 2 版（6月16日（周二）08:00 起）" in post.room.last(SU_AT).text
    await post.room.taps(SU, SU_AT, "确认")

    post.room.stage.now += timedelta(days=2)
    assert await _versions(post) == {"calendar.csv": 3}


async def test_a_part_sent_as_the_whole_is_warned_of(post: Post):
    await post.sends("日期,安排,说明\n2026-10-01,休,国庆\n", "日历.csv")

    assert "只想改几行的，请先发 /sheet 日历 取整张表" in post.room.last(SU_AT).text


async def test_every_mistake_is_named_by_row_and_column_with_a_remedy(post: Post):
    rows = (["日期", "安排", "说明"], ["2031-13-01", "休", ""], ["=A1", "歇", ""])
    await post.sends(a_workbook(*rows), "日历.xlsx")

    said = post.room.last(SU_AT).text
    assert said.startswith("没有改动。共 3 处要改，改好后把文件再发一次：")
    assert "《日历》表 第 2 行：“2031-13-01”不是有效的日期，请写成 2026-01-01 这样" in said
    assert "《日历》表 第 3 行：“日期”是公式“=A1”，读不到结果。请复制这一格" in said
    assert "第 3 行：安排“歇”不能用，请从这些里选：休、班" in said
    assert not post.room.last(SU_AT).buttons


async def test_hundreds_of_mistakes_are_told_in_as_many_messages_as_it_takes(post: Post):
    wrong = "".join(f"2031-13-{n:02},歇,\n" for n in range(1, 61))
    await post.sends("日期,安排,说明\n" + wrong, "日历.csv")

    said = post.room.texts(SU_AT)
    assert said.startswith("没有改动。共 120 处要改")
    assert all(f"第 {n} 行：安排“歇”不能用" in said for n in range(2, 62))


async def test_gbk_full_width_digits_and_excel_serials_are_understood(post: Post):
    content = (CALENDAR + "２０３１－０１－０１,休,元旦\n47850,休,元旦\n").encode("gb18030")
    await post.sends(content, "放假安排.csv")

    assert "《日历》表：改 0 处，增加 2 行" in post.room.last(SU_AT).text


async def test_only_the_person_who_sent_it_confirms_and_within_a_minute(post: Post):
    await post.sends(ONE_MORE, "calendar.csv")
    post.room.stage.now += timedelta(seconds=61)
    await post.room.taps(SU, SU_AT, "确认")

    assert "已过期" in post.room.last(SU_AT).text
    assert await _versions(post) == {}


async def test_a_sheet_changed_meanwhile_makes_the_proposal_worthless(post: Post):
    await post.sends(ONE_MORE, "calendar.csv")
    first = post.room.last(SU_AT)
    await post.room.says(SU, SU_AT, "/holiday 2032-01-01 休")
    await post.room.taps(SU, SU_AT, "确认")
    await post.room.taps(SU, SU_AT, "确认", on=first)

    assert "已过期" in first.text
    assert await _versions(post) == {"calendar.csv": 2}


async def test_what_was_called_off_cannot_be_confirmed(post: Post):
    await post.sends(ONE_MORE, "calendar.csv")
    shown = post.room.last(SU_AT)
    yes = shown.buttons[0]["callback_data"]
    await post.room.taps(SU, SU_AT, "取消")
    await post.room.presses(SU, SU_AT, shown, yes)

    assert await _versions(post) == {}


@pytest.mark.parametrize(
    ("content", "name", "caption", "answered"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "a.xls", "", "旧版 Excel"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "日历.csv", "", "打不开这个文件"),
        (b"%PDF-1.7\n%x", "日历.csv", "", "打不开这个文件"),
        (b"PK\x03\x04 no archive", "日历.xlsx", "", "打不开这个文件"),
        (b"", "日历.csv", "", "文件里没有内容"),
        (b"a,b\n1,2\n", "notes.csv", "", "看不出这是哪张表"),
        (CALENDAR.encode(), "日历.csv", "日历 前天起", "看不懂“前天起”"),
        (CALENDAR.encode(), "日历.csv", "日历 2020-01-01", "已经过去了"),
        (CALENDAR.encode(), "日历.csv", "", "和现在的一样"),
    ],
)
async def test_whoever_sends_something_else_reads_what_to_do(
    post: Post, content: bytes, name: str, caption: str, answered: str
):
    await post.sends(content, name, caption)

    assert answered in post.room.last(SU_AT).text
    assert not post.room.last(SU_AT).buttons


async def test_a_file_that_telegram_does_not_give_is_asked_for_again(post: Post):
    post.files.trouble += [NetworkError("down")]
    await post.sends(ONE_MORE, "calendar.csv")
    assert not post.room.shown[SU_AT]

    post.room.stage.now += timedelta(seconds=6)
    await post.runs()
    assert "增加：2031-01-01" in post.room.last(SU_AT).text


async def test_a_file_that_is_gone_is_given_up_and_the_sender_told(post: Post):
    post.files.trouble += [BadRequest("wrong file_id")]
    await post.sends(ONE_MORE, "calendar.csv")

    assert "请再发一次" in post.room.last(SU_AT).text


async def test_too_large_a_file_is_never_fetched(post: Post):
    document = {"file_id": "x", "file_unique_id": "x", "file_name": "a.csv"}
    document |= {"file_size": 6 << 20}
    await post.room.says(SU, SU_AT, document=document)
    await post.runs()

    assert "最大 5 MB" in post.room.last(SU_AT).text


async def test_in_the_districts_group_a_file_needs_the_command(post: Post):
    await post.sends(ONE_MORE, "calendar.csv", chat=CHATS[DISTRICT])
    assert not post.room.shown[CHATS[DISTRICT]]
    await post.sends(ONE_MORE, "calendar.csv", "/sheet 日历", chat=CHATS[DISTRICT])
    assert "增加：2031-01-01" in post.room.last(CHATS[DISTRICT]).text

    assert "要由发命令的人本人确认" not in await post.room.taps(DENG, CHATS[DISTRICT], "确认")
    assert await _versions(post) == {}
    await post.room.taps(SU, CHATS[DISTRICT], "确认")
    assert await _versions(post) == {"calendar.csv": 2}


@pytest.mark.parametrize("who", [LIN, LI, DENG], ids=["resident", "officer", "district"])
async def test_nobody_else_changes_a_sheet_by_a_file(post: Post, who):
    await post.sends(ONE_MORE, "calendar.csv", "/sheet 日历", who=who)

    assert "增加：" not in post.room.texts(who.account or 0)
    assert await _versions(post) == {}


async def test_forwarded_files_and_other_groups_change_nothing(post: Post):
    user = {"id": SU_AT, "is_bot": False, "first_name": "苏晴"}
    origin = {"type": "user", "date": 1781488800, "sender_user": user}
    await post.sends(ONE_MORE, "calendar.csv", "/sheet 日历", forward_origin=origin)
    await post.sends(ONE_MORE, "calendar.csv", "/sheet 日历", chat=CHATS[STREET])

    async with post.room.stage.units.read() as work:
        assert not await work.errands.waiting(9)
    assert "增加：" not in post.room.texts(SU_AT) + post.room.texts(CHATS[STREET])


async def test_a_sheet_comes_as_an_excel_file_and_goes_back_unchanged(post: Post):
    await post.room.says(SU, SU_AT, "/sheet 催办")
    shown = post.room.last(SU_AT)
    assert shown.method == "sendDocument"
    assert "现行：资料文件夹里的版本。" in shown.text
    assert shown.params["document"].name == "催办-第1版.xlsx"

    await post.sends(shown.params["document"].content, "催办-第1版.xlsx")
    assert "和现在的一样" in post.room.last(SU_AT).text


async def test_a_sheet_comes_as_csv_that_excel_opens(post: Post):
    await post.room.says(SU, SU_AT, "/sheet 单位 csv")

    file = post.room.last(SU_AT).params["document"]
    assert file.name == "单位-第1版.csv"
    assert file.content.startswith("\ufeff编码,名称,类别".encode())


async def test_a_sheet_nobody_knows_is_not_made_up(post: Post):
    await post.room.says(SU, SU_AT, "/sheet 菜单")
    await post.room.says(SU, SU_AT, "/sheet 日历 pdf")

    assert post.room.texts(SU_AT).count("例如：/sheet 日历，或 /sheet 日历 csv") == 2


async def test_a_row_known_by_a_code_is_called_by_its_name_too(post: Post):
    agencies = (EXAMPLE / "agencies.csv").read_text("utf-8-sig")
    await post.sends(agencies.replace("沙面街道,街道", "沙面新街道,街道"), "单位.csv")

    assert "· 440103001 沙面街道：名称 沙面街道 → 沙面新街道" in post.room.last(SU_AT).text


async def test_an_earlier_version_comes_as_a_file_too(post: Post):
    await post.sends(ONE_MORE, "calendar.csv")
    await post.room.taps(SU, SU_AT, "确认")
    await post.room.says(SU, SU_AT, "/sheet 日历 1 csv")

    shown = post.room.last(SU_AT)
    assert "退回这一版：/rollback 日历 1" in shown.text
    assert b"2031-01-01" not in shown.params["document"].content
    await post.room.says(SU, SU_AT, "/sheet 日历 9")
    assert "没有找到" in post.room.last(SU_AT).text


async def test_whoever_dies_on_the_way_leaves_the_file_to_be_read_again(post: Post):
    post.files.trouble += [asyncio.CancelledError()]  # type: ignore[list-item]
    with pytest.raises(asyncio.CancelledError):
        await post.sends(ONE_MORE, "calendar.csv")
    assert not post.room.shown[SU_AT]

    await post.runs()
    assert "增加：2031-01-01" in post.room.last(SU_AT).text
