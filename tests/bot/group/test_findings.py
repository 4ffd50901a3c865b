"""A demand that is out of reach, and a rating that does not count, decided in the groups."""

from __future__ import annotations

from core.lifecycle import Outcome, Status
from core.people import Actor, Officer
from core.rating import Conclusion, Verdict
from tests.bot.group.room import Room
from tests.core.playing import CHATS, COMMUNITY, DENG, DISTRICT, LI, LIANG, LIN, STREET, words

GROUP, ABOVE, TOP = CHATS[COMMUNITY], CHATS[STREET], CHATS[DISTRICT]
LI_CHAT, LIN_CHAT = 2001, 1001
HE = Actor(2102, "何伟", frozenset({DISTRICT}))


async def explained(room: Room):
    """The community answers: by the rules this is all."""
    async with room.stage.units.begin() as work:
        await work.people.save_officer(Officer(2102, DISTRICT, HE.name))
    call = await room.stage.raised()
    await room.delivers()
    await room.taps(LI, GROUP, "签收")
    leg = await room.stage.leg(call)
    async with room.stage.desk() as desk:
        await desk.resolve(
            leg.id,
            conclusion=Conclusion.EXPLAINED,
            pieces=words("路灯已修，换全街的灯不在计划内"),
            by=LI,
            now=room.stage.now,
        )
    await room.delivers()
    return call


async def found(room: Room):
    """Li asks for the finding; the street and the district agree."""
    call = await explained(room)
    await room.taps(LI, GROUP, "更多")
    await room.opens(LI, GROUP, "认定不合理")
    await room.says(LI, LI_CHAT, "《信访工作条例》第 5 条。")
    await room.taps(LI, LI_CHAT, "申请人民调解")
    await room.says(LI, LI_CHAT, "要求换全街的灯，电话13812345678，问街道020-81234567")
    await room.taps(LI, LI_CHAT, "下一步")
    await room.taps(LI, LI_CHAT, "申请认定")
    await room.taps(LIANG, ABOVE, "同意申请")
    await room.taps(DENG, TOP, "同意申请")
    return call


async def badly_rated(room: Room):
    """Lin is not content, and Li says that it was about somebody else."""
    call = await explained(room)
    leg = await room.stage.leg(call)
    async with room.stage.desk() as desk:
        await desk.rate(
            leg.id,
            verdict=Verdict.UNSOLVED,
            stars=1,
            words="热线态度差",
            by=LIN,
            now=room.stage.now,
        )
    await room.delivers()
    await room.taps(LI, GROUP, "更多")
    await room.opens(LI, GROUP, "评价异议")
    await room.says(LI, LI_CHAT, "评的是热线，不是社区")
    await room.taps(LI, LI_CHAT, "下一步")
    await room.taps(LI, LI_CHAT, "提出异议")
    return call


async def test_the_caller_reads_why_by_which_rule_and_where_else_and_may_appeal(room: Room):
    call = await found(room)

    told = room.last(LIN_CHAT)
    assert (await room.stage.leg(call)).outcome is Outcome.EXPLAINED
    assert "要求换全街的灯" in told.text
    assert "《信访工作条例》第 5 条。您还可以" in told.text
    assert "申请人民调解" in told.text
    assert "13812345678" not in told.text
    assert "020-81234567" in told.text
    assert told.labels == ["不同意"]


async def test_the_street_reads_what_the_caller_would_read(room: Room):
    await found(room)

    assert "申请认定为不合理诉求" in room.texts(ABOVE)
    assert "其他途径：申请人民调解" in room.texts(ABOVE)
    assert "要求换全街的灯" in room.texts(TOP)
    assert [room.last(chat).text.count("理由：") for chat in (ABOVE, TOP)] == [1, 1]


async def test_a_finding_is_offered_only_after_an_answer_that_explains(room: Room):
    call = await room.stage.raised()
    await room.delivers()
    await room.taps(LI, GROUP, "签收")
    leg = await room.stage.leg(call)
    async with room.stage.desk() as desk:
        await desk.resolve(
            leg.id,
            conclusion=Conclusion.SOLVED,
            pieces=words("好了"),
            by=LI,
            now=room.stage.now,
        )
    await room.delivers()

    await room.taps(LI, GROUP, "更多")

    assert not any("认定不合理" in label for label in room.card(GROUP).labels)


async def test_two_of_the_district_set_a_rating_aside_and_the_caller_hears_why(room: Room):
    call = await badly_rated(room)
    assert "呼叫人评价时说：\n热线态度差" in room.texts(TOP)

    first = await room.taps(DENG, TOP, "同意申请")
    waiting = room.card(TOP).text
    toast = await room.taps(DENG, TOP, "同意申请")
    await room.taps(HE, TOP, "同意申请")

    assert first == "已同意，还要本单位另一个人同意。"
    assert "已有一个人同意，还要另一个人" in waiting
    assert "另一个人" in toast
    assert (await room.stage.leg(call)).set_aside == 1
    assert "不计入考核" in room.last(LIN_CHAT).text
    assert room.last(LIN_CHAT).labels == ["🔓 没解决，重开"]
    assert "评的是热线，不是社区" in room.last(LIN_CHAT).text
    assert "评价不计入" in room.card(GROUP).text
    assert (await room.stage.leg(call)).status is Status.CLOSED


async def test_a_rating_that_the_district_leaves_alone_counts_as_before(room: Room):
    await badly_rated(room)

    await room.taps(DENG, TOP, "不同意")

    assert "这次评价照常计入" in room.texts(GROUP)
    assert "时限" not in room.last(GROUP).text


async def test_a_good_rating_is_not_objected_to(room: Room):
    call = await explained(room)
    leg = await room.stage.leg(call)
    async with room.stage.desk() as desk:
        await desk.rate(leg.id, verdict=Verdict.SOLVED, stars=5, by=LIN, now=room.stage.now)
    await room.delivers()

    assert not any("更多" in label for label in room.card(GROUP).labels)
