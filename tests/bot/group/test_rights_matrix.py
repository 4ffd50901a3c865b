"""Every command by every role in every place reaches a handler only by its row (S4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from core.people import Actor, Officer, Post
from tests.bot.group.rights_table import (
    ADMINISTERS,
    AUDITS,
    NOBODYS,
    OFFICE,
    OTHER,
    OWN,
    PRIVATE,
    RIGHTS,
    ROLES,
    RULES,
    name_of,
)
from tests.bot.group.room import ANONYMOUS, Room
from tests.core.playing import (
    CHATS,
    COMMUNITY,
    DENG,
    DISTRICT,
    LI,
    LIANG,
    LIN,
    STRANGER,
    STREET,
    SU,
)

SU_AT, QIAO_AT = SU.account or 0, 3003
QIAO = Actor(QIAO_AT, "乔审计", frozenset({DISTRICT}))
PEOPLE = dict(zip(ROLES, (LIN, STRANGER, LI, LIANG, DENG, QIAO, SU), strict=True))
PLACES = {
    OWN: CHATS[COMMUNITY],
    OTHER: CHATS[STREET],
    OFFICE: CHATS[DISTRICT],
    NOBODYS: -999,
}
ORIGIN = {
    "type": "user",
    "date": 1,
    "sender_user": {"id": SU_AT, "is_bot": False, "first_name": "苏"},
}
DANGEROUS = (
    "/limit P2 办结 3 工作日",
    "/holiday 2031-01-01 休",
    "/quiet 22:00 8:00",
    "/feature 同感 关",
    "/item 2 等级 P3",
    "/replies 加 好的",
    "/agency 西村街道 电话 020-81234567",
    "/post 逢源街道 梁静 撤",
    "/unbind 逢源街道",
)
READ_WHEN_EDITED = ("resident.edited", "edited_commands.reword", "edited_commands.take_nothing")
WATCHED = ("officers", "groups", "codes", "bans", "sheets", "petitions", "acts", "calls", "legs")


@pytest.fixture
async def room() -> Room:
    room = await Room.opened()
    async with room.stage.units.begin() as work:
        await work.people.save_officer(Officer(QIAO_AT, DISTRICT, QIAO.name, Post.AUDITOR))
    return room


@pytest.fixture
def reached(room: Room) -> list[str]:
    """The handlers that were reached, in order."""
    names: list[str] = []

    async def spy(handler: Any, event: Any, data: dict[str, Any]) -> Any:
        names.append(name_of(data["handler"].callback))
        return await handler(event, data)

    for observer in (room.dispatcher.message, room.dispatcher.edited_message):
        observer.middleware(spy)
    room.dispatcher.callback_query.middleware(spy)
    return names


def _handlers(room: Room) -> Iterator[Any]:
    for router in room.dispatcher.chain_tail:
        for kind, observer in router.observers.items():
            if kind != "update":  # the dispatcher's own, which hands on to all the others
                yield from observer.handlers


def _commands(room: Room) -> dict[str, set[str]]:
    """Every command there is, of a handler or a whole router, with the handlers it may reach."""
    found: dict[str, set[str]] = {}
    for router in room.dispatcher.chain_tail:
        observer = router.message
        for handler in observer.handlers:
            for each in (*(observer._handler.filters or ()), *(handler.filters or ())):
                for word in getattr(each.callback, "commands", ()):
                    found.setdefault(str(word), set()).add(name_of(handler.callback))
    return found


def _state(room: Room) -> dict[str, object]:
    return {name: dict(getattr(room.stage.units.tables, name)) for name in WATCHED}


@pytest.mark.security("S4")
async def test_every_registered_handler_has_a_row(room: Room):
    registered = {name_of(handler.callback) for handler in _handlers(room)}

    assert registered == set(RIGHTS)


@pytest.mark.security("S4")
@pytest.mark.parametrize("place", [PRIVATE, *PLACES])
@pytest.mark.parametrize("role", ROLES)
async def test_a_command_reaches_only_what_its_row_allows(
    room: Room, reached: list[str], role: str, place: str
):
    who = PEOPLE[role]
    for command in sorted(_commands(room)):
        reached.clear()
        room.stage.units.tables.conversations.clear()
        await room.says(who, PLACES.get(place) or who.account or 0, f"/{command}")

        for name in reached:
            right = RIGHTS[name]
            assert role in right.roles, (command, name)
            assert place in right.places, (command, name)


@pytest.mark.security("S4")
@pytest.mark.parametrize("role", ["administrator", "auditor"])
async def test_whoever_has_the_right_is_not_turned_away(room: Room, reached: list[str], role: str):
    """The other side of the table: a matrix in which nobody reaches anything proves nothing."""
    own = {ADMINISTERS, RULES} if role == "administrator" else {AUDITS}
    who = PEOPLE[role]
    for command, handlers in sorted(_commands(room).items()):
        wanted = {name for name in handlers if RIGHTS[name] in own}
        if wanted:
            reached.clear()
            await room.says(who, who.account or 0, f"/{command}")
            assert reached, command
            assert set(reached) <= wanted, command


@pytest.mark.security("S4")
@pytest.mark.parametrize("way", ["edited", "forwarded", "anonymous", "by a channel"])
async def test_edited_forwarded_anonymous_and_channel_commands_do_nothing(
    room: Room, reached: list[str], way: str
):
    group = {"id": CHATS[COMMUNITY], "type": "supergroup", "title": "办理群"}
    channel = {"id": -1009, "type": "channel", "title": "频道"}
    before = _state(room)
    for command in sorted(_commands(room)):
        for chat in (SU_AT, CHATS[COMMUNITY], CHATS[DISTRICT]):
            if way == "edited":
                await room.edits(SU, chat, 55, f"/{command}")
            elif way == "forwarded":
                await room.says(SU, chat, f"/{command}", forward_origin=ORIGIN)
            else:
                sender = group if way == "anonymous" else channel
                await room.says(ANONYMOUS, chat, f"/{command}", sender_chat=sender)

    assert set(reached) <= {*READ_WHEN_EDITED}
    assert _state(room) == before


@pytest.mark.security("S4")
@pytest.mark.parametrize("command", DANGEROUS)
async def test_what_is_dangerous_needs_its_confirmation_by_the_same_person_in_time(
    room: Room, command: str
):
    before = _state(room)
    await room.says(SU, SU_AT, command)
    proposal = room.last(SU_AT)
    assert _state(room) == before
    data = next(b["callback_data"] for b in proposal.buttons if b["text"] == "确认")

    for who in (LIN, LI, DENG, QIAO):
        await room.presses(who, SU_AT, proposal, data)
        assert _state(room) == before
    room.stage.now += timedelta(seconds=61)
    await room.presses(SU, SU_AT, proposal, data)
    assert _state(room) == before

    await room.says(SU, SU_AT, command)
    await room.taps(SU, SU_AT, "确认")
    assert _state(room) != before
