"""The journal: append only, and whoever changes it behind our back is found out (I23)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta, timezone

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError

from core.call import Medium, Origin, Piece
from core.errors import NotFound
from core.lifecycle import Action, Status
from storage.aside import looking
from storage.audit import Report, verify
from tests.builders import LIN, NOON, STREET, a_call, an_entry, words

GUANGZHOU = timezone(timedelta(hours=8))
ALLOW = {
    "sqlite": "DROP TRIGGER journal_{act}",
    "postgresql": "ALTER TABLE journal DISABLE TRIGGER journal_{act}",
}
CHANGES = [
    "UPDATE journal SET actor_name = 'nobody' WHERE id = (SELECT min(id) + 1 FROM journal)",
    "UPDATE journal SET facts = '{\"stars\":5}' WHERE id = (SELECT min(id) + 1 FROM journal)",
    "DELETE FROM journal WHERE id = (SELECT min(id) + 1 FROM journal)",
]


async def _written(units, entries=3):
    async with units.begin() as work:
        call = await work.calls.add(a_call())
        return [
            await work.journal.add(an_entry(call_id=call.id, pieces=words(f"第{n}句 😀")))
            for n in range(entries)
        ]


async def test_an_entry_comes_back_as_it_was_written(units):
    async with units.begin() as work:
        call = await work.calls.add(a_call())
        entry = an_entry(
            call_id=call.id,
            action=Action.RETURN,
            agency=STREET,
            before=Status.DISPATCHED,
            after=Status.RETURN_REVIEW,
            facts={"clause": "第三条", "n": [1, 2.5, None]},
            pieces=(Piece(Medium.PHOTO, "看", file="AgAC"),),
            origin=Origin(-(2**40), 9),
        )
        kept = await work.journal.add(entry)

        assert kept == replace(entry, id=kept.id)
        assert await work.journal.get(kept.id) == kept


async def test_an_entry_nobody_wrote_is_not_found(units):
    async with units.begin() as work:
        with pytest.raises(NotFound):
            await work.journal.get(99)


async def test_the_entries_of_a_call_come_in_the_order_they_were_written(units):
    entries = await _written(units)
    async with units.begin() as work:
        other = await work.calls.add(a_call(draft_id="other"))
        await work.journal.add(an_entry(call_id=other.id, actor=LIN))

        assert await work.journal.of_call(entries[0].call_id) == entries


@pytest.mark.parametrize("change", CHANGES)
async def test_the_journal_refuses_to_be_changed(store, change):
    await _written(store)

    with pytest.raises(DBAPIError, match="append only"):
        await _behind_our_back(store, change)


async def test_an_untouched_journal_holds_together(store):
    entries = await _written(store)

    assert entries
    assert proved(store).faults == []


@pytest.mark.parametrize("change", CHANGES)
async def test_a_change_behind_our_back_is_found_out(store, change):
    entries = await _written(store)
    dialect = store.address.get_backend_name()
    act = change.split()[0]
    await _behind_our_back(store, ALLOW[dialect].format(act=act.lower()), change)

    broken = [found.id for found in proved(store).faults]

    assert broken == [entries[2 if act == "DELETE" else 1].id]


async def test_an_instant_is_hashed_as_what_it_is_not_as_it_was_said(store):
    entries = await _written(store)
    async with store.begin() as work:
        await work.journal.add(an_entry(call_id=entries[0].call_id, at=NOON.astimezone(GUANGZHOU)))

    assert proved(store).faults == []


def proved(store, head="") -> Report:
    with looking(store.address.render_as_string(hide_password=False)) as connection:
        return verify(connection, head)


async def _behind_our_back(store, *statements):
    back_door = create_engine(store.address)
    try:
        with back_door.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
    finally:
        back_door.dispose()
