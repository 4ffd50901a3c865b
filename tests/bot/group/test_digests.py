"""What a group reads when much is due at once: one message, its cards a tap away."""

from __future__ import annotations

from datetime import timedelta

from tests.bot.group.room import Room
from tests.core.playing import CHATS, COMMUNITY, LI

GROUP = CHATS[COMMUNITY]


async def test_a_digest_names_every_call_and_brings_up_its_card(room: Room):
    calls = [await room.stage.raised(draft=f"d{n}") for n in range(7)]
    await room.delivers()
    await room.stage.tick(room.stage.now + timedelta(minutes=61))
    await room.delivers()

    digest = next(m for m in room.shown[GROUP] if "赶紧办" in m.text)
    assert "有 7 件要赶紧办" in digest.text
    assert all(call.number in digest.text for call in calls)
    assert "李敏" in digest.text
    number = calls[0].number.rpartition("-")[2]
    assert f"📄 {number}" in digest.labels
    await room.presses(LI, GROUP, digest, digest.buttons[-4]["callback_data"])
    assert "📍" in room.last(GROUP).text
