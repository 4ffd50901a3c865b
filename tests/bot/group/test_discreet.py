"""What not everybody may know, as residents say so and as groups see it - or do not."""

from __future__ import annotations

import pytest

from core.people import Officer
from tests.bot.group.room import Room
from tests.core.acts import PENG
from tests.core.playing import (
    CHATS,
    COMMUNITY,
    DISTRICT,
    LI,
    LIANG,
    LIN,
    STREET,
    SU,
    TEAM,
    TEAM_CHAT,
    ZHONG,
    words,
)

GROUP, STREETS = CHATS[COMMUNITY], CHATS[STREET]
LIN_CHAT, LI_CHAT, LIANG_CHAT = LIN.account or 0, LI.account or 0, LIANG.account or 0
SAID = "楼下的路灯不亮，社区的人收了钱不来修"


@pytest.fixture
async def room(room: Room) -> Room:
    """The restricted team has a group of its own."""
    await room.stage.with_team()
    return room


async def to_the_last_look(room: Room) -> None:
    """Lin says what is wrong, as everybody does."""
    await room.says(LIN, LIN_CHAT, SAID)
    if "同意" in " ".join(room.last(LIN_CHAT).labels):
        await room.taps(LIN, LIN_CHAT, "同意")
    await room.taps(LIN, LIN_CHAT, "路灯")
    await room.taps(LIN, LIN_CHAT, "没有")
    await room.says(LIN, LIN_CHAT, "逢源北社区")
    if "再说明几点" in room.last(LIN_CHAT).text:
        await room.taps(LIN, LIN_CHAT, "说不清")


def unseen(room: Room, *chats: int) -> bool:
    return not any("路灯" in room.texts(chat) for chat in chats)


async def test_a_resident_keeps_it_to_named_people_with_two_taps(room):
    await to_the_last_look(room)
    await room.taps(LIN, LIN_CHAT, "不便让办理单位知道")
    asked = room.last(LIN_CHAT)
    assert "这件事会交给 逢源北社区 办理" in asked.text
    assert asked.labels[:3] == ["交给逢源街道", "只交专人", "照常交给逢源北社区"]
    await room.taps(LIN, LIN_CHAT, "只交专人")
    assert "🔒 只交专人办理" in room.last(LIN_CHAT).text
    await room.taps(LIN, LIN_CHAT, "发送")

    assert "只有专人能看到，不进单位的工作群" in room.last(LIN_CHAT).text
    assert SAID in room.card(TEAM_CHAT).text
    assert unseen(room, *CHATS.values())


async def test_the_agency_it_is_about_does_not_see_it(room):
    await to_the_last_look(room)
    await room.taps(LIN, LIN_CHAT, "不便让办理单位知道")
    await room.taps(LIN, LIN_CHAT, "交给逢源街道")
    assert "🔒 不经【逢源北社区】，交上一级办理" in room.last(LIN_CHAT).text
    await room.taps(LIN, LIN_CHAT, "发送")

    assert "第21条" in room.last(LIN_CHAT).text
    assert SAID in room.card(STREETS).text
    assert unseen(room, GROUP)


async def test_nobody_is_offered_to_hand_it_to_whom_it_is_about(room):
    await to_the_last_look(room)
    await room.taps(LIN, LIN_CHAT, "不便让办理单位知道")
    await room.taps(LIN, LIN_CHAT, "交给逢源街道")
    await room.taps(LIN, LIN_CHAT, "发送")

    await room.opens(LIANG, STREETS, "退单")
    await room.taps(LIANG, LIANG_CHAT, "不是本单位职责")
    offered = room.last(LIANG_CHAT).labels
    await room.says(LIANG, LIANG_CHAT, "逢源北社区")

    assert "逢源北社区" not in offered
    assert "没有找到可以选的单位" in room.last(LIANG_CHAT).text


async def test_who_changes_their_mind_sends_it_as_usual(room):
    await to_the_last_look(room)
    await room.taps(LIN, LIN_CHAT, "不便让办理单位知道")
    await room.taps(LIN, LIN_CHAT, "照常交给逢源北社区")
    await room.taps(LIN, LIN_CHAT, "发送")

    assert SAID in room.card(GROUP).text


async def test_an_officer_hands_it_to_named_people_and_the_group_keeps_a_number(room):
    await to_the_last_look(room)
    await room.taps(LIN, LIN_CHAT, "发送")
    await room.taps(LI, GROUP, "签收")
    await room.says(LI, GROUP, "明天去看", above=room.card(GROUP))
    await room.taps(LI, GROUP, "更多")
    await room.opens(LI, GROUP, "转专人")
    assert "本群和上级群都不再看到内容" in room.last(LI_CHAT).text
    await room.taps(LI, LI_CHAT, "确定转给专人")

    assert "已转给【区呼应保密专班】" in room.last(LI_CHAT).text
    assert "已转专人办理，这里不再显示内容" in room.texts(GROUP)
    assert unseen(room, *CHATS.values())
    assert SAID in room.card(TEAM_CHAT).text
    assert "的专人办理" in room.texts(LIN_CHAT)


async def test_the_team_works_it_like_any_other_and_asks_nobody_in(room):
    await to_the_last_look(room)
    await room.taps(LIN, LIN_CHAT, "不便让办理单位知道")
    await room.taps(LIN, LIN_CHAT, "只交专人")
    await room.taps(LIN, LIN_CHAT, "发送")
    await room.taps(ZHONG, TEAM_CHAT, "签收")
    await room.says(ZHONG, TEAM_CHAT, "我们来核查", above=room.card(TEAM_CHAT))

    assert "我们来核查" in room.texts(LIN_CHAT)
    labels = " ".join(room.card(TEAM_CHAT).labels)
    assert "办结" in labels
    assert not any(word in labels for word in ("上呼", "退单", "转专人"))


async def test_a_number_of_such_a_call_is_found_by_nobody_else(room):
    await to_the_last_look(room)
    await room.taps(LIN, LIN_CHAT, "不便让办理单位知道")
    await room.taps(LIN, LIN_CHAT, "只交专人")
    await room.taps(LIN, LIN_CHAT, "发送")
    number = room.card(TEAM_CHAT).text.split(" ")[0]
    for who, chat in ((LI, GROUP), (SU, CHATS[DISTRICT])):
        await room.says(who, chat, f"/find {number}")
        await room.says(who, chat, f"/note {number} 看看")
        await room.says(who, chat, "/board")

    assert unseen(room, *CHATS.values())


@pytest.mark.security("S10")
async def test_no_command_shows_a_group_what_named_people_took_over(room):
    stage = room.stage
    call = await stage.raised()
    leg = await stage.leg(call)
    async with stage.desk() as desk:
        await desk.acknowledge(leg.id, by=LI, now=stage.now)
        await desk.call_up(leg.id, target=STREET, pieces=words("请街道"), by=LI, now=stage.now)
    await room.delivers()
    async with stage.desk() as desk:
        await desk.restrict(leg.id, by=LI, now=stage.now)
    await room.delivers()

    for who, chat in ((LIANG, STREETS), (LI, GROUP)):
        await room.says(who, chat, f"/call {call.number}")
        assert room.last(chat).text == f"{call.number}\n🔒 已转专人办理，这里不再显示内容。"
    assert unseen(room, *CHATS.values())


async def test_who_suffers_for_a_call_says_so_below_it(room):
    await to_the_last_look(room)
    await room.taps(LIN, LIN_CHAT, "发送")
    await room.says(LIN, LIN_CHAT, "/mycalls")
    await room.taps(LIN, LIN_CHAT, "路灯")
    await room.taps(LIN, LIN_CHAT, "反映后被为难")
    assert "原办理单位看不到" in room.last(LIN_CHAT).text
    await room.says(LIN, LIN_CHAT, "社区的人上门骂我")

    assert "已发出。编号：" in room.last(LIN_CHAT).text
    card = room.card(TEAM_CHAT).text
    assert "社区的人上门骂我" in card
    assert "匿名" in card
    assert "上门骂我" not in "".join(room.texts(chat) for chat in CHATS.values())


async def test_the_team_gives_it_back_by_two_persons_and_everybody_reads_why(room):
    async with room.stage.units.begin() as work:
        await work.people.save_officer(Officer(PENG.account or 0, TEAM, PENG.name))
    await to_the_last_look(room)
    await room.taps(LIN, LIN_CHAT, "发送")
    await room.taps(LI, GROUP, "更多", on=room.card(GROUP))
    await room.opens(LI, GROUP, "转专人")
    await room.taps(LI, LI_CHAT, "确定转给专人")
    await room.taps(ZHONG, TEAM_CHAT, "更多", on=room.card(TEAM_CHAT))
    await room.opens(ZHONG, TEAM_CHAT, "解除保密")
    zhong = ZHONG.account or 0
    await room.says(ZHONG, zhong, "只是路灯坏了")
    await room.taps(ZHONG, zhong, "下一步")
    await room.taps(ZHONG, zhong, "解除保密")
    assert "已提交申请：解除保密" in room.last(zhong).text
    assert unseen(room, GROUP)

    await room.taps(PENG, TEAM_CHAT, "同意申请", on=room.card(TEAM_CHAT))

    assert SAID in room.card(GROUP).text
    assert "现转为普通办理" in room.texts(GROUP)
    assert "不再只限专人办理" in room.last(LIN_CHAT).text
    assert "只是路灯坏了" in room.last(LIN_CHAT).text


async def test_what_its_caller_kept_to_named_people_is_not_given_back(room):
    await to_the_last_look(room)
    await room.taps(LIN, LIN_CHAT, "不便让办理单位知道")
    await room.taps(LIN, LIN_CHAT, "只交专人")
    await room.taps(LIN, LIN_CHAT, "发送")
    await room.taps(ZHONG, TEAM_CHAT, "更多", on=room.card(TEAM_CHAT))

    await room.opens(ZHONG, TEAM_CHAT, "解除保密")

    assert "呼叫人要求只由专人办理" in room.last(ZHONG.account or 0).text
