"""What is said often is one tap away, and goes the same road as a reply."""

from __future__ import annotations

from core.canned import CannedAnswer, fitting
from core.lifecycle import Status
from tests.bot.group.room import Room
from tests.core.playing import CHATS, COMMUNITY, LI, LIANG, LIN

GROUP = CHATS[COMMUNITY]
LIN_CHAT = LIN.account or 0


async def taken(room: Room):
    """A lamp is out, and Li has taken it."""
    call = await room.stage.raised()
    await room.delivers()
    await room.taps(LI, GROUP, "签收")
    return call


async def test_two_taps_send_a_canned_answer_to_the_caller(room: Room):
    call = await taken(room)

    await room.taps(LI, GROUP, "常用语", on=room.card(GROUP))
    assert "路灯已经报修" in room.last(GROUP).text
    toast = await room.taps(LI, GROUP, "1")

    assert toast == "已发给呼叫人。"
    assert "回复：\n路灯已经报修" in room.texts(LIN_CHAT)
    assert room.last(GROUP).text.startswith(f"{call.number} 已发给呼叫人：\n路灯已经报修")
    assert room.last(GROUP).buttons == []
    assert (await room.stage.leg(call)).contacted_at is not None


async def test_an_outsider_neither_sees_nor_sends_them(room: Room):
    await taken(room)
    assert "登记的经办人" in await room.taps(LIANG, GROUP, "常用语", on=room.card(GROUP))
    await room.taps(LI, GROUP, "常用语", on=room.card(GROUP))

    assert "登记的经办人" in await room.taps(LIANG, GROUP, "1")

    assert "路灯已经报修" not in room.texts(LIN_CHAT)


async def test_an_answer_for_another_moment_is_not_sent(room: Room):
    await taken(room)
    await room.taps(LI, GROUP, "常用语", on=room.card(GROUP))
    listed = room.last(GROUP)
    async with room.stage.desk() as desk:
        await desk.withdraw(
            (await desk.work.legs.get(_leg(room))).call_id, by=LIN, now=room.stage.now
        )

    await room.taps(LI, GROUP, "1", on=listed)

    assert "路灯已经报修" not in room.texts(LIN_CHAT)


def test_those_made_for_the_item_come_before_the_general_ones_and_six_are_enough():
    general = [CannedAnswer(n, f"话{n}") for n in range(7)]
    own = CannedAnswer(9, "灯", item="10")
    late = CannedAnswer(10, "好了", item="10", while_in=Status.RESOLVED)

    found = fitting((*general, own, late), item="10", status=Status.IN_PROGRESS)

    assert (found[0], len(found)) == (own, 6)


def _leg(room: Room) -> int:
    (leg,) = room.stage.units.tables.legs
    return int(leg)
