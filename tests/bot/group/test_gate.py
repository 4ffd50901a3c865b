"""The lists: who asks what stands in them, and how a community refuses what none lets in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.acts import Deed
from core.errors import NotYourPart, StreetDecides
from core.lists import Listed, ListKind, gate, listed
from tests.bot.group.room import Room
from tests.core.playing import (
    CHATS,
    COMMUNITY,
    DISTRICT,
    LAMP,
    LI,
    LIANG,
    LIGHTS,
    LIN,
    STREET,
    Stage,
    liwan,
    words,
)
from tests.fakes import MemoryUnits

HERE, THERE = CHATS[COMMUNITY], CHATS[DISTRICT]
POWER = Listed(ListKind.STREET, "9", "路灯小修", (LAMP,), clause="《街道权责清单（示例）》第9项")


async def test_a_forbidden_task_is_refused_and_the_district_hears_of_it(room: Room):
    await room.says(LI, HERE, "/gate 填报表格")
    shown = room.last(HERE)
    assert "⛔ 以填表留痕代替走访：在《禁止进入社区》清单第 5 项" in shown.text
    assert "社区可以不接" in shown.text

    await room.taps(LI, HERE, "非准入，拒收")
    assert "已记下：李敏 拒收“填报表格”。已告诉区里，不影响考核。" in shown.text
    assert "拒收了没有准入的任务“填报表格”（李敏）" in room.last(THERE).text
    async with room.stage.units.read() as work:
        act = (await work.acts.latest(1))[0]
    assert (act.deed, act.subject) == (Deed.TASK_REFUSED, COMMUNITY)
    assert act.facts == {"task": "填报表格", "row": "5"}


async def test_what_stands_in_no_list_needs_an_admission_first(room: Room):
    await room.says(LI, HERE, "/gate 安装宣传栏")

    assert "不在任何清单里。要进社区，先要经区里准入" in room.last(HERE).text
    assert room.last(HERE).labels == ["非准入，拒收"]


async def test_what_communities_help_with_names_who_leads_and_cannot_be_refused(room: Room):
    await room.says(LI, HERE, "/gate 入户核对")

    assert "🤝 人口信息核对：在《协助事项》清单第 1 项，牵头【区公安分局】" in room.last(HERE).text
    assert not room.last(HERE).buttons
    async with room.stage.desk() as desk:
        with pytest.raises(NotYourPart):
            await desk.refuse_task("入户核对", agency=COMMUNITY, by=LI, now=room.stage.now)


async def test_only_the_community_itself_refuses(room: Room):
    await room.says(LIANG, CHATS[STREET], "/gate 填报表格")
    assert not room.last(CHATS[STREET]).buttons
    await room.says(LI, HERE, "/gate 填报表格")
    await room.taps(LIN, HERE, "非准入，拒收")

    async with room.stage.units.read() as work:
        assert not await work.acts.latest(1)


@pytest.mark.parametrize("typed", ["/gate", "/gate 表"])
async def test_too_little_is_asked_about(room: Room, typed: str):
    await room.says(LIN, LIN.account or 0, typed)

    assert "至少两个字" in room.last(LIN.account or 0).text


def test_what_forbids_decides_before_what_lets_in():
    rows = (Listed(ListKind.ASSIST, "1", "核对表格"), Listed(ListKind.FORBIDDEN, "2", "核对"))
    found = gate(rows, "核对表格")

    assert found is not None
    assert found.kind is ListKind.FORBIDDEN
    assert len(listed(rows, "核对表格")) == 2


async def test_a_street_does_not_call_up_what_its_powers_let_it_settle():
    stage = await Stage(MemoryUnits(), district=replace(liwan(), lists=(POWER,))).set_up()
    call = await stage.raised()
    async with stage.desk() as desk:
        leg = (await desk.work.legs.of_call(call.id))[0]
        await desk.acknowledge(leg.id, by=LI, now=stage.now, version=leg.version)
        child = await desk.call_up(
            leg.id, target=STREET, pieces=words("请街道"), by=LI, now=stage.now
        )
        await desk.acknowledge(child.id, by=LIANG, now=stage.now, version=child.version)
        with pytest.raises(StreetDecides) as found:
            await desk.call_up(
                child.id, target=LIGHTS, pieces=words("请部门"), by=LIANG, now=stage.now
            )

    assert found.value.facts == {"name": POWER.name, "clause": POWER.clause}
