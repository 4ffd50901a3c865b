"""What a group was shown of an erased call is taken back; the card says why (S12, row 43)."""

from __future__ import annotations

import pytest

from bot.delivery.settling import Said, otherwise
from bot.delivery.speech import File
from bot.delivery.verdicts import Finding, Verdict
from bot.screens.handing_out import export
from core.board import Board
from core.call import Medium, Piece
from core.desk import Desk
from core.outgoing import Kind, OutboxRow, Policy, State
from tests.bot.group.room import Room
from tests.core.playing import CHATS, COMMUNITY, LI, LIN, MONDAY

pytestmark = pytest.mark.security("S12")
GROUP = CHATS[COMMUNITY]


async def _erased(room: Room):
    call = await room.stage.raised()
    await room.delivers()
    await room.taps(LI, GROUP, "签收")
    async with room.stage.desk() as desk:
        leg = (await room.stage.leg(call)).id
        await desk.add(leg, (Piece(Medium.WORDS, "门牌三零七"),), by=LIN, now=MONDAY)
    await room.delivers()
    assert "门牌三零七" in room.texts(GROUP)
    async with room.stage.desk() as desk:
        await desk.erase_own(by=LIN, now=MONDAY)
    await room.delivers()
    return call


async def test_cards_become_a_stub_and_notices_are_taken_back(room: Room):
    call = await _erased(room)

    shown = room.texts(GROUP)

    assert "内容已按当事人要求删除" in shown
    assert call.number in shown
    assert "门牌三零七" not in shown
    assert "楼下的路灯" not in shown
    assert "林" not in shown


async def test_the_stub_has_no_buttons(room: Room):
    await _erased(room)

    stub = next(m for m in room.shown[GROUP] if "内容已按当事人要求删除" in m.text)
    assert stub.labels == []


async def test_each_gentler_way_follows_where_telegram_refuses(room: Room):
    call = await room.stage.raised()
    leg = await room.stage.leg(call)
    payload = {"leg": leg.id, "message": 7}
    row = OutboxRow(1, GROUP, Kind.STUB, Policy.LATEST, payload, State.SENDING, 1, MONDAY)
    async with room.stage.units.read() as work:
        speech = await room.renderer.render(row, work)

    ways = []
    while speech:
        ways.append(speech.method)
        speech = otherwise(Said(row, speech, Verdict(Finding.MALFORMED)))

    assert ways == ["deleteMessage", "editMessageText", "editMessageMedia", "editMessageCaption"]


async def test_the_file_holds_what_she_said_and_what_was_answered(room: Room):
    await room.stage.raised()
    await room.delivers()
    await room.taps(LI, GROUP, "签收")
    await room.says(LI, GROUP, "师傅下午来", above=room.card(GROUP))
    row = OutboxRow(
        1, LIN.account, Kind.EXPORT, Policy.AT_LEAST_ONCE, {}, State.SENDING, 1, MONDAY
    )

    async with room.stage.units.read() as work:
        file = (await export(row, Board(work, room.stage.district))).params["document"]

    assert isinstance(file, File)
    told = file.content.decode()
    assert "楼下的路灯不亮" in told
    assert "师傅下午来" in told
    assert "李敏" not in told


async def test_erasing_is_hers_alone(room: Room):
    """Li answers the call; his erasing his own data leaves her call as it is."""
    call = await room.stage.raised()

    async with room.stage.units.begin() as work:
        await Desk(work, room.stage.district).erase_own(by=LI, now=MONDAY)

    assert (await room.stage.call(call)).call.words == "楼下的路灯不亮"
