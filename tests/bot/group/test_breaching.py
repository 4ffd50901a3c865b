"""Personal data got out: those affected are told once each, on two persons' word (S12)."""

from __future__ import annotations

import pytest

from core.acts import Deed
from core.people import Actor
from tests.bot.group.errands import SU_AT
from tests.bot.group.errands import Post as Desk
from tests.bot.group.room import Room
from tests.core.playing import LI, LIN, SU

pytestmark = pytest.mark.security("S12")
HE, LIN_AT = Actor(3002, "何静", administrator=True), LIN.account or 0
WORDS = "6 月 15 日一份名单误发到群里，含称呼和电话；已在当天撤回，请当心陌生来电。"
COMMAND = f"/breach 2026-06-15 2026-06-16 {WORDS}"


@pytest.fixture
async def desk() -> Desk:
    room = await Room.opened(administrators={SU_AT, HE.account or 0})
    await room.stage.raised()
    async with room.stage.desk() as open_desk:
        await open_desk.consent(by=LIN, now=room.stage.now)
    return Desk.of(room)


async def _told(desk: Desk) -> list[str]:
    return [one.text for one in desk.room.shown[LIN_AT] if "个人信息安全告知" in one.text]


async def test_those_affected_are_told_once_when_a_second_person_agrees(desk: Desk):
    room = desk.room
    await room.says(SU, SU_AT, COMMAND)
    assert "将向 1 人各发一次" in room.last(SU_AT).text
    await room.taps(SU, SU_AT, "确认")
    await desk.runs()
    assert await _told(desk) == []
    assert "向 1 人告知个人信息泄露" in room.last(HE.account or 0).text
    assert WORDS in room.last(HE.account or 0).text

    await room.taps(HE, HE.account or 0, "同意")
    await desk.runs()
    await desk.runs()

    (said,) = await _told(desk)
    assert WORDS in said
    assert "2026年6月15日" in said
    assert "/mydata" in said
    assert "共 1 人，每人一次" in room.last(SU_AT).text
    async with room.stage.units.read() as work:
        act = next(a for a in await work.acts.latest(9) if a.deed == Deed.BREACH_TOLD)
    assert (act.actor, act.facts["n"], act.facts["second"]) == (SU_AT, 1, "何静")


async def test_an_errand_begun_again_tells_nobody_twice(desk: Desk):
    room = desk.room
    await room.says(SU, SU_AT, COMMAND)
    await room.taps(SU, SU_AT, "确认")
    await room.taps(HE, HE.account or 0, "同意")
    async with room.stage.units.read() as work:
        (errand,) = await work.errands.waiting(9)
    await desk.runs()
    async with room.stage.units.begin() as work:
        await work.errands.save(errand)
    await desk.runs()

    assert len(await _told(desk)) == 1


async def test_everybody_is_told_where_no_days_are_named(desk: Desk):
    room = desk.room
    await room.says(SU, SU_AT, f"/breach 全部 {WORDS}")
    await room.taps(SU, SU_AT, "确认")
    await room.taps(HE, HE.account or 0, "同意")
    await desk.runs()

    (said,) = await _told(desk)
    assert "您在本服务里留下的信息" in said


async def test_whoever_does_not_agree_keeps_everybody_untold(desk: Desk):
    room = desk.room
    await room.says(SU, SU_AT, COMMAND)
    await room.taps(SU, SU_AT, "确认")
    await room.taps(HE, HE.account or 0, "不同意")
    await desk.runs()

    assert await _told(desk) == []


@pytest.mark.parametrize(
    ("typed", "answered"),
    [
        ("/breach", "请写起止日期"),
        ("/breach 2026-06-20 2026-06-01 " + WORDS, "请写起止日期"),
        ("/breach 2026-02-30 " + WORDS, "请写起止日期"),
        ("/breach 2026-06-15 泄露了", "请写清楚"),
        ("/breach 2026-05-01 " + WORDS, "没有人反映过事情"),
    ],
)
async def test_whoever_mistypes_reads_what_to_do(desk: Desk, typed: str, answered: str):
    await desk.room.says(SU, SU_AT, typed)

    assert answered in desk.room.last(SU_AT).text
    assert not desk.room.last(SU_AT).buttons


async def test_nobody_but_administrators_begins_it(desk: Desk):
    for who in (LIN, LI):
        await desk.room.says(who, who.account or 0, COMMAND)
        assert "只给管理员" in desk.room.last(who.account or 0).text
