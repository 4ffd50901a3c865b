"""The auditor reads everything and changes nothing; each day is sealed once (I23)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.evening import Evening
from bot.screens.steps_named import DEEDS, STEPS
from core.acts import Deed
from core.errors import CoreError
from core.lifecycle import Action, Status
from core.people import Actor, Officer, Post
from tests.bot.group.room import Room
from tests.core.playing import CHATS, COMMUNITY, DISTRICT, LI, LIN, MONDAY, STRANGER, SU

GROUP = CHATS[COMMUNITY]
QIN = Actor(2100, "秦明")


@pytest.fixture
async def audited(room: Room) -> Room:
    """Qin audits for the district."""
    async with room.stage.units.begin() as work:
        await work.people.save_officer(Officer(2100, DISTRICT, "秦明", Post.AUDITOR))
    return room


async def _answered(room: Room) -> str:
    call = await room.stage.raised()
    await room.delivers()
    await room.taps(LI, GROUP, "签收")
    await room.says(LI, GROUP, "电话 13812345678 已联系", above=room.card(GROUP))
    return call.number


@pytest.mark.parametrize("who", [QIN, SU], ids=["auditor", "administrator"])
async def test_the_whole_story_is_read_in_private(audited: Room, who):
    number = await _answered(audited)

    await audited.says(who, who.account, f"/audit {number}")

    story = audited.last(who.account).text
    assert "派单" in story
    assert "李敏" in story
    assert "待签收 → 办理中" in story
    assert "《呼应事项清单（示例）》" in story
    assert "13812345678" not in story
    assert "林阿姨" not in story
    assert COMMUNITY not in story  # agencies are called by name


async def test_that_it_was_read_is_written_down(audited: Room):
    number = await _answered(audited)

    await audited.says(QIN, 2100, f"/audit {number}")

    async with audited.stage.units.read() as work:
        (act,) = await work.acts.latest(1)
    assert (act.deed, act.subject, act.actor) == (Deed.AUDITED, number, 2100)


@pytest.mark.parametrize("who", [LI, LIN, STRANGER])
async def test_nobody_else_reads_it(audited: Room, who):
    number = await _answered(audited)

    await audited.says(who, who.account, f"/audit {number}")

    assert "只有区里的审计员" in audited.last(who.account).text


async def test_a_long_story_has_pages(audited: Room):
    number = await _answered(audited)
    for n in range(15):
        await audited.says(LI, GROUP, f"第{n}句", above=audited.card(GROUP))
    await audited.says(QIN, 2100, f"/audit {number}")
    assert "（1/2）" in audited.last(2100).text

    await audited.taps(QIN, 2100, "下一页")

    assert "（2/2）" in audited.last(2100).text
    assert "第14句" in audited.last(2100).text


# What any resident may do, an auditor may as a resident.
ANYBODYS = {Action.SUPPORT, Action.UNSUPPORT, Action.CLAIM}


@pytest.mark.parametrize("agency", [COMMUNITY, DISTRICT])
async def test_an_auditor_takes_no_step_of_any_call(room: Room, agency):
    """The matrix: every step of the table, at the agency that answers and at the district."""
    auditor = Actor(2100, "秦明", frozenset({agency}), posts=frozenset({(agency, Post.AUDITOR)}))
    call = await room.stage.raised()
    leg = await room.stage.leg(call)

    for action in set(Action) - ANYBODYS:
        async with room.stage.desk() as desk:
            with pytest.raises(CoreError):
                await desk._step(leg.id, action, by=auditor, now=MONDAY)

    assert await room.stage.leg(call) == leg
    assert leg.status is Status.DISPATCHED


async def test_a_day_is_sealed_once_and_posted_to_the_district(room: Room):
    evening = Evening(room.stage.units, room.renderer._easel, frozenset({3001}))
    six = MONDAY.replace(hour=10)

    done = [await evening.tick(six + timedelta(minutes=n)) for n in (-1, 0, 1, 300)]
    await room.delivers()

    assert done == [False, True, False, False]
    assert "台账封存" in room.last(CHATS[DISTRICT]).text
    assert len(room.shown[CHATS[DISTRICT]]) == 1


async def test_without_a_district_group_the_administrators_keep_the_seal(room: Room):
    async with room.stage.units.begin() as work:
        await work.groups.remove(DISTRICT)

    await Evening(room.stage.units, room.renderer._easel, frozenset({3001})).tick(
        MONDAY + timedelta(hours=9)
    )
    await room.delivers()

    assert "huying audit verify" in room.last(3001).text


def test_every_step_and_every_act_is_named_once_for_screens_and_files():
    assert set(STEPS) == set(Action)
    assert set(DEEDS) == set(Deed)
