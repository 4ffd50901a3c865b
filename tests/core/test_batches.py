"""What is due together is done together, and one leg that cannot be moved delays no other."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from core.errors import LegMoved
from core.journal import Entry
from core.lifecycle import Action, Status
from core.watch import SET_ASIDE
from tests.core.playing import Stage

LATER = timedelta(minutes=61)


async def three_calls(units) -> tuple[Stage, list]:
    stage = await Stage(units).set_up()
    return stage, [await stage.raised(draft=f"d{n}") for n in range(3)]


async def nudges(stage: Stage, call) -> int:
    async with stage.units.read() as work:
        entries = await work.journal.of_call(call.id)
    return sum(entry.action is Action.NUDGE for entry in entries)


async def test_all_that_is_due_is_reminded_of_once(units):
    stage, calls = await three_calls(units)

    done = [await stage.tick(stage.now + LATER), await stage.tick(stage.now)]

    assert done == [3, 0]
    assert [await nudges(stage, call) for call in calls] == [1, 1, 1]


async def test_a_leg_that_cannot_be_moved_delays_no_other(units):
    stage, calls = await three_calls(units)
    broken = await stage.leg(calls[1])
    async with units.begin() as work:
        await work.legs.save(replace(broken, status=Status.ON_HOLD))

    await stage.tick(stage.now + LATER)

    async with units.read() as work:
        aside = await work.legs.get(broken.id)
    assert aside.next_due == stage.now + SET_ASIDE
    assert [await nudges(stage, call) for call in calls] == [1, 0, 1]


async def test_what_was_foreseen_is_forgotten_where_it_is_undone(units):
    stage, _ = await three_calls(units)
    async with units.begin() as work:
        legs = await work.legs.due(stage.now + LATER, 9)
        await work.foresee(legs)
        try:
            async with work.savepoint():
                await work.legs.save(replace(legs[0], nudges=7))
                raise ZeroDivisionError
        except ZeroDivisionError:
            found = await work.legs.get(legs[0].id)

    assert (found.nudges, found.revision) == (0, legs[0].revision)


async def test_a_saved_leg_is_the_one_that_is_known(units):
    stage, _ = await three_calls(units)
    async with units.begin() as work:
        legs = await work.legs.due(stage.now + LATER, 9)
        await work.foresee(legs)
        saved = await work.legs.save(replace(legs[0], nudges=7))
        call = await work.calls.get(saved.call_id)
        await work.calls.save(replace(call, details="二楼"))

        assert await work.legs.get(saved.id) == saved
        assert (await work.calls.get(call.id)).details == "二楼"


async def test_what_a_batch_wrote_is_seen_by_whoever_asks_within_it(units):
    stage, calls = await three_calls(units)
    async with units.begin() as work:
        legs = await work.legs.due(stage.now + LATER, 9)
        await work.foresee(legs)
        async with work.savepoint():
            saved = [await work.legs.save(replace(leg, nudges=7)) for leg in legs]
            entries = [await work.journal.add(noted(leg)) for leg in legs]

            assert await work.legs.of_call(calls[0].id) == saved[:1]
            assert [await work.journal.get(one.id) for one in entries] == entries
        after = await work.journal.add(noted(legs[0]))

    assert after.id > max(entry.id for entry in entries)


async def test_a_batch_that_is_undone_has_written_nothing(units):
    stage, calls = await three_calls(units)
    async with units.begin() as work:
        legs = await work.legs.due(stage.now + LATER, 9)
        await work.foresee(legs)
        with suppress(ZeroDivisionError):
            async with work.savepoint():
                await work.legs.save(replace(legs[0], nudges=7))
                await work.journal.add(noted(legs[0]))
                raise ZeroDivisionError

    assert (await stage.leg(calls[0])).nudges == 0
    assert await nudges(stage, calls[0]) == 0


async def test_a_leg_is_not_saved_twice_from_one_look_in_a_batch(units):
    stage, _ = await three_calls(units)
    async with units.begin() as work:
        legs = await work.legs.due(stage.now + LATER, 9)
        await work.foresee(legs)
        with pytest.raises(LegMoved):
            async with work.savepoint():
                await work.legs.save(replace(legs[0], nudges=7))
                await work.legs.save(replace(legs[0], nudges=8))


async def test_what_a_leg_becomes_in_several_steps_of_a_batch_is_what_is_kept(units):
    stage, calls = await three_calls(units)
    async with units.begin() as work:
        legs = await work.legs.due(stage.now + LATER, 9)
        await work.foresee(legs)
        async with work.savepoint():
            for leg, *steps in (
                (legs[0], {"nudges": 7}, {"red": True, "next_due": None}),
                (legs[1], {"red": True, "next_due": None}, {"nudges": 7}),
                (legs[2], {"nudges": 7}, {"nudges": 0, "signed_by": "李敏"}),
            ):
                for step in steps:
                    leg = await work.legs.save(replace(leg, **step))

    kept = [await stage.leg(call) for call in calls]
    assert [(leg.nudges, leg.red, leg.signed_by, leg.next_due) for leg in kept] == [
        (7, True, "", None),
        (7, True, "", None),
        (0, False, "李敏", legs[2].next_due),
    ]
    assert [leg.revision for leg in kept] == [leg.revision + 2 for leg in legs]


def noted(leg) -> Entry:
    facts = {"clock": "sign", "stage": "near", "times": 1}
    return Entry(0, leg.call_id, leg.id, Action.NUDGE, leg.next_due, None, "", facts=facts)
