"""What was kept long enough goes at night, the shortest kept first; figures stay (S12)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.desk import Desk
from core.erasing import Erasure
from core.outgoing import Settled, State
from core.retiring import limits_of, retire
from storage.aside import looking
from storage.audit import verify
from tests.builders import LIN, a_message, an_update
from tests.core.playing import LIN as CALLER
from tests.core.playing import MONDAY, Stage, liwan

pytestmark = pytest.mark.security("S12")
AT_THREE = MONDAY.replace(hour=19)  # 03:00 in Guangzhou
YEARS = timedelta(days=1096)


async def _full(units):
    """An update, a message and a closed call of the same moment, and an erasure on the list."""
    stage = await Stage(units).set_up()
    call = await stage.raised()
    async with units.begin() as work:
        await work.inbox.insert([an_update(1, lane=LIN, body='{"text":"漏水"}')], now=MONDAY)
        await work.outbox.put(a_message("您好", lane=LIN), now=MONDAY)
        await work.erasing.note(Erasure(77, MONDAY))
        await Desk(work, liwan()).withdraw(call.id, by=CALLER, now=MONDAY)
    async with units.begin() as work:
        (row,) = await work.inbox.ready(now=MONDAY, limit=1, busy=())
        await work.inbox.done(row)
        rows = await work.outbox.claim(now=MONDAY, limit=50, busy=())
        await work.outbox.settle(*(Settled(r.id, State.SENT) for r in rows), now=MONDAY)
    return stage, call


async def test_the_shortest_kept_goes_first(units):
    _, call = await _full(units)

    gone = await retire(units, liwan(), now=AT_THREE + timedelta(days=15))

    assert gone["updates"] == 1
    assert gone["messages"] == 0
    assert gone["calls"] == 0
    async with units.read() as work:
        assert (await work.calls.get(call.id)).words == "楼下的路灯不亮"


async def test_in_the_end_words_go_and_numbers_stay(units):
    _, call = await _full(units)

    gone = await retire(units, liwan(), now=AT_THREE + YEARS)

    assert gone["calls"] == 1
    async with units.read() as work:
        kept = await work.calls.get(call.id)
        assert kept.erased
        assert (kept.number, kept.item) == (call.number, call.item)
        assert not any(entry.pieces for entry in await work.journal.of_call(call.id))
        assert await work.erasing.all() == []


async def test_the_chain_holds_when_words_have_gone_by_age(store):
    await _full(store)
    await retire(store, liwan(), now=AT_THREE + YEARS)

    with looking(store.address.render_as_string(hide_password=False)) as connection:
        assert verify(connection).faults == []


async def test_it_happens_once_a_night_and_never_by_day(units):
    await _full(units)
    later = AT_THREE + YEARS

    assert await retire(units, liwan(), now=later - timedelta(minutes=1)) == {}
    assert await retire(units, liwan(), now=later) != {}
    assert await retire(units, liwan(), now=later + timedelta(minutes=1)) == {}


async def test_what_has_no_row_in_the_sheet_is_kept(units):
    _, call = await _full(units)
    district = liwan()
    endless = replace(district, limits=replace(district.limits, counts={}))

    assert await retire(units, endless, now=AT_THREE + YEARS) == {}

    async with units.read() as work:
        assert (await work.calls.get(call.id)).pieces


async def test_what_would_go_is_counted_and_stays(units):
    _, call = await _full(units)

    async with units.read() as work:
        due = await work.retiring.due(limits_of(liwan().limits, MONDAY + YEARS))

    assert (due["updates"], due["calls"], due["erasures"]) == (1, 1, 1)
    assert due["messages"] >= 1
    async with units.read() as work:
        assert (await work.calls.get(call.id)).pieces
