"""Reply, button and slash command do the same thing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.handlers.slashes import SLASHES, WORDED
from bot.handlers.steps import STEPS
from bot.screens.buttons import OPENED, RARE, ROWS
from bot.screens.links import Links
from core.leg import Leg
from core.lifecycle import Action, Status, rule_for
from core.people import Party
from core.posting import Posting, Purpose
from core.rating import Conclusion
from core.returning import Ground
from tests.bot.group.room import TAPS, Room
from tests.core.playing import (
    CHATS,
    COMMUNITY,
    DENG,
    DISTRICT,
    LAMP,
    LI,
    LIANG,
    LIN,
    STREET,
    words,
)

PHOTO = {"file_id": "kept-1", "file_unique_id": "u1", "width": 9, "height": 9}
GROUP, ABOVE, OFFICE = CHATS[COMMUNITY], CHATS[STREET], CHATS[DISTRICT]
DRAIN = "11"
LINKS = Links(TAPS.key, "huying_bot")
PLACE = {
    Party.AGENCY: (LI, GROUP),
    Party.ADJUDICATOR: (LIANG, ABOVE),
    Party.VERIFIER: (LIANG, ABOVE),
    Party.SUPERVISOR: (DENG, OFFICE),
}
OPENS = [(word, action) for word, acts in SLASHES.items() for action in acts if action in OPENED]
# Arriving and releasing have a history of their own: tests/bot/group/test_arrivals.py.
ON_THE_SPOT = frozenset({Action.ARRIVE, Action.RELEASE})
TAKES = [
    (word, action)
    for word, acts in SLASHES.items()
    for action in acts
    if action in STEPS and action not in ON_THE_SPOT
]


def ready(action: Action) -> Callable[[Leg], Leg]:
    """The leg as it has to be for this act."""
    states = rule_for(action).while_in
    status = Status.IN_PROGRESS if Status.IN_PROGRESS in states else min(states)
    return lambda leg: replace(
        leg, status=status, adjudicator=STREET, verifier=STREET, conclusion=Conclusion.EXPLAINED
    )


async def made_ready(room: Room, action: Action, draft: str = "d1"):
    """A call whose leg waits for this act, its card shown where the act is taken."""
    item = DRAIN if action is Action.LET_GO else LAMP
    call = await room.stage.raised(item, draft=draft, phone="13800000001")
    await room.delivers()
    if action in (Action.AGREE, Action.DECLINE):
        async with room.stage.desk() as desk:
            leg = await room.stage.leg(call)
            await desk.return_leg(
                leg.id,
                ground=Ground.DUTY,
                proposed=STREET,
                pieces=words("不是我们管的"),
                by=LI,
                now=room.stage.now,
            )
    elif action is Action.LET_GO:
        async with room.stage.desk() as desk:
            await desk.withdraw(call.id, words="不用了", by=LIN, now=room.stage.now)
    elif action is not Action.ACKNOWLEDGE:
        async with room.stage.units.begin() as work:
            await work.legs.save(ready(action)(await room.stage.leg(call)))
    await room.delivers()
    return call


def acts_on_cards() -> set[Action]:
    return {action for page in (ROWS, RARE) for row in page for action in row}


def test_every_act_of_a_card_has_a_command():
    commanded = {action for acts in SLASHES.values() for action in acts}
    spoken = {Action.REPLY, Action.PROGRESS}

    assert acts_on_cards() - spoken <= commanded
    assert {"reply", "progress", "note"} == set(WORDED)


@pytest.mark.parametrize(("word", "action"), OPENS)
async def test_a_command_opens_the_form_that_the_button_opens(room: Room, word, action):
    who, chat = PLACE[rule_for(action).who]
    call = await made_ready(room, action)
    leg = await room.stage.leg(call)

    await room.says(who, chat, f"/{word}@huying_bot {call.number}")

    (button,) = room.last(chat).buttons
    assert button["url"] == LINKS.duty(OPENED[action][0], leg.id, leg.version)


async def test_a_number_that_nobody_left_is_told_at_once_and_no_form_opens(room: Room):
    call = await room.stage.raised(draft="d1", phone="")
    await room.delivers()
    await room.taps(LI, GROUP, "签收")

    await room.says(LI, GROUP, f"/number@huying_bot {call.number}")

    assert "没有留电话" in room.last(GROUP).text
    assert room.last(GROUP).buttons == []


async def test_the_command_for_a_number_shows_none_of_it_to_the_group(room: Room):
    call = await room.stage.raised(draft="d1", phone="13800000001")
    await room.delivers()
    await room.taps(LI, GROUP, "签收")

    await room.says(LI, GROUP, f"/number@huying_bot {call.number}")

    assert room.last(GROUP).labels == ["📞 查看电话"]
    assert "13800000001" not in room.texts(GROUP)


@pytest.mark.parametrize(("word", "action"), TAKES)
async def test_a_command_takes_the_step_that_the_button_takes(room: Room, word, action):
    who, chat = PLACE[rule_for(action).who]
    tapped, commanded = [await made_ready(room, action, f"d{n}") for n in (1, 2)]
    await room.says(who, chat, f"/call@huying_bot {tapped.number}")
    if not any(button_of(action) in label for label in room.last(chat).labels):
        await room.taps(who, chat, "更多", on=room.last(chat))
    shown = room.last(chat)

    toast = await room.taps(who, chat, button_of(action), on=shown)
    await room.says(who, chat, f"/{word}@huying_bot {commanded.number}")

    assert await history(room, tapped) == await history(room, commanded)
    assert room.last(chat).text == toast or toast in room.texts(chat)


def button_of(action: Action) -> str:
    return {
        Action.ACKNOWLEDGE: "签收",
        Action.AGREE: "同意改派",
        Action.DECLINE: "不同意",
        Action.PASS: "核查通过",
        Action.ADMIT: "受理",
        Action.LET_GO: "同意撤回",
        Action.TAKE_UP: "恢复办理",
    }[action]


async def history(room: Room, call) -> list[tuple[object, ...]]:
    entries = (await room.stage.call(call)).entries
    return [(e.action, e.actor, e.agency, e.before, e.after) for e in entries]


@pytest.mark.parametrize("word", WORDED)
async def test_words_by_command_go_where_a_reply_goes(room: Room, word):
    call = await made_ready(room, Action.RESOLVE)

    await room.says(LI, GROUP, f"/{word}@huying_bot {call.number} 今天下午来修")

    entry = (await room.stage.call(call)).entries[-1]
    assert entry.action.value == word
    assert entry.pieces[0].text == "今天下午来修"


async def test_a_command_in_answer_to_a_card_needs_no_number(room: Room):
    call = await made_ready(room, Action.ACKNOWLEDGE)

    await room.says(LI, GROUP, "/take@huying_bot", above=room.card(GROUP))

    assert (await room.stage.leg(call)).status is Status.IN_PROGRESS


async def test_a_command_in_the_topic_of_a_call_needs_no_number(room: Room):
    call = await made_ready(room, Action.ACKNOWLEDGE)
    topic = await in_topic(room, call)

    await room.says(LI, GROUP, "/take@huying_bot", **topic)

    assert (await room.stage.leg(call)).status is Status.IN_PROGRESS


async def test_two_slashes_in_a_topic_stay_inside(room: Room):
    call = await made_ready(room, Action.RESOLVE)
    topic = await in_topic(room, call)

    await room.says(LI, GROUP, "// 已到现场", **topic)

    entry = (await room.stage.call(call)).entries[-1]
    assert (entry.action, entry.pieces[0].text) == (Action.NOTE, "已到现场")


@pytest.mark.parametrize("mark", ["／／", "/／", "／/", "  //"])
async def test_the_mark_is_known_however_it_was_typed(room: Room, mark: str):
    call = await made_ready(room, Action.RESOLVE)
    topic = await in_topic(room, call)

    await room.says(LI, GROUP, f"{mark}已到现场", **topic)

    entry = (await room.stage.call(call)).entries[-1]
    assert (entry.action, entry.pieces[0].text) == (Action.NOTE, "已到现场")


async def test_one_mark_in_a_topic_keeps_the_whole_album_inside(room: Room):
    call = await made_ready(room, Action.RESOLVE)
    topic = await in_topic(room, call)
    heard = len(room.shown[LIN.account or 0])

    for caption in ({"caption": "／／内部看看"}, {}, {}):
        photo = {"photo": [PHOTO], "media_group_id": "a1", **caption}
        await room.says(LI, GROUP, **photo, **topic)

    entries = (await room.stage.call(call)).entries[-3:]
    assert [entry.action for entry in entries] == [Action.NOTE] * 3
    assert [entry.pieces[0].text for entry in entries] == ["内部看看", "", ""]
    assert len(room.shown[LIN.account or 0]) == heard


async def test_an_album_without_a_mark_is_chatter_in_a_topic(room: Room):
    call = await made_ready(room, Action.RESOLVE)
    topic = await in_topic(room, call)
    before = await history(room, call)

    for _photo in range(2):
        await room.says(LI, GROUP, photo=[PHOTO], media_group_id="a2", **topic)

    assert await history(room, call) == before


async def test_chatter_in_a_topic_reaches_nobody(room: Room):
    call = await made_ready(room, Action.RESOLVE)
    topic = await in_topic(room, call)
    before = await history(room, call)

    await room.says(LI, GROUP, "中午吃什么", **topic)

    assert await history(room, call) == before


async def test_a_command_about_no_call_says_how_to_name_one(room: Room):
    await room.says(LI, GROUP, "/take@huying_bot")

    assert "/take@huying_bot 0037" in room.last(GROUP).text


async def test_a_command_for_a_form_is_refused_before_the_form(room: Room):
    call = await made_ready(room, Action.RETURN)
    room.stage.now += timedelta(days=3)

    await room.says(LI, GROUP, f"/return@huying_bot {call.number}")

    assert "已过可以操作的时间" in room.last(GROUP).text
    assert not room.last(GROUP).buttons


@pytest.mark.parametrize("said", ["/take@huying_bot 9999", "/reply@huying_bot 9999 好的"])
async def test_a_number_that_no_call_here_has_is_named(room: Room, said: str):
    await room.says(LI, GROUP, said)

    assert "本单位没有编号是“9999”的呼叫" in room.last(GROUP).text


@pytest.mark.conformance
async def test_9_a_number_in_words_for_the_caller_does_not_lead_them_elsewhere(room: Room):
    call = await made_ready(room, Action.RESOLVE, "d1")
    other = await made_ready(room, Action.RESOLVE, "d2")
    card = next(one for one in room.shown[GROUP] if call.number in one.text and "📍" in one.text)

    await room.says(LI, GROUP, f"/reply@huying_bot {other.number} 说的是另一件", above=card)

    entry = (await room.stage.call(call)).entries[-1]
    assert (entry.action, entry.pieces[0].text) == (Action.REPLY, f"{other.number} 说的是另一件")


async def in_topic(room: Room, call) -> dict[str, object]:
    """What a message said in the call's topic looks like."""
    leg = await room.stage.leg(call)
    async with room.stage.units.begin() as work:
        await work.postings.add(Posting(GROUP, 77, leg.id, Purpose.TOPIC, thread=77))
    made = {"message_id": 77, "date": 1781488800, "chat": {"id": GROUP, "type": "supergroup"}}
    made |= {"forum_topic_created": {"name": call.number, "icon_color": 1}}
    return {"message_thread_id": 77, "is_topic_message": True, "reply_to_message": made}
