"""One person or one group takes no more than a share; others are as they were (S13, I25)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from aiogram.types import Update

from bot.flood import REMEMBERED, Flood, Weighed
from tests.bot.flows.visiting import Visitor

pytestmark = pytest.mark.security("S13")
NOW = datetime(2026, 6, 15, 2, tzinfo=UTC)
FINE, TELL, DROP = Weighed.FINE, Weighed.TELL, Weighed.DROP


def said(text: str = "漏水", *, at: datetime = NOW, who: int = 1, chat: int = 0) -> Update:
    place = {"id": chat or who, "type": "supergroup" if chat < 0 else "private"}
    person = {"id": who, "is_bot": False, "first_name": "某"}
    message = {"message_id": 1, "date": int(at.timestamp()), "chat": place, "from": person}
    return Update.model_validate({"update_id": 1, "message": {**message, "text": text}})


def test_sixty_a_minute_are_taken_then_one_notice_then_silence():
    flood = Flood()

    found = [flood.weigh(said(), NOW) for _ in range(100)]

    assert found == [FINE] * 60 + [TELL] + [DROP] * 39


def test_the_notice_comes_once_in_ten_minutes():
    flood, told = Flood(), 0
    for minute in range(21):
        at = NOW + timedelta(minutes=minute)
        told += [flood.weigh(said(at=at), at) for _ in range(61)].count(TELL)

    assert told == 3


def test_the_next_minute_is_anybodys_again():
    flood = Flood()
    for _ in range(80):
        flood.weigh(said(), NOW)

    later = NOW + timedelta(minutes=1)
    assert flood.weigh(said(at=later), later) is FINE


def test_others_are_not_counted_with_whoever_floods():
    flood = Flood()
    for _ in range(2000):
        flood.weigh(said(), NOW)

    assert flood.weigh(said(who=2), NOW) is FINE


def test_what_waited_at_telegram_is_counted_by_when_it_was_said():
    flood = Flood()
    hours = [NOW - timedelta(minutes=n) for n in range(200)][::-1]

    assert {flood.weigh(said(at=at), NOW) for at in hours} == {FINE}


def test_a_group_has_its_share_as_a_whole():
    flood = Flood()
    found = [flood.weigh(said(who=n, chat=-5), NOW) for n in range(70)]

    assert found.count(FINE) == 60


def test_the_same_command_of_one_person_cools_for_three_seconds():
    flood = Flood()
    moments = [NOW + timedelta(seconds=n) for n in (0, 1, 2, 3)]

    found = [flood.weigh(said("/board@huying_bot", at=at, chat=-5), at) for at in moments]

    assert found == [FINE, DROP, DROP, FINE]


def test_a_crowd_of_strangers_does_not_fill_the_memory():
    flood = Flood()
    for who in range(1, REMEMBERED + 100):
        flood.weigh(said(who=who), NOW)

    assert len(flood._counted) == REMEMBERED


def test_who_goes_on_talking_is_not_forgotten_for_a_crowd():
    flood = Flood(per_minute=2)
    found = []
    for who in range(1, REMEMBERED + 100):
        flood.weigh(said(who=10**9 + who), NOW)
        if who % (REMEMBERED // 2) == 0:
            found.append(flood.weigh(said(), NOW))

    assert [*found, flood.weigh(said(), NOW)] == [FINE, FINE, TELL]


async def test_the_eleventh_call_of_a_day_is_refused_and_nothing_is_lost(lin: Visitor):
    from core.call import NewCall
    from core.desk import Desk
    from core.errors import EnoughForToday
    from tests.core.playing import COMMUNITY, LAMP, LIN, MONDAY, liwan, words

    async with lin.units.begin() as work:
        desk = Desk(work, liwan())
        for n in range(10):
            new = NewCall(f"d{n}", LAMP, COMMUNITY, words("灯"))
            await desk.raise_call(new, by=LIN, now=MONDAY)
        with pytest.raises(EnoughForToday):
            await desk.raise_call(NewCall("d11", LAMP, COMMUNITY, words("灯")), by=LIN, now=MONDAY)
        danger = NewCall("d12", LAMP, COMMUNITY, words("漏电"), danger=True)
        assert (await desk.raise_call(danger, by=LIN, now=MONDAY)).danger
        tomorrow = MONDAY + timedelta(days=1)
        new = NewCall("d13", LAMP, COMMUNITY, words("灯"))
        assert await desk.raise_call(new, by=LIN, now=tomorrow)


@pytest.fixture
async def lin() -> Visitor:
    return await Visitor().moves_in()
