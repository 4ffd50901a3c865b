"""One line changes one row: agencies, items, answers, quiet hours, limits, as people type."""

from __future__ import annotations

import pytest

from core.petitions import Asked
from tests.bot.group.room import Room
from tests.core.playing import SU

SU_AT = SU.account or 0


async def _versions(room: Room) -> dict[str, int]:
    async with room.stage.units.read() as work:
        return dict(await work.sheets.in_force(room.stage.now))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("/limit P2 finish 4wd", "P2 办结：数值 5 → 4"),
        ("/limit P2办结 4个工作日", "P2 办结：数值 5 → 4"),
        ("/limit p2 办完 ４ 工作日", "P2 办结：数值 5 → 4"),
        ("/limit P2 辦結 4工作日", "P2 办结：数值 5 → 4"),
        ("/limit P1 contact 90 min", "P1 首次联系：数值 2 → 90"),
        ("/agency 西村街道 电话 020-81234567", "值班电话 （空） → 020-81234567"),
        ("/agency 西村街道 phone 020-81234567", "值班电话 （空） → 020-81234567"),
        ("/agency 加 440103099 试办街道 街道 荔湾区", "增加：440103099"),
        ("/item 2 等级 P3", "等级 P2 → P3"),
        ("/item 占道经营 class P3", "等级 P2 → P3"),
        ("/item 2 别名 +推车仔", "推车仔"),
        ("/quiet 22:00 7:30", "数值 21:30-08:00 → 22:00-07:30"),
        ("/quiet 22点到7:30", "数值 21:30-08:00 → 22:00-07:30"),
        ("/quiet 22点 7点半", "数值 21:30-08:00 → 22:00-07:30"),
        ("/agency 西村街 phone 020-81234567", "值班电话 （空） → 020-81234567"),
        ("/replies 加 我们十分钟后到。", "增加："),
        ("/replies 3 删", "将改动"),
    ],
)
async def test_a_line_is_understood_shown_and_counts_once_confirmed(
    room: Room, typed: str, shown: str
):
    await room.says(SU, SU_AT, typed)
    said = room.last(SU_AT).text
    assert shown in said
    assert "要撤回：/rollback" in said
    assert await _versions(room) == {}

    await room.taps(SU, SU_AT, "确认")

    assert list((await _versions(room)).values()) == [2]


@pytest.mark.parametrize(
    ("typed", "answered"),
    [
        ("/limit P2", "/limit P2 办结 4 工作日"),
        ("/limit 4wd", "/limit P2 办结 4 工作日"),
        ("/limit P2 finish 4 foo", "没有改动"),
        ("/agency", "现有单位"),
        ("/agency 西村街道", "编码：440103"),
        ("/agency 火星街道", "没有“火星街道”"),
        ("/agency 西村街道 上级 火星区", "没有“火星区”"),
        ("/agency 西村街道 颜色 红", "/agency 西村街道 改名"),
        ("/item", "1 垃圾堆积"),
        ("/item 2", "事项：占道经营"),
        ("/item 999", "没有“999”"),
        ("/item 2 主办 火星局", "没有改动"),
        ("/replies", "1.（办理中）"),
        ("/replies 99 删", "/replies 加 内容"),
        ("/quiet", "现在：21:30-08:00"),
        ("/quiet 25:00 8:00", "没看懂要改成什么，没有改动。\n夜里不提醒的时间：/quiet 21:30 8:00"),
    ],
)
async def test_whoever_looks_or_mistypes_reads_what_is_there_and_an_example(
    room: Room, typed: str, answered: str
):
    await room.says(SU, SU_AT, typed)

    assert answered in room.last(SU_AT).text
    assert not room.last(SU_AT).buttons


async def test_a_street_with_communities_names_those_that_are_to_be_moved_first(room: Room):
    await room.says(SU, SU_AT, "/agency 逢源街道 撤")

    said = room.last(SU_AT).text
    assert "不能撤“逢源街道”：下面还有" in said
    assert "上级 新的街道" in said
    assert "行" not in said
    assert not room.last(SU_AT).buttons


async def test_a_community_is_not_closed_while_grids_of_it_are_in_their_sheet(room: Room):
    await room.says(SU, SU_AT, "/agency 440103006114 撤")

    assert "《网格》表 第 7 行：社区“440103006114”" in room.last(SU_AT).text
    assert await _versions(room) == {}


async def test_an_agency_without_anybody_below_is_closed_by_two_persons(room: Room):
    await room.says(SU, SU_AT, "/agency 440103006104 撤")
    assert "删去：440103006104" in room.last(SU_AT).text
    assert "还要第二个人同意才生效" in room.last(SU_AT).text
    await room.taps(SU, SU_AT, "确认")

    async with room.stage.units.read() as work:
        (waits,) = await work.petitions.waiting()
    assert (waits.asked, waits.subject) == (Asked.SHEET, "agencies.csv")
    assert await _versions(room) == {}
