"""Beside a running service: looking waits for nobody, short acts take their turn."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from contextlib import closing

import pytest

from core.incoming import Fate
from storage.aside import NothingThere, OtherSchema, acting, looking
from storage.dead_letters import letters, replay
from storage.gate import gate_of, passing
from storage.snapshots import require_sound
from tests.builders import NOON as NOW
from tests.builders import an_update

ROUNDS = 60


def acts(file: str, count: int) -> None:
    """Replays everything dead, again and again."""
    for _ in range(count):
        with acting(file) as connection:
            dead = letters(connection, Fate.DEAD, 999)
            replay(connection, [(one.bot_id, one.update_id) for one in dead])


async def serves(store, count: int) -> None:
    """Takes an update a commit, and gives it up."""
    for number in range(count):
        async with store.begin() as work:
            await work.inbox.insert([an_update(number, lane=number)], now=NOW)
        async with store.begin() as work:
            for row in await work.inbox.ready(now=NOW, limit=1, busy=()):
                await work.inbox.bury(row, error="Undecodable")


async def test_service_and_office_write_at_once_and_the_file_stays_sound(sqlite_store):
    file = str(sqlite_store.address.database)

    await asyncio.gather(serves(sqlite_store, ROUNDS), asyncio.to_thread(acts, file, ROUNDS))

    await sqlite_store.close()
    require_sound(sqlite_store.address.database)
    with looking(file) as connection:
        found = [*letters(connection, Fate.DEAD, 999), *letters(connection, Fate.NEW, 999)]
    assert sorted(one.update_id for one in found) == list(range(ROUNDS))


async def test_an_act_does_not_meet_a_commit_of_the_service(sqlite_store, sqlite_file):
    done = threading.Event()

    def act() -> None:
        acts(str(sqlite_file), 1)
        done.set()

    with gate_of(sqlite_file) as gate, passing(gate):
        acting_now = asyncio.get_running_loop().run_in_executor(None, act)
        met = await asyncio.to_thread(done.wait, 0.2)
    await acting_now

    assert (met, done.is_set()) == (False, True)


async def test_an_act_that_fails_changes_nothing(sqlite_store, sqlite_file):
    await serves(sqlite_store, 1)

    with pytest.raises(KeyError), acting(str(sqlite_file)) as connection:
        replay(connection, [(an_update().bot_id, 0)])
        raise KeyError

    with looking(str(sqlite_file)) as connection:
        assert [one.update_id for one in letters(connection, Fate.DEAD, 9)] == [0]


async def test_an_act_never_checkpoints(sqlite_store, sqlite_file):
    with acting(str(sqlite_file)) as connection:
        (pages,) = connection.exec_driver_sql("PRAGMA wal_autocheckpoint").one()

    assert pages == 0


def test_nothing_is_made_where_there_is_nothing(sqlite_file):
    with pytest.raises(NothingThere), looking(f"sqlite:///{sqlite_file}"):
        pass
    assert not sqlite_file.exists()


async def test_tables_of_another_program_are_left_alone(sqlite_store, sqlite_file):
    await sqlite_store.close()
    with closing(sqlite3.connect(sqlite_file)) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()

    with pytest.raises(OtherSchema), acting(str(sqlite_file)):
        pass
