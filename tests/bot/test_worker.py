"""Handling what the inbox holds: in order, whole, and never stopped by one bad update."""

from __future__ import annotations

from contextlib import asynccontextmanager
from itertools import count
from typing import Any

import pytest
from aiogram import Bot, Dispatcher
from aiogram.types import CallbackQuery, Message, User
from structlog.testing import capture_logs

from bot.bell import Bell
from bot.delivery.speech import Fleeting
from bot.intake.recording import RecordingSession
from bot.intake.sorting import sorted_in
from bot.intake.worker import Worker
from bot.tally import Tally, standing_still
from core.errors import InEachOthersWay, LegMoved, RaisedAlready, StoreLost
from core.incoming import Fate
from core.people import Resident
from tests.bot.raw import GROUP, ME, message, tap
from tests.fakes import MemoryUnits


class Bad(Exception):
    """What a handler cannot bear."""


async def repeat(message: Message, work: Any, troubles: list[Exception]) -> Any:
    await work.people.save_resident(Resident(message.chat.id, message.text or ""))
    if troubles:
        raise troubles.pop()
    if message.text == "坏":
        raise Bad
    if message.text == "默":
        return None
    if message.text == "两":
        await message.answer("一")
    return message.answer(message.text or "")


async def thank(query: CallbackQuery) -> None:
    await query.answer("谢谢")


class House:
    """A worker over a store in memory, with what it rang and answered."""

    def __init__(self, units: MemoryUnits, clock, seconds=standing_still) -> None:
        session = RecordingSession(User.model_validate(ME))
        dispatcher = Dispatcher(disable_fsm=True)
        dispatcher.message.register(repeat)
        self.troubles = dispatcher["troubles"] = list[Exception]()
        dispatcher.callback_query.register(thank)
        self.units, self.clock = units, clock
        self.owed, self.answered = Bell(), list[Fleeting]()
        self.worker = Worker(
            units=units,
            dispatcher=dispatcher,
            bot=Bot("7:AAH-made-up", session=session),
            session=session,
            clock=clock.now,
            bell=Bell(),
            owed=self.owed,
            answer=self.answered.extend,
            tally=Tally(seconds),
        )

    async def receives(self, *raws: dict[str, Any]) -> None:
        async with self.units.begin() as work:
            rows = [sorted_in(raw, bot_id=7) for raw in raws]
            await work.inbox.insert(rows, now=self.clock.now())

    async def works(self) -> None:
        """Batch after batch until nobody has a turn."""
        while await self.worker.batch():
            pass

    def fate(self, update: int) -> Fate:
        return self.units.tables.inbox[7, update].fate

    def said(self) -> list[tuple[int, str]]:
        owed = self.units.tables.outbox.values()
        return [(one.row.lane, one.row.payload["params"]["text"]) for one in owed]


@pytest.fixture
def house(units, clock) -> House:
    return House(units, clock)


async def test_effects_answer_and_done_come_together(house):
    await house.receives(message(1, "你好"))

    await house.works()

    assert house.units.tables.residents[42].name == "你好"
    assert house.said() == [(42, "你好")]
    assert house.fate(1) is Fate.DONE
    assert await house.owed.heard(0)


async def test_a_batch_that_takes_long_is_committed_and_the_rest_has_another(units, clock):
    house = House(units, clock, seconds=count().__next__)
    await house.receives(message(1, "一"), message(2, "二", chat=GROUP))

    first = await house.worker.batch()

    assert (first, house.fate(1), house.fate(2)) == (1, Fate.DONE, Fate.NEW)
    assert await house.worker.batch() == 1


async def test_a_returned_method_is_said_after_the_awaited_ones(house):
    await house.receives(message(1, "两"))

    await house.works()

    assert house.said() == [(42, "一"), (42, "两")]


@pytest.mark.parametrize("trouble", [LegMoved(leg=1), RaisedAlready(draft_id="d")])
async def test_whoever_was_overtaken_tries_again_at_once(house, trouble):
    house.troubles += [trouble, trouble]
    await house.receives(message(1, "你好"))

    assert await house.worker.batch() == 1

    assert house.said() == [(42, "你好")]
    assert house.units.tables.inbox[7, 1].attempts == 0


@pytest.mark.parametrize("trouble", [InEachOthersWay(), StoreLost()])
async def test_an_update_is_not_blamed_for_the_store(house, trouble):
    await house.receives(message(1, "你好"))
    for _ in range(6):
        house.troubles.append(trouble)
        with pytest.raises(type(trouble)):
            await house.worker.batch()

    await house.works()

    assert house.said() == [(42, "你好")]
    assert house.units.tables.inbox[7, 1].attempts == 0


async def test_updates_of_a_lane_take_effect_in_order(house):
    await house.receives(message(3, "三"), message(1, "一"), message(2, "二"))

    await house.works()

    assert house.said() == [(42, "一"), (42, "二"), (42, "三")]


async def test_lanes_share_a_batch(house):
    await house.receives(message(1, "一"), message(2, "二", chat=GROUP), message(3, "三"))

    handled = await house.worker.batch()

    assert handled == 2
    assert house.said() == [(42, "一"), (-1001, "二")]


async def test_an_update_that_raises_leaves_nothing_behind(house):
    await house.receives(message(1, "坏"))

    await house.works()

    assert house.units.tables.residents == {}
    assert house.said() == []
    assert house.fate(1) is Fate.NEW


async def test_a_poison_update_is_buried_after_five_tries_and_its_lane_goes_on(house):
    await house.receives(message(1, "坏"), message(2, "还在"), message(3, "别人", chat=GROUP))

    await house.works()
    assert house.said() == [(-1001, "别人")]
    for seconds in (1, 5, 30, 120):
        house.clock.pass_(seconds)
        await house.works()

    assert house.fate(1) is Fate.DEAD
    assert house.said() == [(-1001, "别人"), (42, "还在")]


async def test_a_poison_update_is_logged_by_its_class_and_place_only(house):
    await house.receives(message(1, "坏", date="yesterday"), message(2, "坏"))

    with capture_logs() as told:
        await house.works()

    assert [line["event"] for line in told] == ["update_undecodable", "update_failed"]
    assert told[1]["error"] == "Bad"
    assert "坏" not in str(told)


async def test_an_update_of_an_unknown_kind_is_ignored(house):
    await house.receives({"update_id": 1, "brand_new": {"a": 1}})

    await house.works()

    assert house.fate(1) is Fate.IGNORED


async def test_an_update_nobody_can_decode_is_set_aside_at_once_and_its_lane_goes_on(house):
    await house.receives(message(1, date="yesterday"), message(2, "还在"))

    await house.works()

    assert house.fate(1) is Fate.DEAD
    assert house.units.tables.inbox[7, 1].error == "Undecodable"
    assert house.said() == [(42, "还在")]


async def test_a_tap_is_answered_after_the_commit(house):
    await house.receives(tap(1))

    await house.works()

    assert [answer.params["text"] for answer in house.answered] == ["谢谢"]
    assert house.fate(1) is Fate.DONE


async def test_an_update_offered_twice_is_handled_once(house):
    await house.receives(message(1, "一"))
    await house.works()

    await house.receives(message(1, "一"))
    await house.works()

    assert house.said() == [(42, "一")]


class Brittle(MemoryUnits):
    """A store whose commit fails whenever 坏 was handled: no savepoint can help."""

    @asynccontextmanager
    async def begin(self):
        async with super().begin() as work:
            yield work
            if any("默" in resident.name for resident in self.tables.residents.values()):
                raise OSError("cannot commit this")


async def test_an_update_that_breaks_the_commit_is_found_and_set_apart(clock):
    house = House(Brittle(), clock)
    await house.receives(message(1, "默"), message(2, "别人", chat=GROUP))

    for _ in range(2):
        with pytest.raises(OSError, match="cannot commit"):
            await house.worker.batch()
    await house.works()

    assert house.said() == [(-1001, "别人")]
    assert house.units.tables.inbox[7, 1].attempts == 1
