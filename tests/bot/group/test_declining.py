"""A return is refused with its reason, in one line (row 18)."""

from __future__ import annotations

from core.call import Call
from core.lifecycle import Status
from core.returning import Ground
from tests.bot.group.room import Room
from tests.core.playing import CHATS, COMMUNITY, LI, LIANG, LIGHTS, LIN, STREET, words

GROUP, STREETS = CHATS[COMMUNITY], CHATS[STREET]
WHY = "去年已经明确由社区先到现场"


async def returned(room: Room) -> Call:
    """Li says that it is not the community's."""
    call = await room.stage.raised()
    async with room.stage.desk() as desk:
        await desk.return_leg(
            (await room.stage.leg(call)).id,
            ground=Ground.DUTY,
            proposed=LIGHTS,
            pieces=words("不归我们"),
            by=LI,
            now=room.stage.now,
        )
    await room.delivers()
    return call


async def test_what_is_written_after_the_command_is_the_reason_the_agency_reads(room: Room):
    call = await returned(room)

    await room.says(LIANG, STREETS, f"/decline@huying_bot {call.number} {WHY}")

    assert (await room.stage.leg(call)).status is Status.IN_PROGRESS
    assert WHY in room.last(GROUP).text
    assert WHY not in room.texts(LIN.account or 0)


async def test_one_tap_decides_as_well_and_gives_none(room: Room):
    call = await returned(room)

    await room.taps(LIANG, STREETS, "不同意")

    assert (await room.stage.leg(call)).status is Status.IN_PROGRESS
    assert "退单未获同意" in room.last(GROUP).text


async def test_whoever_decides_is_told_how_to_say_why(room: Room):
    await returned(room)

    assert "/decline 理由" in room.texts(STREETS)
