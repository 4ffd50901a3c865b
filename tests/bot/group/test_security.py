"""Who commands, by which way words come in, and what is never asked for (S3, S4, S8, S14, S24)."""

from __future__ import annotations

import pytest
from aiogram.methods import GetFile

from bot.commands import ADMINISTRATORS
from bot.intake.recording import NotForHandlers
from bot.intake.sorting import WANTED
from tests.bot.group.room import ANONYMOUS, Room
from tests.core.playing import CHATS, COMMUNITY, LI, LIANG, LIN, STRANGER, SU

GROUP = CHATS[COMMUNITY]
NOBODYS = {"a resident": LIN, "an officer": LI, "of elsewhere": LIANG, "a stranger": STRANGER}
ORIGIN = {
    "type": "user",
    "date": 1,
    "sender_user": {"id": 3001, "is_bot": False, "first_name": "苏"},
}
ARGUMENTS = {"ban": "LW-260615-0001 7 理由", "unban": "1", "audit": "LW-260615-0001"}
CHANGING = ("codes", "bans", "officers", "groups", "calls", "legs", "entries", "acts")


def _said(command: str) -> str:
    return f"/{command} {ARGUMENTS.get(command, '西村街道')}"


def _state(room: Room) -> dict[str, object]:
    return {name: dict(getattr(room.stage.units.tables, name)) for name in CHANGING}


@pytest.mark.security("S4")
@pytest.mark.parametrize("command", [name for name, _ in ADMINISTRATORS])
@pytest.mark.parametrize("place", ["private", "group"])
async def test_an_administrators_command_of_anybody_else_does_nothing(room: Room, command, place):
    await room.stage.raised()
    before = _state(room)

    for who in NOBODYS.values():
        chat = who.account if place == "private" else GROUP
        await room.says(who, chat, _said(command))
    await room.says(
        ANONYMOUS, GROUP, _said(command), sender_chat={"id": GROUP, "type": "supergroup"}
    )

    assert _state(room) == before


@pytest.mark.security("S4")
@pytest.mark.security("S8")
@pytest.mark.parametrize("command", [name for name, _ in ADMINISTRATORS])
async def test_a_command_that_is_forwarded_or_edited_does_nothing(room: Room, command):
    await room.stage.raised()
    before = _state(room)

    await room.says(SU, 3001, _said(command), forward_origin=ORIGIN)
    await room.edits(SU, 3001, 7, _said(command))

    assert _state(room) == before


@pytest.mark.security("S8")
async def test_somebody_elses_phone_card_names_nobody(room: Room):
    before = _state(room)
    card = {"phone_number": "13800000000", "first_name": "苏晴", "user_id": 3001}

    await room.says(STRANGER, 4001, contact=card)

    assert _state(room) == before


@pytest.mark.security("S14")
@pytest.mark.security("S15")
@pytest.mark.security("S17")
async def test_no_handler_can_ask_for_a_file_or_an_address(room: Room):
    """So there is no image to decode, no archive to open, and no address to be led to."""
    with pytest.raises(NotForHandlers):
        await room.bot(GetFile(file_id="f"))
    with pytest.raises(NotForHandlers):
        async for _ in room.session.stream_content("http://169.254.169.254/"):
            pass


@pytest.mark.security("S24")
def test_only_four_kinds_of_updates_are_asked_for():
    assert set(WANTED) == {"message", "edited_message", "callback_query", "my_chat_member"}
