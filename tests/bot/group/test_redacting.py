"""What a caller took back is gone from cards, notices and exports of the agency."""

from __future__ import annotations

from bot.screens import export_rows
from bot.screens.export_rows import Drawing
from core.call import Medium, NewCall, Piece
from tests.bot.group.room import Room
from tests.core.playing import CHATS, COMMUNITY, LAMP, LI, LIN, MONDAY, liwan, words

GROUP = CHATS[COMMUNITY]
GONE = "（呼叫人已撤下这段话）"


async def test_the_card_has_a_sentence_in_its_place(room: Room):
    call = await room.stage.raised()
    await room.delivers()
    await room.taps(LI, GROUP, "签收")

    async with room.stage.desk() as desk:
        await desk.take_back(call.id, "p0", by=LIN, now=MONDAY)
    await room.delivers()

    assert GONE in room.texts(GROUP)
    assert "楼下的路灯" not in room.texts(GROUP)


async def test_a_notice_of_later_words_is_taken_back_and_nothing_else(room: Room):
    call = await room.stage.raised()
    await room.delivers()
    await room.taps(LI, GROUP, "签收")
    async with room.stage.desk() as desk:
        leg = (await room.stage.leg(call)).id
        await desk.add(leg, words("门牌三零七"), by=LIN, now=MONDAY)
        await desk.add(leg, words("今天更黑了"), by=LIN, now=MONDAY)
    await room.delivers()

    async with room.stage.desk() as desk:
        own = await desk.own_words(call.id, by=LIN)
        key = next(one.key for one in own if one.pieces[0].text == "门牌三零七")
        await desk.take_back(call.id, key, by=LIN, now=MONDAY)
    await room.delivers()

    shown = room.texts(GROUP)
    assert "门牌三零七" not in shown
    assert "今天更黑了" in shown
    assert "楼下的路灯" in shown


async def test_of_a_telling_with_photos_the_rest_is_shown_again(room: Room):
    said = (Piece(Medium.PHOTO, "门口", file="a"), Piece(Medium.PHOTO, "灯杆", file="b"))
    new = NewCall("draft-p", LAMP, COMMUNITY, (*words("灯不亮"), *said))
    async with room.stage.desk() as desk:
        call = await desk.raise_call(new, by=LIN, now=MONDAY)
    await room.delivers()

    async with room.stage.desk() as desk:
        await desk.take_back(call.id, "p1", by=LIN, now=MONDAY)
    await room.delivers()

    async with room.stage.units.read() as work:
        entries = await work.journal.of_call(call.id)
    assert [p.file for e in entries for p in e.pieces if p.file] == ["b"]
    assert "呼叫人撤下了一段话" in room.texts(GROUP)


async def test_an_export_has_the_sentence_and_not_the_words(room: Room):
    call = await room.stage.raised()
    async with room.stage.desk() as desk:
        kept = await desk.take_back(call.id, "p0", by=LIN, now=MONDAY)

    row = export_rows.call(kept, [await room.stage.leg(call)], Drawing(liwan(), open=True))

    assert row[-1] == GONE
