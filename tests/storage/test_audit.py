"""Whoever changes what was written is found out, day after day (I23, S18)."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import create_engine, text

from core.acts import Deed, act_of
from core.journal import forgotten
from core.lifecycle import Action
from storage.aside import looking
from storage.audit import Fault, lines, verify
from tests.builders import LIN, NOON, STREET, a_call, an_entry, words
from tests.core.playing import SU

pytestmark = pytest.mark.security("S18")
FREE = {
    "sqlite": ("DROP TRIGGER {table}_{act}",),
    "postgresql": ("ALTER TABLE {table} DISABLE TRIGGER {table}_{act}",),
}
OWN = "SELECT id FROM journal ORDER BY id LIMIT 1 OFFSET 1"
COLUMNS = (
    "call_id, leg_id, action, at, actor, actor_name, agency, before, after, facts, pieces,"
    " origin_chat, origin_message, prev_hash, hash, salt, digest"
)
TAMPERING = {
    "an edited row": ("UPDATE journal SET actor_name = '某人' WHERE id = ({own})", Fault.CHANGED),
    "an edited step": ("UPDATE journal SET action = 'urge' WHERE id = ({own})", Fault.CHANGED),
    "a deleted row": ("DELETE FROM journal WHERE id = ({own})", Fault.OUT_OF_LINE),
    "an inserted row": (
        f"INSERT INTO journal (id, {COLUMNS}) SELECT 900, {COLUMNS}"
        " FROM journal WHERE id = ({own})",
        Fault.OUT_OF_LINE,
    ),
    "a moved row": ("UPDATE journal SET id = 900 WHERE id = ({own})", Fault.OUT_OF_LINE),
    "a cut tail": (
        "DELETE FROM journal WHERE id = (SELECT max(id) FROM journal)",
        Fault.SEAL_BROKEN,
    ),
    "an edited act": ("UPDATE acts SET subject = '4401'", Fault.CHANGED),
    "a cut act": ("DELETE FROM acts", Fault.SEAL_BROKEN),
    "a cut seal": ("DELETE FROM seals", Fault.HEAD_UNKNOWN),
}  # fmt: skip


async def _a_day(store, now=NOON):
    """Three entries of one call, one of another, an act, and the seal of the day."""
    async with store.begin() as work:
        one = await work.calls.add(a_call(draft_id=f"one {now}", number=f"LW-1-{now:%d}"))
        other = await work.calls.add(a_call(draft_id=f"two {now}", number=f"LW-2-{now:%d}"))
        for call in (one, one, one, other):
            await work.journal.add(an_entry(call_id=call.id, actor=LIN, pieces=words("漏水 😀")))
        await work.acts.add(act_of(Deed.BOUND, STREET, by=SU, now=now))
        return await work.acts.seal(now)


def _behind(store, *statements):
    engine = create_engine(store.address)
    try:
        with engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))
    finally:
        engine.dispose()


def _proved(store, head=""):
    with looking(store.address.render_as_string(hide_password=False)) as connection:
        return verify(connection, head)


async def test_two_days_that_nobody_touched_are_proved(store):
    first, second = await _a_day(store), await _a_day(store, NOON + timedelta(days=1))

    report = _proved(store, first.hash)

    assert report.faults == []
    assert (report.entries, report.acts, report.seals) == (8, 2, 2)
    assert (second.entries, second.acts) == (8, 2)
    assert report.last == second


@pytest.mark.parametrize("case", TAMPERING)
async def test_what_was_changed_behind_our_back_is_found(store, case):
    seal = await _a_day(store)
    change, fault = TAMPERING[case]
    act = change.split()[0]
    table = next(name for name in ("journal", "acts", "seals") if name in change.split("WHERE")[0])
    freed = [
        s.format(table=table, act=act.lower()) for s in FREE[store.address.get_backend_name()]
    ]
    freed = freed if act != "INSERT" else []
    _behind(store, *freed, change.format(own=OWN))

    faults = {found.fault for found in _proved(store, seal.hash).faults}

    assert fault in faults


@pytest.mark.parametrize("table", ["journal", "acts", "seals"])
@pytest.mark.parametrize("act", ["UPDATE {table} SET hash = ''", "DELETE FROM {table}"])
async def test_the_database_itself_refuses_to_change_what_was_written(store, table, act):
    await _a_day(store)

    with pytest.raises(Exception, match="append only"):
        _behind(store, act.format(table=table))


async def test_a_seal_twice_over_nothing_new_changes_nothing_but_is_another_head(store):
    first = await _a_day(store)
    async with store.begin() as work:
        again = await work.acts.seal(NOON + timedelta(hours=1))

    assert (again.entry, again.entries) == (first.entry, first.entries)
    assert again.hash != first.hash
    assert _proved(store, again.hash[:16]).faults == []


async def test_what_is_handed_to_somebody_outside_holds_nobodys_words(store):
    await _a_day(store)

    with looking(store.address.render_as_string(hide_password=False)) as connection:
        told = [json.dumps(line, ensure_ascii=False) for line in lines(connection)]

    assert len(told) == 4 + 1 + 1
    assert "漏水" not in "".join(told)
    assert not re.search(rf"(?<![0-9a-f]){LIN}(?![0-9a-f])", "".join(told))


def test_forgetting_keeps_the_step_and_its_figures():
    entry = an_entry(
        action=Action.RESOLVE,
        agency=STREET,
        actor_name="李工",
        pieces=words("修好了"),
        facts={"conclusion": "solved", "reason": "王家", "plan": [{"title": "换管", "due": "6"}]},
    )

    kept = forgotten(entry)

    assert kept == forgotten(kept)
    assert kept == replace(entry, pieces=(), facts=kept.facts)
    assert kept.facts == {
        "conclusion": "solved",
        "reason": "",
        "plan": [{"title": "", "due": "6"}],
    }


def test_forgetting_an_entry_of_a_resident_forgets_who_it_was():
    kept = forgotten(an_entry(actor=LIN, actor_name="林阿姨", agency=None))

    assert (kept.actor, kept.actor_name, kept.origin) == (None, "", None)
