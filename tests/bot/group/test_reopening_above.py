"""A street looks at what its community closed, and takes it up again (row 36)."""

from __future__ import annotations

from core.call import Call
from core.lifecycle import Status
from core.rating import Conclusion, Verdict
from tests.bot.group.room import Room
from tests.core.playing import CHATS, COMMUNITY, LI, LIANG, LIN, STREET, photo

GROUP, STREETS, LIANG_AT = CHATS[COMMUNITY], CHATS[STREET], LIANG.account or 0
WHY = "居民又打电话来说还是黑的"


async def closed(room: Room) -> Call:
    """The community resolved it, and Lin was content."""
    call = await room.stage.raised()
    leg = await room.stage.leg(call)
    async with room.stage.desk() as desk:
        await desk.acknowledge(leg.id, by=LI, now=room.stage.now)
        await desk.resolve(
            leg.id,
            conclusion=Conclusion.SOLVED,
            pieces=photo("换好了"),
            by=LI,
            now=room.stage.now,
        )
        await desk.rate(leg.id, verdict=Verdict.SOLVED, stars=5, by=LIN, now=room.stage.now)
    await room.delivers()
    return call


async def test_the_command_leads_to_the_same_form(room: Room):
    call = await closed(room)

    await room.says(LIANG, STREETS, f"/reopen@huying_bot {call.number}")

    assert any("重开" in label for label in room.last(STREETS).labels)


async def test_the_street_reopens_from_the_call_it_looks_at_and_says_why(room: Room):
    call = await closed(room)

    await room.says(LIANG, STREETS, f"/call@huying_bot {call.number}")
    await room.taps(LIANG, STREETS, "更多")
    await room.opens(LIANG, STREETS, "重开")
    await room.says(LIANG, LIANG_AT, WHY)
    await room.taps(LIANG, LIANG_AT, "下一步")
    await room.taps(LIANG, LIANG_AT, "重开")

    assert (await room.stage.leg(call)).status is Status.DISPATCHED
    assert "上级重开了这一件" in room.texts(GROUP)
    assert WHY in room.texts(GROUP)
    assert "上级重开了这一件" in room.texts(LIN.account or 0)
    assert WHY not in room.texts(LIN.account or 0)
