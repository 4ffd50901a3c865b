"""What takes two persons and hangs on no leg: asked for, agreed to by somebody else, in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.acts import Deed
from core.desk import Desk
from core.in_force import InForce
from core.people import Actor, Officer, Post
from core.petitions import Petition
from core.rulebook import Rulebook
from core.seconding import Seconds, lapse_petitions
from storage.sheets import Over
from tests.bot.group.room import Room
from tests.core.playing import DENG, DISTRICT, EXAMPLE, LI, LIN, SU

SU_AT, HE_AT = SU.account or 0, 3002
HE = Actor(HE_AT, "何静", administrator=True)
QIAO = Actor(3003, "乔审计", frozenset({DISTRICT}))
SHEET = (EXAMPLE / "agencies.csv").read_text("utf-8-sig")
GONE = "440103001,"


def _without_one() -> str:
    """The agencies sheet without its first street, whose communities go to the district's next."""
    lines = [one.replace(",440103001,", ",440103002,") for one in SHEET.splitlines()]
    return "\n".join(one for one in lines if not one.startswith(GONE))


@pytest.fixture
async def room() -> Room:
    return await Room.opened(administrators={SU_AT, HE_AT})


async def _asked(room: Room) -> None:
    await room.says(SU, SU_AT, f"/sheet 单位\n{_without_one()}")
    await room.taps(SU, SU_AT, "确认")


async def _versions(room: Room) -> dict[str, int]:
    async with room.stage.units.read() as work:
        return dict(await work.sheets.in_force(room.stage.now))


async def _deeds(room: Room) -> list[str]:
    async with room.stage.units.read() as work:
        return [act.deed for act in await work.acts.latest(9)]


async def _auditor(room: Room) -> None:
    async with room.stage.units.begin() as work:
        officer = Officer(QIAO.account or 0, DISTRICT, QIAO.name, Post.AUDITOR)
        await work.people.save_officer(officer)


async def test_an_agency_goes_only_when_a_second_administrator_agrees(room: Room):
    await _asked(room)
    assert "还没有改动" in room.texts(SU_AT)
    assert await _versions(room) == {}
    told = room.last(HE_AT).text
    assert "苏晴 申请：改《单位》表" in told
    assert "删去：440103001" in told

    await room.taps(HE, HE_AT, "同意")

    assert await _versions(room) == {"agencies.csv": 2}
    assert "何静 同意了，已经办好" in room.last(SU_AT).text
    assert (await _deeds(room))[:3] == [Deed.RULES_CHANGED, Deed.SECONDED, Deed.PETITIONED]


async def test_nobody_agrees_to_what_he_asked_for(room: Room):
    await _asked(room)
    question = room.last(HE_AT)
    data = next(b["callback_data"] for b in question.buttons if b["text"] == "同意")

    await room.presses(SU, HE_AT, question, data)

    assert await _versions(room) == {}
    assert "要由另一个人决定" in "".join(room.toasts)


@pytest.mark.parametrize("who", [LIN, LI, DENG], ids=["resident", "officer", "district"])
async def test_nobody_without_the_right_agrees(room: Room, who: Actor):
    await _asked(room)
    question = room.last(HE_AT)
    data = next(b["callback_data"] for b in question.buttons if b["text"] == "同意")

    await room.presses(who, HE_AT, question, data)

    assert await _versions(room) == {}


async def test_an_auditor_may_be_the_second_one_and_needs_nobodys_list(room: Room):
    await _auditor(room)
    await _asked(room)

    await room.taps(QIAO, QIAO.account or 0, "同意")

    assert await _versions(room) == {"agencies.csv": 2}


async def test_whoever_does_not_agree_changes_nothing_and_the_other_hears_it(room: Room):
    await _asked(room)

    await room.taps(HE, HE_AT, "不同意")

    assert await _versions(room) == {}
    assert "何静 没有同意" in room.last(SU_AT).text


async def test_what_was_decided_is_not_decided_again(room: Room):
    await _auditor(room)
    await _asked(room)
    await room.taps(HE, HE_AT, "不同意")

    await room.taps(QIAO, QIAO.account or 0, "同意")

    assert await _versions(room) == {}
    assert "何静 已在" in "".join(room.toasts)


async def test_what_waits_is_listed_and_taken_back_by_whoever_asked(room: Room):
    await _asked(room)
    await room.says(SU, SU_AT, "/pending")
    assert "苏晴 提出" in room.last(SU_AT).text
    assert all("同意" not in label for label in room.last(SU_AT).labels)

    await room.taps(SU, SU_AT, "收回")
    await room.says(HE, HE_AT, "/pending")

    assert room.last(HE_AT).text == "没有等第二个人同意的事。"


async def test_after_a_day_it_lapses_and_whoever_asked_is_told(room: Room):
    await _asked(room)
    room.stage.now += timedelta(hours=24)
    await room.taps(HE, HE_AT, "同意")
    assert "这个申请已经结束" in "".join(room.toasts)

    async with room.stage.units.begin() as work:
        assert await lapse_petitions(work, room.stage.now) == 1
        assert await lapse_petitions(work, room.stage.now) == 0
    await room.delivers()

    assert await _versions(room) == {}
    assert "到时没有人同意" in room.last(SU_AT).text


async def test_a_sheet_changed_meanwhile_is_not_overwritten(room: Room):
    await _asked(room)
    one = SHEET.replace("沙面街,", "沙面街、沙面岛,")
    await room.says(HE, HE_AT, f"/sheet 单位\n{one}")
    await room.taps(HE, HE_AT, "确认")
    assert await _versions(room) == {"agencies.csv": 2}

    await room.taps(HE, HE_AT, "同意")

    assert await _versions(room) == {"agencies.csv": 2}
    assert "没有办" in room.last(SU_AT).text


async def test_whoever_left_the_list_asks_for_nothing_any_more(room: Room):
    await _asked(room)
    async with room.stage.units.begin() as work:
        (waiting,) = await work.petitions.waiting()
        work.tables.petitions[waiting.id] = replace(waiting, by=9999)  # type: ignore[attr-defined]

    await room.taps(HE, HE_AT, "同意")

    assert await _versions(room) == {}


async def test_a_single_administrator_is_told_who_could_be_the_second_one():
    room = await Room.opened()
    await _asked(room)

    said = room.texts(SU_AT)
    assert "现在只有您一位管理员" in said
    assert "huying pending agree" in said
    assert await _versions(room) == {}


async def test_a_sheet_that_is_to_count_later_counts_from_then_once_agreed_to(room: Room):
    later = room.stage.now + timedelta(days=2)
    async with room.stage.units.begin() as work:
        rules = InForce(room.stage.district, read=Over(EXAMPLE))
        book, desk = Rulebook(work, rules), Desk(work, room.stage.district)
        seconds = Seconds(work, desk, book, {SU_AT, HE_AT})
        asked = await seconds.sheet(
            "agencies.csv", _without_one(), by=SU, now=room.stage.now, since=later
        )
        assert isinstance(asked, Petition)
        await seconds.agree(asked.id, by=HE, now=room.stage.now)

        assert await work.sheets.in_force(room.stage.now) == {"agencies.csv": 1}
        assert await work.sheets.in_force(later) == {"agencies.csv": 2}
