"""Who may press what: decided from the database, whatever the button says (S3, I19)."""

from __future__ import annotations

import pytest

from bot.screens import gestures
from bot.screens.taps import Tap
from core.lifecycle import Status
from tests.bot.group.room import ANONYMOUS, TAPS, Room
from tests.core.playing import CHATS, COMMUNITY, LI, LIANG, STRANGER, STREET, SU

GROUP = CHATS[COMMUNITY]
OUTSIDERS = {"of another agency": LIANG, "a stranger": STRANGER, "an administrator": SU}
LABELS = ("签收", "回复", "进展")


async def card_while(room: Room, status: Status):
    """The card of a leg in this state, and the leg."""
    call = await room.stage.raised()
    await room.delivers()
    if status is not Status.DISPATCHED:
        await room.taps(LI, GROUP, "签收")
    return await room.stage.leg(call)


@pytest.mark.parametrize("who", OUTSIDERS.values(), ids=OUTSIDERS)
@pytest.mark.parametrize("label", LABELS)
async def test_an_outsider_is_refused_and_told_why(room: Room, who, label):
    status = Status.DISPATCHED if label == "签收" else Status.IN_PROGRESS
    before = await card_while(room, status)
    shown = len(room.shown[GROUP])

    toast = await room.taps(who, GROUP, label)

    async with room.stage.units.read() as work:
        assert await work.legs.get(before.id) == before
    assert "登记的经办人" in toast
    assert len(room.shown[GROUP]) == shown


@pytest.mark.parametrize("who", OUTSIDERS.values(), ids=OUTSIDERS)
async def test_an_outsiders_reply_reaches_nobody(room: Room, who):
    await card_while(room, Status.DISPATCHED)

    await room.says(who, GROUP, "我来说两句", above=room.card(GROUP))

    assert "我来说两句" not in room.texts(1001)
    assert "登记的经办人" in room.last(GROUP).text


@pytest.mark.parametrize("who", OUTSIDERS.values(), ids=OUTSIDERS)
@pytest.mark.parametrize("label", ["办结", "退单", "上呼"])
async def test_an_outsiders_link_opens_nothing(room: Room, who, label):
    await card_while(room, Status.IN_PROGRESS)

    await room.opens(who, GROUP, label)

    async with room.stage.units.read() as work:
        assert await work.conversations.get(who.account) is None
    assert "登记的经办人" in room.last(who.account).text


async def test_an_officer_is_refused_in_the_chat_of_another_agency(room: Room):
    leg = await card_while(room, Status.DISPATCHED)
    copied = TAPS.data(Tap(gestures.ACKNOWLEDGE, leg.id, leg.version), CHATS[STREET])
    await room.delivers()
    message = room.card(GROUP)

    toast = await room.presses(LI, CHATS[STREET], message, copied)

    async with room.stage.units.read() as work:
        assert await work.legs.get(leg.id) == leg
    assert "登记的经办人" in toast


async def test_a_button_copied_from_another_chat_is_dead(room: Room):
    leg = await card_while(room, Status.DISPATCHED)
    copied = TAPS.data(Tap(gestures.ACKNOWLEDGE, leg.id, leg.version), CHATS[STREET])

    toast = await room.presses(LI, GROUP, room.card(GROUP), copied)

    assert "用不了" in toast


async def test_an_anonymous_administrator_is_asked_who_they_are(room: Room):
    await card_while(room, Status.DISPATCHED)
    group = {"id": GROUP, "type": "supergroup", "title": "办理群"}

    await room.says(ANONYMOUS, GROUP, "马上到", above=room.card(GROUP), sender_chat=group)

    assert "匿名" in room.last(GROUP).text
    assert "马上到" not in room.texts(1001)


async def test_another_bot_is_not_answered(room: Room):
    await card_while(room, Status.DISPATCHED)
    before = len(room.shown[GROUP])
    robot = {"id": 99, "is_bot": True, "first_name": "别的机器人"}

    await room.says(robot, GROUP, "/calls@huying_bot", above=room.card(GROUP))

    assert len(room.shown[GROUP]) == before


async def test_a_link_of_an_earlier_state_says_so(room: Room):
    await card_while(room, Status.DISPATCHED)
    button = next(b for b in room.card(GROUP).buttons if "退单" in b["text"])
    await room.taps(LI, GROUP, "签收")

    await room.says(LI, LI.account, "/start " + button["url"].split("start=")[1])

    assert "之前的" in room.last(LI.account).text


async def test_a_made_up_link_is_unknown(room: Room):
    await room.says(LI, LI.account, "/start d_done_1_1_0000000000")

    assert "打不开" in room.last(LI.account).text
