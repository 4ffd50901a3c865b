"""People, groups, codes, conversations and postings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.errors import AlreadyBound
from core.people import Footing, Post
from core.posting import Purpose
from tests.builders import (
    COMMUNITY,
    GROUP,
    HOUR,
    LI,
    LIN,
    STREET,
    a_binding,
    a_code,
    a_conversation,
    a_message,
    a_posting,
    a_resident,
    an_officer,
)
from tests.builders import NOON as NOW

NEW_GROUP = -1009876543210


@pytest.fixture
async def work(units):
    async with units.begin() as opened:
        yield opened


async def test_a_resident_is_known_once_kept_and_replaced_when_kept_again(work):
    assert await work.people.resident(LIN) is None

    await work.people.save_resident(a_resident())
    changed = a_resident(reachable=False, name="林😀", phone="+8613812345678")
    await work.people.save_resident(changed)

    assert await work.people.resident(LIN) == changed


async def test_officers_are_listed_in_the_order_of_joining_even_when_their_post_changes(work):
    for account in (LI, 7, 9):
        await work.people.save_officer(an_officer(account=account))
    await work.people.save_officer(an_officer(account=LI, post=Post.HEAD))
    await work.people.save_officer(an_officer(account=7, agency=STREET))
    await work.people.remove_officer(9, COMMUNITY)

    there = await work.people.officers_of(COMMUNITY)
    assert [(officer.account, officer.post) for officer in there] == [
        (LI, Post.HEAD),
        (7, Post.LIAISON),
    ]
    assert [officer.agency for officer in await work.people.posts_of(7)] == [COMMUNITY, STREET]


async def test_an_agency_answers_in_the_group_it_was_bound_to_last(work):
    await work.groups.save(a_binding())
    await work.groups.save(a_binding(chat=NEW_GROUP, thread=5))

    assert await work.groups.of_agency(COMMUNITY) == a_binding(chat=NEW_GROUP, thread=5)
    assert await work.groups.at_chat(GROUP) is None


async def test_a_group_answers_for_one_agency(work):
    await work.groups.save(a_binding())

    with pytest.raises(AlreadyBound) as refused:
        await work.groups.save(a_binding(agency=STREET))
    assert refused.value.facts == {"agency": COMMUNITY}


async def test_a_suspended_group_is_still_known_and_not_in_force(work):
    await work.groups.save(a_binding(suspended=True))
    await work.groups.save(a_binding(agency=STREET, chat=-5))

    assert await work.groups.bound_agencies() == {STREET}
    assert await work.groups.at_chat(GROUP) == a_binding(suspended=True)


async def test_an_unbound_agency_has_no_group(work):
    await work.groups.save(a_binding())
    await work.groups.remove(COMMUNITY)

    assert await work.groups.of_agency(COMMUNITY) is None


async def test_a_group_that_became_a_supergroup_takes_everything_along(work):
    await work.groups.save(a_binding())
    await work.postings.add(a_posting())
    await work.outbox.put(a_message("一"), a_message("二"), now=NOW)

    moved = await work.groups.move(GROUP, NEW_GROUP)
    (row,) = await work.outbox.claim(now=NOW, limit=9, busy=())

    assert moved is True
    assert await work.groups.of_agency(COMMUNITY) == a_binding(chat=NEW_GROUP)
    assert (row.lane, row.payload["params"]) == (NEW_GROUP, {"chat_id": NEW_GROUP, "text": "一"})
    assert await work.postings.card(1, GROUP) is None
    assert await work.postings.find(GROUP, 10) == a_posting(lost=True)


async def test_moving_a_group_twice_is_moving_it_once(work):
    await work.groups.save(a_binding())
    await work.outbox.put(a_message(), now=NOW)
    await work.groups.move(GROUP, NEW_GROUP)

    assert await work.groups.move(GROUP, NEW_GROUP) is False
    assert await work.groups.at_chat(NEW_GROUP) == a_binding(chat=NEW_GROUP)
    assert len(await work.outbox.claim(now=NOW, limit=9, busy=())) == 1


async def test_what_moves_into_a_lane_keeps_the_order_of_what_waits_there(work):
    await work.outbox.put(a_message("一", lane=NEW_GROUP), now=NOW)
    await work.outbox.put(a_message("二"), a_message("三"), now=NOW)
    await work.groups.move(GROUP, NEW_GROUP)

    (first,) = await work.outbox.claim(now=NOW, limit=9, busy=())

    assert first.payload["params"]["text"] == "一"
    assert await work.outbox.claim(now=NOW, limit=9, busy=()) == []


async def test_a_code_is_kept_as_issued_and_then_as_used(work):
    await work.groups.save_code(a_code())
    issued = await work.groups.code("K7Q2M9")
    await work.groups.save_code(replace(a_code(), used_at=NOW))

    assert issued == a_code()
    assert await work.groups.code("K7Q2M9") == a_code(used_at=NOW)
    assert await work.groups.code("OTHER") is None


async def test_a_person_has_one_conversation_at_most(work):
    await work.conversations.save(a_conversation())
    later = a_conversation(
        step="place", token=2, draft={"words": ["😀"], "n": 1}, trail=("a", "b")
    )
    await work.conversations.save(later)

    assert await work.conversations.get(LIN) == later


async def test_a_conversation_that_is_over_is_forgotten(work):
    await work.conversations.save(a_conversation())
    await work.conversations.clear(LIN)
    await work.conversations.clear(LIN)

    assert await work.conversations.get(LIN) is None


async def test_conversations_left_alone_are_forgotten(work):
    await work.conversations.save(a_conversation(touched_at=NOW - HOUR))
    await work.conversations.save(a_conversation(account=7))

    assert await work.conversations.forget_before(NOW) == 1
    assert await work.conversations.get(LIN) is None
    assert await work.conversations.get(7) == a_conversation(account=7)


async def test_a_reply_to_any_message_about_a_leg_finds_the_leg(work):
    await work.postings.add(a_posting(message=11, purpose=Purpose.WORDS))
    await work.postings.add(a_posting(message=11, purpose=Purpose.ASKS_REPLY, leg_id=2))

    found = a_posting(message=11, purpose=Purpose.ASKS_REPLY, leg_id=2)
    assert await work.postings.find(GROUP, 11) == found
    assert await work.postings.find(GROUP, 12) is None


async def test_the_card_of_a_leg_is_the_newest_that_is_not_lost(work):
    await work.postings.add(a_posting(message=10))
    await work.postings.add(a_posting(message=12))
    await work.postings.add(a_posting(message=13, purpose=Purpose.WORDS))
    await work.postings.add(a_posting(chat=-7, message=5))
    newest = await work.postings.card(1, GROUP)
    await work.postings.lose(GROUP, 12)

    assert newest == a_posting(message=12)
    assert await work.postings.card(1, GROUP) == a_posting(message=10)
    assert await work.postings.cards(1) == [a_posting(message=10), a_posting(chat=-7, message=5)]


async def test_a_phone_task_is_found_until_it_is_done(work):
    await work.postings.add(a_posting(message=10, purpose=Purpose.PHONE_TASK))
    found = await work.postings.phone_task(1, GROUP)
    await work.postings.add(a_posting(message=10, purpose=Purpose.WORDS))

    assert found == a_posting(message=10, purpose=Purpose.PHONE_TASK)
    assert await work.postings.phone_task(1, GROUP) is None
    assert await work.postings.phone_task(2, GROUP) is None


async def test_the_topic_of_a_leg_is_known_until_it_is_lost(work):
    await work.postings.add(a_posting(message=40, purpose=Purpose.TOPIC, thread=40))
    await work.postings.add(a_posting(message=41, thread=40))
    await work.postings.add(a_posting(message=42, leg_id=2))
    known = await work.postings.topic(1, GROUP)

    legs = await work.postings.lose_topic(GROUP, 40)

    assert known == 40
    assert list(legs) == [1]
    assert await work.postings.topic(1, GROUP) is None
    assert await work.postings.card(1, GROUP) is None
    assert await work.postings.card(2, GROUP) == a_posting(message=42, leg_id=2)


async def test_what_the_bot_may_do_in_a_group_moves_with_it(work):
    await work.groups.save_footing(Footing(GROUP, makes_topics=True, pins=False))
    await work.groups.save_footing(Footing(GROUP, makes_topics=True, pins=True))

    await work.groups.move(GROUP, -1009)

    assert await work.groups.footing(-1009) == Footing(-1009, makes_topics=True, pins=True)
    assert await work.groups.footing(GROUP) is None
