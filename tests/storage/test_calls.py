"""Calls and legs: one draft one call, compare-and-set, and every order a board relies on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from core.agency import Point
from core.call import Medium, NameShown, Piece
from core.catalogue import Urgency
from core.errors import LegMoved, NotFound, RaisedAlready
from core.intent import Intent
from core.lifecycle import Outcome, Status
from core.rating import Conclusion, Verdict
from tests.builders import COMMUNITY, HOUR, LIN, STREET, a_call, a_leg, a_rating, words
from tests.builders import NOON as NOW

GUANGZHOU = timezone(timedelta(hours=8))
FAMILY = "👨‍👩‍👧‍👦𠮷野家🏳️‍🌈"


@pytest.fixture
async def work(units):
    async with units.begin() as opened:
        yield opened


async def test_a_call_comes_back_as_it_was_told(work):
    pieces = (
        Piece(Medium.WORDS, f"路灯不亮 {FAMILY}"),
        Piece(Medium.PHOTO, "看", file="AgAC", album="7"),
        Piece(Medium.PLACE, point=Point(23.1, 113.2)),
    )
    told = a_call(
        pieces=pieces,
        point=Point(23.125, 113.25),
        caller_name=FAMILY,
        danger=True,
        intent=Intent.CONSULT,
        urgency=Urgency.CONSULT,
    )

    kept = await work.calls.add(told)

    assert kept == replace(told, id=kept.id)
    assert await work.calls.get(kept.id) == kept


async def test_a_draft_becomes_one_call(work):
    first = await work.calls.add(a_call(draft_id="same", number="LW-1"))

    with pytest.raises(RaisedAlready):
        await work.calls.add(a_call(draft_id="same", number="LW-2"))
    assert await work.calls.by_draft("same") == first
    assert await work.calls.by_draft("other") is None


async def test_a_number_is_found_however_it_is_typed(work):
    call = await work.calls.add(a_call(number="LW-260615-0037"))

    assert await work.calls.by_number(" lw-260615-0037") == call
    assert await work.calls.by_number("LW-260615-0038") is None


async def test_a_call_nobody_raised_is_not_found(work):
    with pytest.raises(NotFound):
        await work.calls.get(99)
    with pytest.raises(NotFound):
        await work.calls.save(a_call(id=99))


async def test_saving_a_call_keeps_what_may_change_and_nothing_else(work):
    call = await work.calls.add(a_call())
    changed = replace(call, urged_at=NOW, closed_at=NOW + HOUR, name_shown=NameShown.SHOWN)

    await work.calls.save(replace(changed, danger=True))

    assert await work.calls.get(call.id) == changed


async def test_somebodys_calls_are_listed_newest_first(work):
    one, two, three = [await work.calls.add(a_call(draft_id=f"d{n}")) for n in range(3)]
    await work.calls.add(a_call(draft_id="of somebody else", caller=LIN + 1))
    await work.calls.save(replace(two, closed_at=NOW))

    assert [call.id for call in await work.calls.of_caller(LIN, 2)] == [three.id, two.id]
    assert [call.id for call in await work.calls.open_of_caller(LIN)] == [three.id, one.id]


async def test_numbers_count_from_one_each_day(work):
    today, tomorrow = NOW.date(), NOW.date() + timedelta(days=1)

    assert [await work.calls.next_in_day(day) for day in (today, today, tomorrow)] == [1, 2, 1]


async def test_an_account_wider_than_32_bits_is_kept(work):
    call = await work.calls.add(a_call(caller=2**40 + 7))

    assert (await work.calls.of_caller(2**40 + 7, 5))[0] == call


async def test_an_instant_comes_back_in_utc_whatever_zone_it_was_said_in(work):
    call = await work.calls.add(a_call(raised_at=datetime(2026, 1, 1, 0, 30, 0, 7, GUANGZHOU)))

    raised_at = (await work.calls.get(call.id)).raised_at

    assert raised_at == datetime(2026, 1, 1, 0, 30, 0, 7, GUANGZHOU)
    assert raised_at.tzinfo is not None


async def test_a_leg_comes_back_with_its_clocks_and_its_end(work):
    call = await work.calls.add(a_call())
    leg = a_leg(
        call_id=call.id,
        caller_agency=STREET,
        sign_due=NOW + HOUR,
        signed_by="李敏",
        conclusion=Conclusion.PARTLY,
        outcome=Outcome.SOLVED,
        rework=2,
    )

    kept = await work.legs.add(leg)

    assert kept == replace(leg, id=kept.id)
    assert await work.legs.get(kept.id) == kept
    assert await work.legs.of_call(call.id) == [kept]


async def test_legs_of_several_calls_are_found_together_oldest_first(work):
    one, two, three = [
        await work.calls.add(a_call(draft_id=f"draft-{n}", number=f"LW-{n}")) for n in range(3)
    ]
    first, second, third = [
        await work.legs.add(a_leg(call_id=call.id)) for call in (two, one, two)
    ]
    await work.legs.add(a_leg(call_id=three.id))

    assert await work.legs.of_calls([one.id, two.id]) == [first, second, third]
    assert list(await work.legs.of_calls([])) == []


async def test_a_leg_nobody_opened_is_not_found(work):
    with pytest.raises(NotFound):
        await work.legs.get(99)


async def test_of_two_who_saw_the_same_leg_the_second_to_save_is_refused(work):
    call = await work.calls.add(a_call())
    seen = await work.legs.add(a_leg(call_id=call.id))

    saved = await work.legs.save(replace(seen, status=Status.IN_PROGRESS))

    assert saved.revision == seen.revision + 1
    with pytest.raises(LegMoved):
        await work.legs.save(replace(seen, status=Status.CLOSED))
    assert await work.legs.get(seen.id) == saved


async def test_open_legs_of_an_agency_are_listed_the_earliest_due_first(work):
    call = await work.calls.add(a_call())
    never, late, soon = [
        await work.legs.add(a_leg(call_id=call.id, finish_due=due))
        for due in (None, NOW + 2 * HOUR, NOW + HOUR)
    ]
    await work.legs.add(a_leg(call_id=call.id, status=Status.CLOSED, finish_due=NOW))
    await work.legs.add(a_leg(call_id=call.id, agency=STREET, finish_due=NOW))

    assert await work.legs.open_of(COMMUNITY, 9) == [soon, late, never]
    assert await work.legs.open_of(COMMUNITY, 1) == [soon]
    assert await work.legs.open_count(COMMUNITY) == 3


async def test_legs_whose_time_has_come_are_listed_earliest_first(work):
    call = await work.calls.add(a_call())
    now, before, _, _ = [
        await work.legs.add(a_leg(call_id=call.id, next_due=due))
        for due in (NOW, NOW - HOUR, NOW + HOUR, None)
    ]

    assert await work.legs.due(NOW, 9) == [before, now]
    assert await work.legs.due(NOW, 1) == [before]


async def test_a_round_is_rated_once(work):
    call = await work.calls.add(a_call())
    leg = await work.legs.add(a_leg(call_id=call.id))
    first, again = a_rating(leg_id=leg.id), a_rating(leg_id=leg.id, stars=1)
    second = a_rating(leg_id=leg.id, round=2, verdict=Verdict.PARTLY, words=FAMILY)

    kept = [await work.ratings.add(rating) for rating in (second, first, again)]

    assert kept == [True, True, False]
    assert await work.ratings.of_leg(leg.id) == [first, second]


async def test_words_with_quotes_and_line_ends_are_only_words(work):
    said = '\'; DROP TABLE calls; --\r\n\t"%s" :name ?'

    call = await work.calls.add(a_call(pieces=words(said), address=said))

    assert (await work.calls.get(call.id)).words == said
