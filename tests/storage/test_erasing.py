"""A person is forgotten in every table, and the chain holds (row 43, S12, I24)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import create_engine, text

from core.call import ERASED, NewCall
from core.desk import Desk
from core.erasing import Erasure
from core.lifecycle import Action
from core.outgoing import Kind
from core.people import Actor
from storage.aside import looking
from storage.audit import verify
from storage.replaying import replay
from tests.builders import LIN, NOON, a_message, an_entry, an_update
from tests.core.playing import COMMUNITY, LAMP, LI, MONDAY, Stage, liwan, words
from tests.core.playing import LIN as CALLER

pytestmark = pytest.mark.security("S12")
SECRET = "林阿姨的门牌三零七"


async def _lived(units) -> Stage:
    """Lin's lamp is answered and closed; she follows nothing, and a gas leak of hers is open."""
    stage = await Stage(units).set_up()
    async with units.begin() as work:
        desk = Desk(work, liwan())
        await desk.consent(by=CALLER, now=MONDAY)
        await work.inbox.insert([an_update(1, lane=LIN, body=f'{{"text":"{SECRET}"}}')], now=NOON)
        await work.outbox.put(a_message(SECRET, lane=LIN), now=NOON)
    call = await stage.raised()
    async with units.begin() as work:
        kept = await work.calls.get(call.id)
        await work.calls.save(replace(kept, details=SECRET, phone="13812345678"))
        await work.journal.add(
            an_entry(call_id=call.id, leg_id=(await work.legs.of_call(call.id))[0].id,
                     action=Action.ADD, actor=LIN, actor_name="林阿姨", pieces=words(SECRET))
        )  # fmt: skip
    return stage


async def _erased(units):
    async with units.begin() as work:
        return await Desk(work, liwan()).erase_own(by=CALLER, now=MONDAY)


async def test_an_open_call_is_withdrawn_and_every_word_is_gone(units):
    await _lived(units)

    told = await _erased(units)

    assert (told.calls, told.waiting) == (1, ())
    async with units.read() as work:
        (call,) = [await work.calls.by_number("LW-260615-0001")]
        entries = await work.journal.of_call(call.id)
        assert await work.people.resident(LIN) is None
        assert await work.calls.of_caller(LIN, 9) == []
        assert await work.conversations.get(LIN) is None
        assert (await work.acts.latest(1))[0].facts == {"calls": 1, "waiting": 0}
    assert (call.caller, call.caller_name, call.phone, call.details) == (ERASED, "", "", "")
    assert call.erased and call.closed_at
    assert (call.number, call.item, call.community) == ("LW-260615-0001", LAMP, "440103006114")
    assert not any(entry.pieces for entry in entries)
    assert LIN not in {entry.actor for entry in entries}
    assert entries[-1].action is Action.ERASE


async def test_nothing_she_said_is_found_in_any_column(store):
    await _lived(store)
    await _erased(store)

    assert _found(store, SECRET) == []
    assert _found(store, "林阿姨") == []
    assert _found(store, "13812345678") == []
    # Her account number stays on the list, and in rows that say only that something was sent.
    assert set(_found(store, str(LIN), whole=True)) == {"erasures", "inbox", "outbox"}


async def test_the_chain_holds_and_says_how_many_were_erased(store):
    await _lived(store)
    async with store.begin() as work:
        seal = await work.acts.seal(NOON)
    await _erased(store)

    report = _proved(store, seal.hash)

    assert report.faults == []
    assert report.erased >= 2


async def test_words_blanked_without_an_erasure_are_found_out(store):
    await _lived(store)
    blank = "UPDATE journal SET salt = '', pieces = '[]' WHERE agency IS NULL AND actor IS NULL"
    engine = create_engine(store.address)
    with engine.begin() as connection:
        connection.execute(text(blank))
    engine.dispose()

    assert {found.fault for found in _proved(store).faults} >= {"words_gone"}


async def test_where_somebody_may_be_in_danger_it_goes_on_without_a_name(units):
    stage = await Stage(units).set_up()
    call = await stage.raised(danger=True)

    told = await _erased(units)

    assert told.waiting == (call.number,)
    now = (await stage.call(call)).call
    assert (now.caller, now.caller_name) == (ERASED, "")
    assert now.words == "楼下的路灯不亮"
    assert now.closed_at is None


async def test_what_went_on_is_emptied_once_it_is_closed(units):
    stage = await Stage(units).set_up()
    call = await stage.raised(danger=True)
    await _erased(units)
    async with units.begin() as work:
        await work.calls.save(replace(await work.calls.get(call.id), closed_at=MONDAY))

    await stage.tick(MONDAY + timedelta(minutes=1))

    assert (await stage.call(call)).call.erased
    async with units.read() as work:
        assert await work.erasing.unfinished() == []
        (erasure,) = await work.erasing.all()
    assert erasure.calls == (call.id,)


async def test_what_another_resident_said_stays_theirs(units):
    stage = await Stage(units).set_up()
    call = await stage.raised()
    wang = Actor(1002, "王叔")
    async with stage.desk() as desk:
        await desk.consent(by=wang, now=MONDAY)
        await desk.support(call.id, pieces=words("我家也是"), by=wang, now=MONDAY)

    told = await _erased(units)

    assert told.waiting == (call.number,)
    entries = (await stage.call(call)).entries
    assert "我家也是" in {piece.text for entry in entries for piece in entry.pieces}


async def test_a_ban_outlives_an_erasure_without_the_name(units):
    stage = await Stage(units).set_up()
    until = MONDAY + timedelta(days=7)
    async with stage.desk() as desk:
        resident = await desk.consent(by=CALLER, now=MONDAY)
        await desk.work.people.save_resident(replace(resident, banned_until=until))

    await _erased(units)

    async with units.read() as work:
        left = await work.people.resident(LIN)
    assert (left.name, left.banned_until) == ("", until)


def _proved(store, head=""):
    with looking(store.address.render_as_string(hide_password=False)) as connection:
        return verify(connection, head)


def _found(store, needle: str, *, whole: bool = False) -> list[str]:
    """Tables that hold this anywhere, as text; a number `whole`, as hashes have its digits."""
    escaped = needle.encode("unicode_escape").decode()
    spelt = rf"\b{needle}\b" if whole else f"{re.escape(needle)}|{re.escape(escaped)}"
    sought = re.compile(spelt)
    engine = create_engine(store.address)
    found = []
    with engine.connect() as connection:
        from sqlalchemy import inspect

        for name in inspect(connection).get_table_names():
            rows = connection.execute(text(f'SELECT * FROM "{name}"')).all()
            if any(sought.search(str(row)) for row in rows):
                found.append(name)
    engine.dispose()
    return found


WANG = Actor(1002, "王叔")


async def _said_elsewhere(units) -> Stage:
    """Lin stands by Wang's lamp, and a second call of hers went into it."""
    stage = await Stage(units).set_up()
    new = NewCall("Wang's", LAMP, COMMUNITY, words("巷口的灯不亮"))
    async with stage.desk() as desk:
        for who in (CALLER, WANG):
            await desk.consent(by=who, now=MONDAY)
        wangs = await desk.raise_call(new, by=WANG, now=MONDAY)
        await desk.support(wangs.id, pieces=words(f"{SECRET}也不亮"), by=CALLER, now=MONDAY)
        lins = NewCall("Lin's", LAMP, COMMUNITY, words(f"{SECRET}门口"))
        merged = await desk.raise_call(lins, by=CALLER, now=MONDAY)
        (leg,) = await desk.work.legs.of_call(merged.id)
        await desk.merge(leg.id, into=wangs.id, by=LI, now=MONDAY)
    return stage


async def test_what_she_said_on_the_call_of_another_goes_as_well(store):
    stage = await _said_elsewhere(store)
    assert sorted(_found(store, SECRET)) == ["calls", "journal"]

    await _erased(store)

    assert _found(store, SECRET) == []
    assert _found(store, "林阿姨") == []
    async with store.begin() as work:
        seal = await work.acts.seal(NOON)
    assert _proved(store, seal.hash).faults == []
    assert stage


async def test_the_call_of_the_other_goes_on_with_the_others_words(units):
    stage = await _said_elsewhere(units)

    await _erased(units)

    async with units.read() as work:
        wangs = await work.calls.by_number("LW-260615-0001")
        entries = await work.journal.of_call(wangs.id)
    assert (wangs.caller, wangs.words, wangs.closed_at) == (WANG.account, "巷口的灯不亮", None)
    assert [e.action for e in entries if e.actor == LIN] == []
    assert [e.pieces for e in entries if e.action in (Action.SUPPORT, Action.JOINED)] == [(), ()]
    assert entries[-1].action is Action.ERASE
    assert stage


async def test_groups_that_were_told_it_are_told_to_forget_it(units):
    stage = await _said_elsewhere(units)
    told = {
        row.payload["entry"]: row.id
        for row in await stage.owed()
        if row.kind is Kind.NOTICE and row.lane < 0
    }

    await _erased(units)

    stubs = [row for row in await stage.owed() if row.kind is Kind.STUB]
    async with units.read() as work:
        wangs = await work.calls.by_number("LW-260615-0001")
        entries = await work.journal.of_call(wangs.id)
    hers = [e.id for e in entries if e.action in (Action.SUPPORT, Action.JOINED)]
    assert {told[entry] for entry in hers} <= {row.payload["message"] for row in stubs}


async def test_what_went_on_unnamed_and_is_merged_later_is_emptied_in_both_places(units):
    stage = await Stage(units).set_up()
    new = NewCall("Wang's", LAMP, COMMUNITY, words("巷口的灯不亮"))
    async with stage.desk() as desk:
        wangs = await desk.raise_call(new, by=WANG, now=MONDAY)
        lins = NewCall("Lin's", LAMP, COMMUNITY, words(f"{SECRET}门口"))
        merged = await desk.raise_call(lins, by=CALLER, now=MONDAY)
        await desk.support(merged.id, pieces=words("我也是"), by=Actor(1003, "何伯"), now=MONDAY)
    await _erased(units)
    async with stage.desk() as desk:
        (leg,) = await desk.work.legs.of_call(merged.id)
        await desk.merge(leg.id, into=wangs.id, by=LI, now=MONDAY)

    await stage.tick(MONDAY + timedelta(minutes=1))

    async with units.read() as work:
        entries = await work.journal.of_call(wangs.id)
    assert [e.pieces for e in entries if e.action is Action.JOINED] == [()]
    assert (await stage.call(merged)).call.erased


async def test_a_restored_backup_forgets_what_was_said_elsewhere_too(store):
    """As of before the erasure: the list is applied again, and the chain holds."""
    await _said_elsewhere(store)
    engine = create_engine(store.address)

    with engine.begin() as connection:
        replay(connection, [Erasure(LIN, MONDAY + timedelta(days=1))])
    engine.dispose()

    assert _found(store, SECRET) == []
    assert _proved(store).faults == []
