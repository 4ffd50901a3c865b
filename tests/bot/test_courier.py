"""Delivery: one at a time in a chat, nobody waits for somebody else's trouble."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TimedOut

from bot.bell import Bell
from bot.delivery.courier import Courier
from bot.delivery.crowd import SLOW
from bot.delivery.pacing import Limits, Pacing
from bot.delivery.settling import Consequences
from bot.delivery.speech import Speech
from core.outgoing import CONVERSATION, DIGEST, Kind, Outgoing, Policy, State
from core.people import Binding
from core.posting import Posting, Purpose
from tests.bot.conftest import NOON
from tests.fakes import MemoryUnits

GROUP, OTHER = -1001, -1002


class Telegram:
    """Takes speeches and gives what it was told to give: errors in order, else new messages."""

    def __init__(self) -> None:
        self.said: list[Speech] = []
        self.troubles: dict[int, list[Exception]] = {}
        self.last = 100
        self.gates: dict[int, asyncio.Event] = {}
        self.spoke = Bell()

    async def hears(self, text: str) -> None:
        """Wait until this is being said."""
        while text not in self.texts():
            assert await self.spoke.heard(5)

    async def say(self, speech: Speech) -> tuple[int, ...]:
        chat = speech.params["chat_id"]
        self.said.append(speech)
        self.spoke.ring()
        if chat in self.gates:
            await self.gates[chat].wait()
        if self.troubles.get(chat):
            raise self.troubles[chat].pop(0)
        if speech.method.startswith("edit"):
            return (speech.params["message_id"],)
        self.last += 1
        return (self.last,)

    def texts(self, chat: int | None = None) -> list[str]:
        return [s.params["text"] for s in self.said if chat in (None, s.params["chat_id"])]


class Post:
    """A courier over a store in memory, turned by hand."""

    def __init__(self, units: MemoryUnits, clock, limits: Limits) -> None:
        self.units, self.clock = units, clock
        self.telegram = Telegram()
        self.lost: list[tuple[int, str]] = []
        self.bell = Bell()
        self.shown = "卡片"
        self.courier = Courier(
            units=units,
            voice=self.telegram,
            render=self.render,
            consequences=Consequences(self.unreachable, self.moved),
            pacing=Pacing(limits),
            clock=clock.now,
            seconds=clock.seconds,
            bell=self.bell,
        )

    async def render(self, row, work) -> Speech | None:
        if row.payload.get("pointless"):
            return None
        if row.payload.get("broken"):
            raise KeyError("broken")
        leg = row.payload["leg"]
        card = await work.postings.card(leg, row.lane)
        params = {"text": self.shown}
        if card:
            params["message_id"] = card.message
            return Speech("editMessageText", params, replaces=card.message)
        return Speech("sendMessage", params, leg, Purpose.CARD)

    async def unreachable(self, row, error, work) -> None:
        self.lost.append((row.lane, error))

    async def moved(self, old, new, work) -> None:
        await work.groups.move(old, new)

    async def owes(self, *rows: Outgoing) -> None:
        async with self.units.begin() as work:
            await work.outbox.put(*rows, now=self.clock.now())

    async def delivers(self) -> None:
        """Round after round until nothing more can be said now."""
        await self.courier._badge.keep()
        async with asyncio.timeout(5), asyncio.TaskGroup() as sends:
            while True:
                said = bool(self.courier._said)
                claimed = await self.courier._round()
                tasks = [sends.create_task(self.courier._send(*each)) for each in claimed]
                if not tasks and not said and not await self.bell.heard(0):
                    return
                if tasks:
                    await asyncio.wait(tasks)

    def states(self) -> list[State]:
        return [owed.state for owed in self.units.tables.outbox.values()]


def say(text: str, chat: int = 42, **more: Any) -> Outgoing:
    params = {"chat_id": chat, "text": text}
    return Outgoing(chat, Kind.SAY, {"method": "sendMessage", "params": params}, **more)


def card(leg: int = 5, chat: int = GROUP, **more: Any) -> Outgoing:
    return Outgoing(chat, Kind.CARD, {"leg": leg, **more}, Policy.LATEST)


@pytest.fixture
def post(units, clock) -> Post:
    return Post(units, clock, Limits(per_second=0, chat_per_second=0, group_per_minute=0))


async def test_messages_of_a_chat_arrive_in_order(post):
    await post.owes(say("一"), say("二"), say("三"), say("别人", chat=43))

    await post.delivers()

    assert post.telegram.texts(42) == ["一", "二", "三"]
    assert post.states() == [State.SENT] * 4


async def test_a_sent_card_is_remembered_as_a_posting(post):
    await post.owes(card())

    await post.delivers()

    assert post.units.tables.postings[GROUP, 101] == Posting(GROUP, 101, 5, Purpose.CARD)


async def test_a_ready_made_answer_may_be_a_posting_too(post):
    row = say("请回复", chat=GROUP)
    posting = {"leg": 5, "purpose": "asks_reply"}

    await post.owes(Outgoing(GROUP, Kind.SAY, {**row.payload, "posting": posting}))
    await post.delivers()

    assert post.units.tables.postings[GROUP, 101].purpose is Purpose.ASKS_REPLY


async def test_what_has_become_pointless_is_superseded(post):
    await post.owes(card(pointless=True), say("还在", chat=GROUP))

    await post.delivers()

    assert post.telegram.texts() == ["还在"]
    assert post.states() == [State.SUPERSEDED, State.SENT]


async def test_a_row_nobody_can_word_stops_no_other_chat(post):
    await post.owes(card(broken=True), say("别人"))

    await post.delivers()

    assert post.states() == [State.READY, State.SENT]


async def test_an_unmodified_card_counts_as_sent(post):
    await post.owes(card())
    await post.delivers()
    post.telegram.troubles[GROUP] = [BadRequest("Message is not modified: …")]

    await post.owes(card())
    await post.delivers()

    assert post.states() == [State.SENT, State.SENT]


async def test_a_card_that_was_deleted_is_posted_anew(post):
    await post.owes(card())
    await post.delivers()
    post.telegram.troubles[GROUP] = [BadRequest("Message to edit not found")]

    await post.owes(card())
    await post.delivers()

    assert [s.method for s in post.telegram.said[1:]] == ["editMessageText", "sendMessage"]
    assert post.units.tables.postings[GROUP, 101].lost
    assert not post.units.tables.postings[GROUP, 102].lost


async def test_a_ready_made_edit_of_a_deleted_message_is_said_anew(post):
    post.telegram.troubles[42] = [BadRequest("Message to edit not found")]
    params = {"chat_id": 42, "message_id": 8, "text": "第二步"}

    await post.owes(Outgoing(42, Kind.SAY, {"method": "editMessageText", "params": params}))
    await post.delivers()

    assert post.telegram.said[1] == Speech("sendMessage", {"chat_id": 42, "text": "第二步"})
    assert post.states() == [State.SENT]


async def test_a_429_of_one_chat_delays_no_other_chat(post):
    post.telegram.troubles[GROUP] = [RetryAfter(timedelta(seconds=30))]
    await post.owes(say("群里", chat=GROUP), say("别人"), say("别的群", chat=OTHER))

    await post.delivers()
    assert post.states() == [State.READY, State.SENT, State.SENT]
    post.clock.pass_(29)
    await post.delivers()
    assert post.states()[0] is State.READY
    post.clock.pass_(2)
    await post.delivers()

    assert post.telegram.texts(GROUP) == ["群里", "群里"]
    assert post.states()[0] is State.SENT


async def test_a_group_that_became_a_supergroup_gets_its_messages_there(post):
    async with post.units.begin() as work:
        await work.groups.save(Binding("c1", GROUP, "东风", bound_by=1, bound_at=NOON))
    post.telegram.troubles[GROUP] = [ChatMigrated(-2002)]

    await post.owes(say("一", chat=GROUP), say("二", chat=GROUP))
    await post.delivers()

    assert post.telegram.texts(-2002) == ["一", "二"]
    assert post.units.tables.groups["c1"].chat == -2002


async def test_who_blocked_the_bot_is_told_of_and_not_tried_again(post):
    post.telegram.troubles[42] = [Forbidden("bot was blocked by the user")]

    await post.owes(say("一"))
    await post.delivers()

    assert post.lost == [(42, "bot was blocked by the user")]
    assert post.states() == [State.DEAD]


async def test_an_unknown_outcome_is_repeated_once_after_twenty_seconds(post):
    post.telegram.troubles[42] = [TimedOut(), TimedOut()]
    await post.owes(say("一"), say("二"))

    await post.delivers()
    assert post.telegram.texts() == ["一"]
    post.clock.pass_(21)
    await post.delivers()
    post.clock.pass_(21)
    await post.delivers()

    assert post.telegram.texts() == ["一", "一", "二"]
    assert post.states() == [State.UNKNOWN, State.SENT]


async def test_a_nudge_of_unknown_outcome_is_never_repeated(post):
    post.telegram.troubles[42] = [TimedOut()]
    await post.owes(say("催办", policy=Policy.AT_MOST_ONCE))

    await post.delivers()
    post.clock.pass_(60)
    await post.delivers()

    assert post.telegram.texts() == ["催办"]
    assert post.states() == [State.UNKNOWN]


async def test_a_refused_token_stops_the_sending_and_keeps_the_rows(post):
    post.telegram.troubles[42] = [InvalidToken("Unauthorized")]
    await post.owes(say("一"))
    await post.delivers()

    await post.owes(say("别人", chat=43))
    await post.delivers()

    assert post.telegram.texts() == ["一"]
    assert post.states() == [State.READY, State.READY]


async def test_pacing_holds_a_busy_group_and_nobody_else(units, clock):
    post = Post(units, clock, Limits())
    await post.owes(*(say(str(n), chat=GROUP) for n in range(5)), say("别人"))

    await post.delivers()
    assert post.telegram.texts() == ["0", "1", "2", "别人"]
    clock.pass_(3.1)
    await post.delivers()

    assert post.telegram.texts(GROUP) == ["0", "1", "2", "3", "4"]


@pytest.mark.parametrize(("seconds", "first"), [(29, 20), (31, 3)])
async def test_a_digest_waits_for_answers_and_not_for_ever(post, seconds, first):
    await post.owes(say("今日概览", chat=GROUP, rank=DIGEST))
    post.clock.pass_(seconds)
    await post.owes(*(say(str(n), chat=n, rank=CONVERSATION) for n in range(1, 21)))

    await post.delivers()

    assert post.telegram.texts().index("今日概览") == first


async def test_two_couriers_together_are_no_faster_than_one(units, clock):
    one, other = Post(units, clock, Limits()), Post(units, clock, Limits())
    await one.owes(*(say(str(n), chat=GROUP) for n in range(3)))
    await one.delivers()
    await other.owes(*(say(str(n), chat=1000 + n) for n in range(40)), say("3", chat=GROUP))

    await other.delivers()
    assert len(other.telegram.said) == 27
    assert other.telegram.texts(GROUP) == []
    clock.pass_(3.1)
    await one.delivers()

    assert one.telegram.texts(GROUP) == ["0", "1", "2", "3"]
    assert units.tables.paces[GROUP] == (NOON.timestamp(),) * 3 + (NOON.timestamp() + 3.1,)


async def test_who_starts_anew_remembers_how_fast_it_spoke(units, clock):
    before = Post(units, clock, Limits())
    await before.owes(*(say(str(n), chat=GROUP) for n in range(5)))
    await before.delivers()

    after = Post(units, clock, Limits())
    await after.delivers()

    assert after.telegram.said == []


async def test_a_clock_set_back_keeps_nobody_waiting(units, clock):
    before = Post(units, clock, Limits())
    await before.owes(*(say(str(n), chat=GROUP) for n in range(3)))
    await before.delivers()
    clock.at -= timedelta(hours=1)

    after = Post(units, clock, Limits())
    await after.owes(say("后来", chat=GROUP))
    await after.delivers()

    assert after.telegram.texts() == ["后来"]


async def test_an_album_waits_until_all_of_it_may_go(units, clock):
    post = Post(units, clock, Limits())
    media = [{"type": "photo", "media": "x"}] * 3
    album = {"method": "sendMediaGroup", "params": {"chat_id": GROUP, "media": media, "text": ""}}
    await post.owes(say("一", chat=GROUP), Outgoing(GROUP, Kind.SAY, album))

    await post.delivers()
    assert len(post.telegram.said) == 1
    clock.pass_(3.1)
    await post.delivers()

    assert post.telegram.said[1].weight == 3


async def test_a_slow_chat_keeps_no_other_chat_waiting(post):
    post.telegram.gates[GROUP] = asyncio.Event()
    await post.owes(say("慢", chat=GROUP))

    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        running = tasks.create_task(post.courier.run())
        await post.telegram.hears("慢")
        await post.owes(say("快"), say("更快"))
        post.clock.pass_(2 * SLOW)
        post.bell.ring()
        await post.telegram.hears("更快")
        before = post.states()
        post.telegram.gates[GROUP].set()
        post.courier.stop()
        await running

    assert before == [State.SENDING, State.SENT, State.SENDING]
    assert post.states() == [State.SENT] * 3


async def test_what_a_crash_left_in_hand_goes_again_at_the_next_start(post):
    await post.owes(say("一"))
    async with post.units.begin() as work:
        await work.outbox.claim(now=NOON, limit=1, busy=())

    await post.delivers()

    assert post.states() == [State.SENT]


async def test_what_slept_in_hand_is_dropped_and_goes_again_later(post):
    await post.owes(say("一"))
    await post.courier._badge.keep()
    ((row, speech),) = await post.courier._round()
    post.clock.pass_(16)

    await post.courier._send(row, speech)
    assert post.telegram.said == []
    await post.delivers()

    assert post.telegram.texts() == ["一"]
    assert post.states() == [State.SENT]


async def test_who_slept_through_his_lease_sends_nothing_he_claimed_before(post):
    await post.owes(say("一"))
    await post.courier._badge.keep()
    ((row, speech),) = await post.courier._round()
    post.clock.pass_(31)
    await post.courier._badge.keep()

    await post.courier._send(row, speech)

    assert post.telegram.said == []


async def test_what_was_claimed_unnoticed_is_free_when_the_name_runs_out(post):
    await post.owes(say("一"))
    await post.courier._badge.keep()
    await post.courier._round()
    lost, name = post.courier._badge.owner, post.courier._badge.owner
    post.courier._badge.anew()
    post.courier._crowd.leave(42)
    await post.delivers()
    assert post.states() == [State.SENDING]

    async with post.units.begin() as work:
        await work.leases.release(name, owner=lost)
    post.clock.pass_(6)
    await post.delivers()

    assert post.states() == [State.SENT]


async def test_a_doubt_of_an_earlier_courier_is_a_doubt(post):
    post.telegram.troubles[42] = [TimedOut(), TimedOut()]
    await post.owes(say("一"))
    await post.delivers()
    successor = Post(post.units, post.clock, Limits(per_second=0, chat_per_second=0))
    successor.telegram.troubles = post.telegram.troubles
    post.clock.pass_(21)

    await successor.delivers()

    assert successor.telegram.texts() == ["一"]
    assert post.states() == [State.UNKNOWN]


async def test_a_trouble_in_what_follows_leaves_the_row_settled(post):
    async def broken(chat, error, work):
        raise KeyError(chat)

    post.courier._consequences = Consequences(broken, post.moved)
    post.telegram.troubles[42] = [Forbidden("bot was blocked by the user")]

    await post.owes(say("一"))
    await post.delivers()

    assert post.states() == [State.DEAD]


def topic(leg: int = 5) -> Outgoing:
    payload = {"leg": leg, "begins": True}
    return Outgoing(GROUP, Kind.TOPIC, payload, Policy.AT_MOST_ONCE, dedupe=f"topic:{leg}")


async def test_a_topic_that_nobody_knows_of_is_not_made_a_second_time(post):
    post.telegram.troubles[GROUP] = [TimedOut()]
    await post.owes(topic(), say("卡片", chat=GROUP))

    await post.delivers()
    post.clock.pass_(60)
    await post.owes(topic())
    await post.delivers()

    assert [s.params["text"] for s in post.telegram.said] == ["卡片", "卡片"]
    assert post.states() == [State.UNKNOWN, State.SENT]


async def test_words_for_a_topic_that_is_gone_are_said_in_the_general_one(post):
    gone: list[tuple[int, int]] = []

    async def astray(chat, thread, work):
        gone.append((chat, thread))

    post.courier._consequences = Consequences(post.unreachable, post.moved, astray)
    post.telegram.troubles[GROUP] = [BadRequest("Message thread not found")]
    params = {"chat_id": GROUP, "text": "一", "message_thread_id": 40}

    await post.owes(Outgoing(GROUP, Kind.SAY, {"method": "sendMessage", "params": params}))
    await post.delivers()

    assert post.telegram.said[1].params == {"chat_id": GROUP, "text": "一"}
    assert gone == [(GROUP, 40)]
    assert post.states() == [State.SENT]


async def test_words_for_a_topic_that_is_closed_are_said_in_the_general_one(post):
    post.telegram.troubles[GROUP] = [BadRequest("Topic_closed")]
    params = {"chat_id": GROUP, "text": "一", "message_thread_id": 40}

    await post.owes(Outgoing(GROUP, Kind.SAY, {"method": "sendMessage", "params": params}))
    await post.delivers()

    assert "message_thread_id" not in post.telegram.said[1].params
    assert post.states() == [State.SENT]
