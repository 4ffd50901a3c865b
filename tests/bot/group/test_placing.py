"""Who holds which post, which group is nobody's, who is forgotten: shown and confirmed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.acts import Deed
from core.people import Actor, Officer, Post
from tests.bot.group.room import Room
from tests.core.playing import CHATS, DISTRICT, LI, LIANG, LIN, STREET, SU, WATER

SU_AT, HE_AT, QIAO_AT = SU.account or 0, 3002, 3003
HE = Actor(HE_AT, "何静", administrator=True)
QIAO = Actor(QIAO_AT, "乔审计", frozenset({DISTRICT}))


@pytest.fixture
async def room() -> Room:
    room = await Room.opened(administrators={SU_AT, HE_AT})
    async with room.stage.units.begin() as work:
        await work.people.save_officer(Officer(QIAO_AT, DISTRICT, QIAO.name, Post.AUDITOR))
    return room


async def _does(room: Room, command: str) -> str:
    await room.says(SU, SU_AT, command)
    said = room.last(SU_AT).text
    await room.taps(SU, SU_AT, "确认")
    return said


async def _street(room: Room) -> dict[str, Post]:
    async with room.stage.units.read() as work:
        return {one.name: one.post for one in await work.people.officers_of(STREET)}


async def test_people_are_listed_with_their_posts(room: Room):
    await room.says(SU, SU_AT, "/people 逢源街道")

    assert "梁静　联络员" in room.last(SU_AT).text


async def test_a_post_is_changed_once_confirmed_and_the_way_back_is_said_before(room: Room):
    said = await _does(room, "/post 逢源街道 梁静 负责人")

    assert "由联络员改为负责人" in said
    assert "/post 逢源街道 梁静 联络员" in said
    assert await _street(room) == {"梁静": Post.HEAD}
    async with room.stage.units.read() as work:
        act = (await work.acts.latest(1))[0]
    assert (act.deed, act.subject, act.facts["post"]) == (Deed.POST_CHANGED, STREET, "head")


async def test_a_post_is_taken_away(room: Room):
    said = await _does(room, "/post 逢源街道 梁静 撤")

    assert "/invite 逢源街道 联络员" in said
    assert await _street(room) == {}


@pytest.mark.parametrize(
    ("typed", "answered"),
    [
        ("/post", "例如：/post 西村街道 梁静 负责人"),
        ("/post 逢源街道 梁静 主任", "没有“主任”这个职务"),
        ("/post 逢源街道 张三 负责人", "【逢源街道】的人员"),
        ("/post 火星街道 梁静 负责人", "没有找到“火星街道”"),
        ("/people", "例如：/people 西村街道"),
        ("/people 街道", "有好几个单位都像"),
        ("/unbind", "例如：/unbind 西村街道"),
        ("/unbind 沙面街道", "没有办理群，不用解除"),
        ("/erase", "例如：/erase LW-260615-0001"),
        ("/erase 7", "没有编号“7”的呼叫"),
    ],
)
async def test_whoever_mistypes_reads_an_example(room: Room, typed: str, answered: str):
    await room.says(SU, SU_AT, typed)

    assert answered in room.last(SU_AT).text
    assert not room.last(SU_AT).buttons


async def test_an_idle_group_is_unbound_by_one_person_and_hears_it(room: Room):
    async with room.stage.units.read() as work:
        assert await work.legs.open_count(WATER) == 0
    name = room.stage.district.tree.get(WATER).name
    said = await _does(room, f"/unbind {name}")

    assert f"/bindcode {name}" in said
    async with room.stage.units.read() as work:
        assert await work.groups.of_agency(WATER) is None
    assert "不再是" in room.last(CHATS[WATER]).text


async def test_a_group_with_open_calls_is_unbound_by_two(room: Room):
    call = await room.stage.raised()
    agency = (await room.stage.leg(call)).agency or ""
    name = room.stage.district.tree.get(agency).name
    said = await _does(room, f"/unbind {name}")
    assert "还有 1 件没办完" in said
    async with room.stage.units.read() as work:
        assert await work.groups.of_agency(agency)

    await room.taps(HE, HE_AT, "同意")

    async with room.stage.units.read() as work:
        assert await work.groups.of_agency(agency) is None


async def test_whoever_asked_on_paper_is_forgotten_when_an_auditor_agrees(room: Room):
    call = await room.stage.raised()
    await room.delivers()
    await _does(room, f"/erase {call.number}")
    assert room.shown[HE_AT] == []

    await room.taps(QIAO, QIAO_AT, "同意")

    async with room.stage.units.read() as work:
        assert await work.calls.of_caller(LIN.account or 0, 9) == []
        facts = [act.facts for act in await work.acts.latest(9)]
    assert str(LIN.account) not in str(facts)
    assert "您的个人信息已经删除" in room.last(LIN.account or 0).text


async def test_an_administrator_alone_forgets_nobody(room: Room):
    call = await room.stage.raised()
    await _does(room, f"/erase {call.number}")
    question = room.last(QIAO_AT)
    data = next(b["callback_data"] for b in question.buttons if b["text"] == "同意")

    await room.presses(HE, QIAO_AT, question, data)

    async with room.stage.units.read() as work:
        assert await work.calls.of_caller(LIN.account or 0, 9)


async def test_a_confirmation_by_somebody_else_or_too_late_does_nothing(room: Room):
    await room.says(SU, SU_AT, "/post 逢源街道 梁静 撤")
    proposal = room.last(SU_AT)
    data = next(b["callback_data"] for b in proposal.buttons if b["text"] == "确认")
    await room.presses(HE, SU_AT, proposal, data)
    assert "本人确认" in "".join(room.toasts)
    room.stage.now += timedelta(seconds=61)
    await room.presses(SU, SU_AT, proposal, data)

    assert "已过期" in room.texts(SU_AT)
    assert await _street(room) == {"梁静": Post.LIAISON}


@pytest.mark.parametrize("who", [LIN, LI, LIANG], ids=["resident", "officer", "of the street"])
async def test_nobody_else_places_anybody(room: Room, who: Actor):
    for command in ("/post 逢源街道 梁静 撤", "/people 逢源街道", "/unbind 西村街道", "/erase 1"):
        await room.says(who, who.account or 0, command)
        assert room.last(who.account or 0).text == "这个命令只给管理员使用。"
