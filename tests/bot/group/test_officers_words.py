"""Whom an officer names by number: the caller may read it, nobody beside them does (S10)."""

from __future__ import annotations

import pytest

from bot.delivery.speech import Speech
from bot.screens.masking import masked
from bot.screens.sheltered import sheltered
from core.outgoing import Kind, OutboxRow, Policy, State
from core.people import Party
from core.rating import Conclusion
from tests.bot.group.errands import Post as Desk
from tests.bot.group.room import Room
from tests.bot.group.test_exporting import _exported as exported
from tests.bot.group.test_holds import asked
from tests.bot.group.test_levels import signed
from tests.bot.group.test_together import HO, HO_CHAT, supported
from tests.core.playing import (
    CHATS,
    COMMUNITY,
    LI,
    LIANG,
    LIN,
    MONDAY,
    STRANGER,
    STREET,
    words,
)

pytestmark = pytest.mark.security
MOBILE, OFFICE, CARD = "13812345678", "020-81234567", "11010519491231002X"
SAID = f"找林姐 {MOBILE}（{CARD}），或打社区 {OFFICE}"
GROUP, ABOVE = CHATS[COMMUNITY], CHATS[STREET]
LIN_CHAT, LI_CHAT = LIN.account or 0, 2001


def hides(text: str) -> bool:
    """Nobody's own number is there, and the office's is, where anything was said at all."""
    return MOBILE not in text and CARD not in text and OFFICE in text


async def called_up(room: Room):
    """Li calls the street, and writes down whom to ask."""
    call = await signed(room)
    await room.opens(LI, GROUP, "上呼")
    await room.says(LI, LI_CHAT, SAID)
    await room.taps(LI, LI_CHAT, "下一步")
    await room.taps(LI, LI_CHAT, "街道")
    await room.taps(LI, LI_CHAT, "上呼")
    return call


async def test_the_caller_reads_the_answer_as_it_was_written(room: Room):
    await signed(room)

    await room.says(LI, GROUP, SAID, above=room.card(GROUP))

    assert SAID in room.last(LIN_CHAT).text


async def test_the_agency_called_reads_no_ones_own_number_on_its_card(room: Room):
    await called_up(room)

    assert "先行处置" in room.card(ABOVE).text
    assert hides(room.card(ABOVE).text)


async def test_the_agency_that_called_reads_the_answer_from_above_without_them(room: Room):
    await called_up(room)
    await room.taps(LIANG, ABOVE, "签收")

    await room.says(LIANG, ABOVE, SAID, above=room.card(ABOVE))

    assert "找林姐" in room.last(GROUP).text
    assert hides(room.last(GROUP).text)
    assert MOBILE not in room.texts(GROUP)


async def test_a_reason_written_for_those_who_decide_names_nobody_to_them_nor_to_the_caller(
    room: Room,
):
    await signed(room)
    await room.taps(LI, GROUP, "更多")
    await room.opens(LI, GROUP, "申请延期")
    await room.taps(LI, LI_CHAT, "3 个工作日")
    await room.says(LI, LI_CHAT, SAID)
    await room.taps(LI, LI_CHAT, "下一步")
    await room.taps(LI, LI_CHAT, "申请延期")

    assert hides(room.texts(ABOVE))
    await room.taps(LIANG, ABOVE, "同意申请")
    assert hides(room.last(LIN_CHAT).text)


async def test_whoever_stands_by_the_call_reads_no_ones_own_number(room: Room):
    call = await supported(room)
    await room.taps(LI, GROUP, "签收")
    leg = await room.stage.leg(call)
    async with room.stage.desk() as desk:
        await desk.progress(leg.id, words(SAID), by=LI, now=room.stage.now)
    await room.delivers()

    assert "找林姐" in room.texts(HO_CHAT)
    assert MOBILE not in room.texts(HO_CHAT)
    assert CARD not in room.texts(HO_CHAT)
    await room.says(HO, HO_CHAT, "/mycalls")
    assert MOBILE not in room.last(HO_CHAT).text


async def test_nobody_looking_the_call_up_reads_them(room: Room):
    call = await signed(room)
    async with room.stage.desk() as desk:
        await desk.resolve(
            (await room.stage.leg(call)).id,
            conclusion=Conclusion.SOLVED,
            pieces=words(SAID),
            by=LI,
            now=room.stage.now,
        )
    await room.delivers()

    await room.says(STRANGER, STRANGER.account or 0, f"/find {call.number}")

    assert "找林姐" in room.last(STRANGER.account or 0).text
    assert MOBILE not in room.last(STRANGER.account or 0).text
    assert CARD not in room.last(STRANGER.account or 0).text


@pytest.mark.parametrize("what", ["呼叫", "分单", "台账"])
async def test_no_file_holds_what_an_officer_wrote(room: Room, what: str):
    await signed(room)
    await room.says(LI, GROUP, SAID, above=room.card(GROUP))

    rows = await exported(Desk.of(room), f"/export {what}")

    told = "\n".join(" ".join(row) for row in rows)
    assert "LW-" in told
    assert MOBILE not in told
    assert CARD not in told


async def test_a_plan_names_nobodys_number_to_those_who_decide(room: Room):
    await asked(room, steps=f"6月25日 立项 找 {MOBILE}")

    assert "立项 找 138******78" in room.texts(ABOVE)
    assert MOBILE not in room.texts(GROUP)


def row(lane: int, to: Party, kind: Kind = Kind.NOTICE) -> OutboxRow:
    """Something owed to this chat."""
    payload = {"to": to.value}
    return OutboxRow(1, lane, kind, Policy.AT_MOST_ONCE, payload, State.SENDING, 1, MONDAY)


@pytest.mark.parametrize("to", [party for party in Party if party is not Party.CALLER])
@pytest.mark.parametrize("lane", [-101, 2001])
@pytest.mark.parametrize("key", ["text", "caption", "title", "address", "name"])
def test_wherever_it_stands_in_a_message_only_the_caller_reads_it(to, lane, key):
    shown = sheltered(Speech("sendMessage", {key: SAID}), row(lane, to)).params[key]

    assert hides(shown)
    assert len(shown) == len(SAID)


def test_the_words_below_each_picture_of_an_album_are_starred_as_well():
    album = Speech("sendMediaGroup", {"media": [{"type": "photo", "caption": SAID}] * 2})

    shown = sheltered(album, row(-101, Party.AGENCY)).params["media"]

    assert all(hides(item["caption"]) for item in shown)


def test_an_agency_that_called_is_a_group_and_no_caller_in_private():
    speech = Speech("sendMessage", {"text": SAID})

    assert hides(sheltered(speech, row(-101, Party.CALLER)).params["text"])
    assert sheltered(speech, row(1001, Party.CALLER)).params["text"] == SAID


def test_numbers_of_calls_dates_and_spans_stay_as_they_are():
    line = "LW-261{}14-{:04} · 路灯不亮 · 12月31日（周四）18:00 前办结，已超时 3 天"
    lines = [line.format(n % 3, n) for n in range(0, 10000, 37)]

    assert [masked(one, landlines=False) for one in lines] == lines
