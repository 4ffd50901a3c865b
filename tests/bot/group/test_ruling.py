"""Administrators change rules by command: shown, confirmed, kept as a version, taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.commands import ADMINISTRATORS
from core.acts import Deed
from core.call import NewCall
from core.people import Actor
from tests.bot.group.room import Room
from tests.core.playing import CHATS, COMMUNITY, DENG, EXAMPLE, LI, LIN, STREET, SU, words

SU_AT, LIN_AT = SU.account or 0, LIN.account or 0
LIMIT = "/limit P2 办结 3 工作日"
COMMANDS = (
    *("/admin", "/rule 退单", "/versions 时限", LIMIT),
    *("/holiday 2027-01-01 休", "/sheet 日历", "/rollback 时限 1"),
    *("/aliases", "/alias 10 幽灵柱"),
)


async def _finishing(room: Room) -> str:
    await room.says(SU, SU_AT, "/rule P2 办结")
    return room.last(SU_AT).text


async def _versions(room: Room) -> dict[str, int]:
    async with room.stage.units.read() as work:
        return dict(await work.sheets.in_force(room.stage.now))


async def test_a_rule_is_read_with_its_figure_its_clause_and_since_when(room: Room):
    await room.says(SU, SU_AT, "/rule 退单")

    said = room.last(SU_AT).text
    assert "退单申请：4 工作小时" in said
    assert "依据：《呼应办理时限（示例）》" in said
    assert "现行：资料文件夹里的版本。" in said


async def test_a_limit_is_shown_before_it_counts_and_counts_once_confirmed(room: Room):
    await room.says(SU, SU_AT, LIMIT)
    shown = room.last(SU_AT).text
    assert "P2 办结：数值 5 → 3" in shown
    assert "/rollback 时限 1" in shown
    assert "P2 办结：5 工作日" in await _finishing(room)

    await room.taps(SU, SU_AT, "确认")
    assert "已生效：《时限》表第 2 版" in room.shown[SU_AT][0].text
    said = await _finishing(room)
    assert "P2 办结：3 工作日" in said
    assert "现行：第 2 版" in said
    async with room.stage.units.read() as work:
        act = (await work.acts.latest(1))[0]
    assert (act.deed, act.subject, act.actor) == (Deed.RULES_CHANGED, "rules.csv", SU_AT)
    assert act.facts["version"] == 2


async def test_an_earlier_version_is_given_back_by_a_new_one(room: Room):
    await room.says(SU, SU_AT, LIMIT)
    await room.taps(SU, SU_AT, "确认")
    await room.says(SU, SU_AT, "/rollback 时限 1")
    assert "P2 办结：数值 3 → 5" in room.last(SU_AT).text
    await room.taps(SU, SU_AT, "确认")

    assert "P2 办结：5 工作日" in await _finishing(room)
    await room.says(SU, SU_AT, "/versions 时限")
    said = room.last(SU_AT).text
    assert "第 3 版" in said
    assert "（退回到第 1 版）" in said
    assert "第 1 版　资料文件夹" in said


async def test_a_confirmation_comes_too_late_after_a_minute(room: Room):
    await room.says(SU, SU_AT, LIMIT)
    room.stage.now += timedelta(seconds=61)
    await room.taps(SU, SU_AT, "确认")

    assert "已过期，请重新发一次命令。" in room.texts(SU_AT)
    assert await _versions(room) == {}


async def test_what_was_changed_meanwhile_is_looked_at_again_first(room: Room):
    await room.says(SU, SU_AT, LIMIT)
    first = room.last(SU_AT)
    await room.says(SU, SU_AT, "/limit P3 办结 8 工作日")
    await room.taps(SU, SU_AT, "确认")
    await room.taps(SU, SU_AT, "确认", on=first)

    assert "已过期" in first.text
    assert await _versions(room) == {"rules.csv": 2}


async def test_a_change_that_was_called_off_changes_nothing(room: Room):
    await room.says(SU, SU_AT, LIMIT)
    await room.taps(SU, SU_AT, "取消")

    assert "规则没有变化" in room.texts(SU_AT)
    assert await _versions(room) == {}


async def test_a_holiday_is_added_in_one_line(room: Room):
    await room.says(SU, SU_AT, "/holiday 2031-01-01 休 元旦")
    assert "增加：2031-01-01 休 元旦" in room.last(SU_AT).text
    await room.taps(SU, SU_AT, "确认")

    assert await _versions(room) == {"calendar.csv": 2}


async def test_a_whole_sheet_is_pasted_and_every_mistake_in_it_named(room: Room):
    await room.says(SU, SU_AT, "/sheet 日历\n日期,安排,说明\n2031-13-01,休,元旦\n2031-01-02,歇,")

    said = room.last(SU_AT).text
    assert said.startswith("没有改动")
    assert "《日历》表 第 2 行" in said
    assert "《日历》表 第 3 行" in said
    assert not room.last(SU_AT).buttons


@pytest.mark.parametrize(
    ("typed", "answered"),
    [
        ("/limit P9 办结 3 工作日", "没有叫“P9办结”的规则"),
        ("/limit P2", "改：/limit P2 办结 4 工作日"),
        ("/limit P2 办结 三 工作日", "没有改动"),
        ("/limit P2 办结 5 工作日", "和现在的一样"),
        ("/rollback 时限 7", "《时限》表没有第 7 版。有哪些版本：/versions 时限"),
        ("/versions 菜单", "请写上表名"),
    ],
)
async def test_whoever_mistypes_reads_what_to_do(room: Room, typed: str, answered: str):
    await room.says(SU, SU_AT, typed)

    assert answered in room.last(SU_AT).text
    assert not room.last(SU_AT).buttons


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("who", [LIN, LI, DENG], ids=["resident", "officer", "district"])
async def test_nobody_else_sees_or_changes_rules(room: Room, who, command: str):
    account = who.account or 0
    await room.says(who, account, command)

    assert room.last(account).text == "这个命令只给管理员使用。"
    assert await _versions(room) == {}


@pytest.mark.parametrize("command", COMMANDS)
async def test_forwarded_edited_and_group_commands_change_nothing(room: Room, command: str):
    origin = {"type": "user", "date": 1781488800, "sender_user": {"id": SU_AT, "is_bot": False}}
    origin["sender_user"]["first_name"] = "苏晴"
    await room.says(SU, SU_AT, command, forward_origin=origin)
    await room.edits(SU, SU_AT, 55, command)
    for chat in (CHATS[COMMUNITY], CHATS[STREET], -999):
        await room.says(SU, chat, command)

    assert all(not message.buttons for chat in room.shown.values() for message in chat)
    assert await _versions(room) == {}


async def test_a_proposal_is_confirmed_by_nobody_else(room: Room):
    await room.says(SU, SU_AT, LIMIT)
    proposal = room.last(SU_AT)
    data = next(b["callback_data"] for b in proposal.buttons if b["text"] == "确认")
    await room.presses(LI, LI.account or 0, proposal, data)
    await room.presses(LI, SU_AT, proposal, data)

    assert await _versions(room) == {}


async def test_a_command_in_traditional_characters_is_understood(room: Room):
    await room.says(SU, SU_AT, "/limit P2 辦結 3 工作日")

    assert "P2 办结：数值 5 → 3" in room.last(SU_AT).text


async def test_a_word_that_residents_use_is_taken_up_by_the_command_that_is_offered(room: Room):
    room.stage.without("calls_per_day")
    for n in range(4):
        new = NewCall(f"d-{n}", "1", COMMUNITY, words("那根幽灵柱好几天了"))
        async with room.stage.desk() as desk:
            call = await desk.raise_call(new, by=Actor(7001 + n, "某"), now=room.stage.now)
        leg = (await room.stage.leg(call)).id
        async with room.stage.desk() as desk:
            await desk.acknowledge(leg, by=LI, now=room.stage.now)
            await desk.reclass(leg, item="10", by=LI, now=room.stage.now)
    await room.says(SU, SU_AT, "/aliases")
    shown = room.last(SU_AT)
    assert "4 位居民说过；最近的呼叫里多提示对 4 件" in shown.text
    offered = shown.buttons[0]["copy_text"]["text"]
    assert offered.startswith("/alias 10 ")

    await room.says(SU, SU_AT, offered)
    assert "别名" in room.last(SU_AT).text
    await room.taps(SU, SU_AT, "确认")

    assert "已生效：《事项》表第 2 版" in room.texts(SU_AT)
    await room.says(SU, SU_AT, "/aliases")
    assert "没有值得加的说法" in room.last(SU_AT).text


async def test_a_word_for_an_item_nobody_knows_is_refused_with_what_to_do(room: Room):
    await room.says(SU, SU_AT, "/alias 999 幽灵柱")
    assert "没有叫“999”的规则" in room.last(SU_AT).text
    await room.says(SU, SU_AT, "/alias 10")
    assert "/aliases" in room.last(SU_AT).text


async def test_a_limit_may_count_from_a_day_on(room: Room):
    await room.says(SU, SU_AT, "/limit P2 办结 3 工作日 明天 8:00 起")
    assert "P2 办结：数值 5 → 3" in room.last(SU_AT).text
    assert "确认后从 6月16日（周二）08:00 起生效。" in room.last(SU_AT).text
    await room.taps(SU, SU_AT, "确认")
    assert "✅ 已定好：《时限》表第 2 版，6月16日（周二）08:00 起生效" in room.texts(SU_AT)
    assert "P2 办结：5 工作日" in await _finishing(room)

    room.stage.now += timedelta(days=1)
    assert "P2 办结：3 工作日" in await _finishing(room)


async def test_a_pasted_sheet_may_count_from_a_day_on(room: Room):
    calendar = (EXAMPLE / "calendar.csv").read_text("utf-8-sig")
    await room.says(SU, SU_AT, f"/sheet 日历 2026-12-01 起\n{calendar}2031-01-01,休,元旦")
    await room.taps(SU, SU_AT, "确认")

    assert "第 2 版，12月1日（周二）00:00 起生效" in room.texts(SU_AT)
    assert await _versions(room) == {"calendar.csv": 1}


async def test_a_day_that_is_over_is_refused(room: Room):
    await room.says(SU, SU_AT, "/limit P2 办结 3 工作日 2020-12-01 起")

    assert "已经过去了" in room.last(SU_AT).text
    assert not room.last(SU_AT).buttons


async def test_the_page_of_commands_names_every_command_once_under_its_theme(room: Room):
    await room.says(SU, SU_AT, "/admin")

    said = room.last(SU_AT).text
    for name, _words in ADMINISTRATORS:
        assert said.count(f"/{name} — ") == (name != "admin"), name
    assert said.index("【规则】") < said.index("/limit — ") < said.index("【居民】")


async def test_all_limits_are_read_by_class_before_one_is_changed(room: Room):
    await room.says(SU, SU_AT, "/limit")
    said = room.last(SU_AT).text
    assert "· P2：签收 2 工作小时、首次联系 1 工作日、办结 5 工作日" in said
    assert "退单申请 4 工作小时" in said

    await room.says(SU, SU_AT, "/limit P2")
    assert "P2" in room.last(SU_AT).text
    assert "· P3" not in room.last(SU_AT).text

    await room.says(SU, SU_AT, "/limit 不存在")
    assert "没有叫“不存在”的时限。全部时限：/limit" in room.last(SU_AT).text


async def test_a_figure_that_cannot_be_read_is_not_passed_over(room: Room):
    await room.says(SU, SU_AT, "/limit P2 办结 4")

    said = room.last(SU_AT).text
    assert said.startswith("没看懂要改成多少，没有改动。")
    assert "办结 5 工作日" in said


async def test_whoever_does_not_know_the_names_of_the_rules_is_told_them(room: Room):
    await room.says(SU, SU_AT, "/rule")

    assert "可以查：受理、补充、派单" in room.last(SU_AT).text


async def test_a_mistyped_command_is_guessed(room: Room):
    await room.says(SU, SU_AT, "/limits")
    assert "您是不是要 /limit（改时限" in room.last(SU_AT).text

    await room.says(SU, SU_AT, "/dance")
    assert "/admin" in room.last(SU_AT).text

    await room.says(LIN, LIN_AT, "/mycall")
    assert "您是不是要 /mycalls" in room.last(LIN_AT).text

    await room.says(LIN, LIN_AT, "/limits")
    assert "/limit（" not in room.last(LIN_AT).text


async def test_an_administrator_learns_at_the_start_where_the_commands_are(room: Room):
    await room.says(SU, SU_AT, "/start")
    assert "/admin" in room.last(SU_AT).text
    await room.says(LIN, LIN_AT, "/start")
    assert "/admin" not in room.last(LIN_AT).text
