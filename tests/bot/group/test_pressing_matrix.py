"""Twelve acts of a card by six kinds of people, and by four ways that name nobody (S3)."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

import pytest

from core.call import Call
from core.lifecycle import Action
from core.people import Actor, Officer, Post
from tests.bot.group.room import ANONYMOUS, Room
from tests.bot.group.test_slashes import made_ready
from tests.core.playing import CHATS, COMMUNITY, LI, LIANG, LIN, STRANGER, SU, ZHOU

GROUP = CHATS[COMMUNITY]
HIDDEN = {"id": GROUP, "type": "supergroup", "title": "办理群"}
CHANNEL = {"id": -1009, "type": "channel", "title": "频道"}
CHANNEL_BOT = {"id": 136817688, "is_bot": True, "first_name": "Channel"}
ORIGIN = {
    "type": "user",
    "date": 1,
    "sender_user": {"id": LI.account, "is_bot": False, "first_name": LI.name},
}
KEPT = ("legs", "calls", "entries", "conversations")
WORDS = "今天下午三点到"


class Act(NamedTuple):
    """What is done: by what is drawn in the group, and by which command."""

    action: Action
    by_hand: Callable[[Room, Actor], Awaitable[Any]]
    command: str
    button: str


def tapped(label: str) -> Callable[[Room, Actor], Awaitable[Any]]:
    """Press this button of the card."""

    async def press(room: Room, who: Actor) -> None:
        await room.taps(who, GROUP, label)

    return press


def opened(label: str) -> Callable[[Room, Actor], Awaitable[Any]]:
    """Follow this button of the card into the private chat."""

    async def follow(room: Room, who: Actor) -> None:
        await room.opens(who, GROUP, label)

    return follow


def said(words: str) -> Callable[[Room, Actor], Awaitable[Any]]:
    """Answer the card."""

    async def answer(room: Room, who: Actor) -> None:
        await room.says(who, GROUP, words, above=room.card(GROUP))

    return answer


async def asked_for_progress(room: Room, who: Actor) -> None:
    """The prompt is the liaison's; somebody answers it."""
    await room.taps(LI, GROUP, "进展")
    await room.says(who, GROUP, WORDS, above=room.last(GROUP))


ACTS = {
    "签收": Act(Action.ACKNOWLEDGE, tapped("签收"), "/take", "签收"),
    "受理": Act(Action.ADMIT, tapped("受理"), "/admit", "受理"),
    "恢复办理": Act(Action.TAKE_UP, tapped("恢复办理"), "/resume", "恢复办理"),
    "同意撤回": Act(Action.LET_GO, tapped("同意撤回"), "/letgo", "同意撤回"),
    "回复": Act(Action.REPLY, said(WORDS), f"/reply {WORDS}", "回复"),
    "内部备注": Act(Action.NOTE, said(f"// {WORDS}"), f"/note {WORDS}", "回复"),
    "进展": Act(Action.PROGRESS, asked_for_progress, f"/progress {WORDS}", "进展"),
    "办结": Act(Action.RESOLVE, opened("办结"), "/done", "办结"),
    "退单": Act(Action.RETURN, opened("退单"), "/return", "退单"),
    "上呼": Act(Action.CALL_UP, opened("上呼"), "/up", "上呼"),
    "记电话": Act(Action.LOG_PHONE, opened("记电话"), "/phone", "记电话"),
    "申请延期": Act(Action.ASK_EXTENSION, opened("申请延期"), "/longer", "申请延期"),
}
FORMER = ZHOU
PEOPLE = {
    "a member of the group": STRANGER,
    "who held a post until today": FORMER,
    "the administrator": SU,
    "a liaison of another group": LIANG,
    "the caller": LIN,
}


async def ready(room: Room, act: Act) -> Call:
    """The card waits for this act, every button drawn."""
    call = await made_ready(room, act.action)
    async with room.stage.units.begin() as work:
        await work.people.remove_officer(FORMER.account or 0, COMMUNITY)
    await room.says(LI, GROUP, f"/call@huying_bot {call.number}")
    shown = room.last(GROUP)
    if not any(act.button in label for label in shown.labels) and "更多" in "".join(shown.labels):
        await room.taps(LI, GROUP, "更多", on=shown)
    return call


def kept(room: Room) -> dict[str, object]:
    """What acts leave behind, and whether the caller was told the words."""
    tables = {name: dict(getattr(room.stage.units.tables, name)) for name in KEPT}
    return {**tables, "told": WORDS in room.texts(LIN.account or 0)}


def changed(before: dict[str, object], room: Room) -> set[str]:
    """The kinds of rows that are not as they were."""
    return {name for name, rows in kept(room).items() if rows != before[name]}


def command_of(act: Act) -> str:
    word, space, words = act.command.partition(" ")
    return f"{word}@huying_bot{space}{words}"


@pytest.mark.security("S3")
@pytest.mark.parametrize("name", ACTS)
async def test_the_liaison_of_the_group_acts(room: Room, name: str):
    """The other side of the table: where nobody can act, refusing the others proves nothing."""
    act = ACTS[name]
    await ready(room, act)
    before = kept(room)

    await act.by_hand(room, LI)

    assert changed(before, room) & {"legs", "entries", "conversations"}


@pytest.mark.security("S3")
@pytest.mark.parametrize("who", PEOPLE.values(), ids=PEOPLE)
@pytest.mark.parametrize("name", ACTS)
async def test_nobody_else_does_it_and_they_are_told_why_whatever_they_press_or_say(
    room: Room, name: str, who: Actor
):
    act = ACTS[name]
    await ready(room, act)
    before = kept(room)

    await act.by_hand(room, who)

    answered = [*room.shown[who.account or 0], room.last(GROUP)]
    assert changed(before, room) == set()
    assert "登记的经办人" in "".join([*room.toasts, *(message.text for message in answered)])


@pytest.mark.security("S3")
@pytest.mark.security("S4")
@pytest.mark.parametrize("name", ACTS)
async def test_the_liaisons_own_command_acts(room: Room, name: str):
    act = ACTS[name]
    await ready(room, act)
    before = kept(room)

    await room.says(LI, GROUP, command_of(act), above=room.card(GROUP))

    opens_a_form = any("start=d_" in str(button.get("url")) for button in room.last(GROUP).buttons)
    assert changed(before, room) or opens_a_form


async def edited(room: Room, text: str) -> None:
    await room.edits(LI, GROUP, 55, text, above=room.card(GROUP), entities=_entity(text))


async def forwarded(room: Room, text: str) -> None:
    await room.says(LI, GROUP, text, above=room.card(GROUP), forward_origin=ORIGIN)


async def anonymous(room: Room, text: str) -> None:
    await room.says(ANONYMOUS, GROUP, text, above=room.card(GROUP), sender_chat=HIDDEN)


async def by_a_channel(room: Room, text: str) -> None:
    await room.says(CHANNEL_BOT, GROUP, text, above=room.card(GROUP), sender_chat=CHANNEL)


def _entity(text: str) -> list[dict[str, Any]]:
    return [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]


WAYS = {
    edited: "改过的指令不算|没有转达过",
    forwarded: "",
    anonymous: "看不出您是谁",
    by_a_channel: "看不出您是谁",
}


@pytest.mark.security("S3")
@pytest.mark.security("S4")
@pytest.mark.parametrize(("way", "told"), WAYS.items())
@pytest.mark.parametrize("name", ACTS)
async def test_what_is_edited_forwarded_anonymous_or_a_channels_does_nothing(
    room: Room, name: str, way: Callable[[Room, str], Awaitable[None]], told: str
):
    act = ACTS[name]
    await ready(room, act)
    before, shown = kept(room), len(room.shown[GROUP])

    await way(room, command_of(act))

    new = room.shown[GROUP][shown:]
    assert changed(before, room) == set()
    assert [bool(re.search(told, message.text)) for message in new] == [True] * bool(told)
    assert [button for message in new for button in message.buttons] == []


@pytest.mark.security("S3")
@pytest.mark.parametrize("name", ACTS)
async def test_a_post_given_this_minute_counts_at_once(room: Room, name: str):
    """A right is decided at the moment of acting: the button drawn before is as good as any."""
    act = ACTS[name]
    await ready(room, act)
    before = kept(room)
    async with room.stage.units.begin() as work:
        await work.people.save_officer(
            Officer(STRANGER.account or 0, COMMUNITY, STRANGER.name, Post.LIAISON)
        )

    await act.by_hand(room, STRANGER)

    assert changed(before, room) & {"legs", "entries", "conversations"}
