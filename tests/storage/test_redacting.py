"""Words taken back are in no column, the chain holds, and it is written down who and when."""

from __future__ import annotations

import pytest

from core.desk import Desk
from core.errors import NotFound
from core.lifecycle import Action
from core.people import Actor
from core.redacting import GONE
from tests.builders import LIN, NOON, an_update
from tests.core.playing import LIN as CALLER
from tests.core.playing import MONDAY, Stage, liwan, words
from tests.storage.test_erasing import _found, _proved

pytestmark = pytest.mark.security("S12")
SECRET = "门牌三零七住着我妈"


async def _taken(units, *, by=CALLER):
    stage = await Stage(units).set_up()
    call = await stage.raised()
    body = f'{{"text":"{SECRET}"}}'
    async with units.begin() as work:
        desk = Desk(work, liwan())
        leg = (await work.legs.of_call(call.id))[0].id
        await desk.add(leg, words(SECRET), by=CALLER, now=MONDAY)
        await work.inbox.insert([an_update(1, lane=LIN, body=body)], now=NOON)
        (row,) = await work.inbox.ready(now=NOON, limit=1, busy=())
        await work.inbox.done(row)
    async with units.begin() as work:
        desk = Desk(work, liwan())
        own = await desk.own_words(call.id, by=by)
        await desk.take_back(call.id, own[-1].key, by=by, now=MONDAY)
    return call


async def test_the_words_of_an_entry_go_and_the_rest_stays(units):
    call = await _taken(units)

    async with units.read() as work:
        kept, entries = await work.calls.get(call.id), await work.journal.of_call(call.id)
    assert kept.words == "楼下的路灯不亮"
    assert not any(SECRET in piece.text for entry in entries for piece in entry.pieces)
    assert (entries[-1].action, entries[-1].actor, entries[-1].at) == (Action.ERASE, LIN, MONDAY)


async def test_a_piece_of_the_first_telling_leaves_its_place(units):
    call = await _taken(units)

    async with units.begin() as work:
        await Desk(work, liwan()).take_back(call.id, "p0", by=CALLER, now=MONDAY)

    async with units.read() as work:
        kept, entries = await work.calls.get(call.id), await work.journal.of_call(call.id)
    assert kept.pieces[0] == GONE
    assert not any(entry.pieces for entry in entries)


async def test_taking_back_twice_is_taking_back_once(units):
    call = await _taken(units)
    async with units.begin() as work:
        desk = Desk(work, liwan())
        await desk.take_back(call.id, "p0", by=CALLER, now=MONDAY)
        before = len(await work.journal.of_call(call.id))

        await desk.take_back(call.id, "p0", by=CALLER, now=MONDAY)

        assert len(await work.journal.of_call(call.id)) == before


async def test_nobody_takes_back_what_somebody_else_said(units):
    stage = await Stage(units).set_up()
    call = await stage.raised()

    async with units.begin() as work:
        with pytest.raises(NotFound):
            await Desk(work, liwan()).own_words(call.id, by=Actor(1002, "王叔"))


async def test_they_are_in_no_column_and_the_chain_holds(store):
    await _taken(store)

    assert _found(store, SECRET) == []
    report = _proved(store)
    assert report.faults == []
    assert report.erased == 1
