"""At night a group is rung for what is urgent, and sees everything else in the morning."""

from __future__ import annotations

from datetime import timedelta

from core.rating import Conclusion, Verdict
from tests.bot.group.room import Room
from tests.core.playing import CHATS, COMMUNITY, DENG, DISTRICT, GAS, LI, LIN, photo, words

GROUP, OFFICE = CHATS[COMMUNITY], CHATS[DISTRICT]
EVENING = timedelta(hours=12)  # ten in the evening


def rang(room: Room, chat: int) -> list[bool]:
    """Of every message of this chat, whether it made a sound."""
    return [not m.params.get("disable_notification") for m in room.shown[chat]]


async def test_a_lamp_that_is_out_waits_without_a_sound_a_gas_leak_rings(room: Room):
    room.stage.now += EVENING
    await room.stage.raised()
    await room.stage.raised(GAS, draft="draft-2")
    await room.delivers()

    assert (rang(room, GROUP), rang(room, OFFICE)) == ([False], [True])


async def test_by_day_both_ring(room: Room):
    await room.stage.raised()
    await room.delivers()

    assert rang(room, GROUP) == [True]


async def test_how_an_urgent_call_was_rated_wakes_nobody(room: Room):
    call = await room.stage.raised(GAS)
    leg = await room.stage.leg(call)
    now = room.stage.now
    async with room.stage.desk() as desk:
        await desk.acknowledge(leg.id, by=DENG, now=now)
        await desk.reply(leg.id, words("马上到"), by=DENG, now=now)
        await desk.arrive(leg.id, by=DENG, now=now)
        done = {"conclusion": Conclusion.SOLVED, "pieces": photo("修好了")}
        await desk.resolve(leg.id, by=DENG, now=now, **done)
    await room.delivers()
    room.stage.now += EVENING
    before = len(room.shown[OFFICE])
    async with room.stage.desk() as desk:
        view = await room.stage.leg(call)
        if view.verifier:
            await desk.pass_unseen(leg.id, now=room.stage.now)
        rated = {"verdict": Verdict.SOLVED, "stars": 5}
        await desk.rate(leg.id, by=LIN, now=room.stage.now, **rated)
    await room.delivers()

    told = room.shown[OFFICE][before:]
    assert "呼叫人评价：已解决" in told[-1].text
    assert not any(rang(room, OFFICE)[before:])


async def test_what_a_group_is_answered_at_night_is_said_as_by_day(room: Room):
    room.stage.now += EVENING
    await room.says(LI, GROUP, "/board@huying_bot")

    assert rang(room, GROUP) == [True]
