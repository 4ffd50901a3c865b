"""A district begins with one street: what is off there says so at the door, and where to turn."""

from __future__ import annotations

import pytest

from core.call import NewCall
from core.errors import NotOpenHere
from core.features import Feature
from core.mistakes import MistakeCode, SheetMistakes
from core.people import Resident
from storage.sheets import Over
from tests.bot.group.room import Room
from tests.core.playing import CHATS, COMMUNITY, EXAMPLE, LAMP, LIN, STREET, SU, liwan, words

SU_AT, LIN_AT = SU.account or 0, LIN.account or 0
READ = Over(EXAMPLE)


def _district(*rows: str):
    return READ({"features.csv": "\n".join(("功能,街道,状态", *rows))})


async def _does(room: Room, command: str) -> None:
    await room.says(SU, SU_AT, command)
    await room.taps(SU, SU_AT, "确认")


def test_everything_is_on_unless_it_is_said():
    assert all(liwan().opens(feature, COMMUNITY) for feature in Feature)


def test_one_street_is_opened_and_the_others_wait():
    district = _district("反映,,关", "反映,逢源街道,开")

    assert district.opens(Feature.CALLS, COMMUNITY)
    assert district.opens(Feature.CALLS, STREET)
    assert not district.opens(Feature.CALLS, "440103001")


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("反映,火星街道,开", "街道", MistakeCode.UNKNOWN_AGENCY),
        ("唱歌,,开", "功能", MistakeCode.UNKNOWN_WORD),
        ("反映,,也许", "状态", MistakeCode.UNKNOWN_WORD),
    ],
)
def test_a_mistake_is_named_with_row_and_column(row: str, column: str, code: MistakeCode):
    with pytest.raises(SheetMistakes) as found:
        _district(row)

    assert [(one.row, one.column, one.code) for one in found.value.mistakes] == [(2, column, code)]


async def test_a_call_is_refused_where_calls_are_off_and_danger_never_is(room: Room):
    room.stage.district = _district("反映,逢源街道,关")
    async with room.stage.desk() as desk:
        with pytest.raises(NotOpenHere):
            await desk.raise_call(
                NewCall("d1", LAMP, COMMUNITY, words("灯不亮")), by=LIN, now=room.stage.now
            )
        danger = NewCall("d2", LAMP, COMMUNITY, words("电线掉了"), danger=True)
        assert (await desk.raise_call(danger, by=LIN, now=room.stage.now)).danger


async def test_an_administrator_switches_a_street_off_and_a_group_there_gets_no_topics(room: Room):
    await _does(room, "/feature topics 逢源街道 off")

    await room.says(SU, CHATS[STREET], "/topics on")

    assert "还没有开通这个功能" in room.last(CHATS[STREET]).text
    await room.says(SU, SU_AT, "/feature")
    assert "话题　逢源街道　关" in room.last(SU_AT).text


async def test_a_sheet_the_folder_does_without_is_given_back_to_nothing(room: Room):
    await _does(room, "/feature 反映 关")
    await _does(room, "/rollback 功能 1")

    async with room.stage.units.read() as work:
        assert dict(await work.sheets.in_force(room.stage.now)) == {"features.csv": 3}
    await room.says(SU, SU_AT, "/feature")
    assert "反映　" not in room.last(SU_AT).text


async def test_a_resident_hears_at_the_place_where_to_turn_and_may_name_another(room: Room):
    async with room.stage.units.begin() as work:
        await work.people.save_resident(Resident(LIN_AT, LIN.name, consented_at=room.stage.now))
    await _does(room, "/feature 反映 逢源街道 关")
    await room.says(LIN, LIN_AT, "我家楼下的路灯坏了三天，晚上很黑")
    await room.taps(LIN, LIN_AT, "路灯不亮")
    await room.taps(LIN, LIN_AT, "没有")

    await room.says(LIN, LIN_AT, "逢源北社区")

    assert "还没有开通呼应，请拨打 12345" in room.texts(LIN_AT)
    async with room.stage.units.read() as work:
        talk = await work.conversations.get(LIN_AT)
    assert talk and talk.step == "place"
