"""Who may give a group topics, and the board that is on top of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.outgoing import Kind
from core.people import Footing
from tests.bot.group.room import Room
from tests.core.playing import CHATS, COMMUNITY, LI, STRANGER

GROUP = CHATS[COMMUNITY]


@pytest.fixture
async def pinning(room: Room) -> Room:
    async with room.stage.units.begin() as work:
        await work.groups.save_footing(Footing(GROUP, makes_topics=False, pins=True))
    return room


def asked(room: Room, method: str) -> list[int]:
    """The messages that were to be put on top, or taken down."""
    rows = [owed.row for owed in room.stage.units.tables.outbox.values()]
    said = [row.payload for row in rows if row.kind is Kind.SAY and row.lane == GROUP]
    return [one["params"]["message_id"] for one in said if one["method"] == method]


async def test_only_somebody_of_the_agency_gives_its_group_topics(room: Room):
    await room.says(STRANGER, GROUP, "/topics@huying_bot on")

    assert "由" in room.last(GROUP).text and "负责人" in room.last(GROUP).text
    async with room.stage.units.begin() as work:
        binding = await work.groups.at_chat(GROUP)
    assert binding and not binding.topics


async def test_how_a_group_is_set_is_told_with_both_ways_to_change_it(room: Room):
    await room.says(LI, GROUP, "/topics@huying_bot")

    assert "同一个消息流" in room.last(GROUP).text
    assert "/topics@huying_bot on" in room.last(GROUP).text


async def test_the_board_of_the_hour_takes_the_place_of_the_one_before(pinning: Room):
    for message in (501, 502):
        async with pinning.stage.desk() as desk:
            await desk.board_posted(GROUP, message, now=pinning.stage.now)
        pinning.stage.now += timedelta(hours=6)

    assert asked(pinning, "pinChatMessage") == [501, 502]
    assert asked(pinning, "unpinChatMessage") == [501]


async def test_where_the_bot_may_not_pin_no_board_is_pinned(room: Room):
    async with room.stage.desk() as desk:
        await desk.board_posted(GROUP, 501, now=room.stage.now)

    assert asked(room, "pinChatMessage") == []


async def test_a_group_bound_in_a_topic_that_is_deleted_answers_in_the_general_one(room: Room):
    async with room.stage.units.begin() as work:
        binding = await work.groups.at_chat(GROUP)
        assert binding
        await work.groups.save(replace(binding, thread=40))

    async with room.stage.desk() as desk:
        await desk.topic_lost(GROUP, 40, now=room.stage.now)
    await room.stage.raised()
    await room.delivers()

    assert "message_thread_id" not in room.card(GROUP).params


@pytest.mark.parametrize("forum", [True, False])
async def test_a_refusal_of_topics_ends_them_and_is_told_once(room: Room, forum: bool):
    async with room.stage.units.begin() as work:
        binding = await work.groups.at_chat(GROUP)
        assert binding
        await work.groups.save(replace(binding, topics=True))

    async with room.stage.desk() as desk:
        first = await desk.refused_topics(GROUP, forum=forum)
        second = await desk.refused_topics(GROUP, forum=forum)

    assert (first is not None, second) == (True, None)
    await room.stage.raised()
    await room.delivers()
    assert all(message.method != "createForumTopic" for message in room.shown[GROUP])


async def test_a_restricted_call_gets_no_topic_whose_name_everybody_reads(room: Room):
    async with room.stage.units.begin() as work:
        binding = await work.groups.at_chat(GROUP)
        assert binding
        await work.groups.save(replace(binding, topics=True))
    call = await room.stage.raised()
    async with room.stage.units.begin() as work:
        await work.calls.save(replace(await work.calls.get(call.id), restricted=True))

    await room.delivers()

    assert all(message.method != "createForumTopic" for message in room.shown[GROUP])


async def test_a_leg_that_stood_in_the_stream_stays_there_when_topics_begin(room: Room):
    call = await room.stage.raised()
    await room.delivers()
    async with room.stage.units.begin() as work:
        binding = await work.groups.at_chat(GROUP)
        assert binding
        await work.groups.save(replace(binding, topics=True))

    await room.taps(LI, GROUP, "签收")

    assert all(message.method != "createForumTopic" for message in room.shown[GROUP])
    assert call.number in room.card(GROUP).text
