"""Opening a store: which URLs, whose turn, which revision."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path
from traceback import format_exception

import pytest
from alembic import command
from sqlalchemy import create_engine, func, inspect, make_url, select
from sqlalchemy.exc import DBAPIError

from storage import revisions
from storage.engine import VANISHING, StoreInUse, address_of, open_store
from storage.links import Links
from tests.builders import a_resident

ROOT = Path(__file__).parents[2]
OPENS = """
import sys
from storage.engine import StoreInUse, open_store
try:
    open_store(sys.argv[1])
except StoreInUse as finding:
    sys.exit(f"in use: {finding}")
"""


def _opened_elsewhere(file: Path) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-c", OPENS, str(file)]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "url", ["{file}", "sqlite:///{file}", "sqlite+aiosqlite:///{file}"], ids=str
)
async def test_a_sqlite_file_is_named_in_three_ways_and_its_folders_are_made(url, tmp_path):
    file = tmp_path / "var" / "年" / "huying.db"
    store = open_store(url.format(file=file))
    await store.upgrade()
    await store.close()

    assert file.exists()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://here/huying"])
def test_any_other_url_is_refused_without_repeating_it(url):
    with pytest.raises(ValueError, match=r"storage\.url") as refused:
        open_store(url)
    assert url not in str(refused.value)


def test_postgresql_is_spoken_to_by_psycopg():
    assert address_of("postgresql://h/d").drivername == "postgresql+psycopg"


@pytest.mark.postgresql
async def test_every_connection_knows_when_to_give_a_vanished_server_up(postgresql_database):
    chosen = make_url(postgresql_database).update_query_dict({"keepalives_idle": "60"})
    links = Links(address_of(chosen.render_as_string(hide_password=False)), 1, options="")

    async with links.lent() as link:
        known = link.info.get_parameters()
    await links.close()

    assert VANISHING.items() - known.items() == {("keepalives_idle", "5")}
    assert known["keepalives_idle"] == "60"


async def test_a_second_process_is_turned_away_until_the_first_is_done(sqlite_store, sqlite_file):
    turned_away = _opened_elsewhere(sqlite_file)
    await sqlite_store.close()
    let_in = _opened_elsewhere(sqlite_file)

    assert "in use" in turned_away.stderr
    assert (turned_away.returncode, let_in.returncode) == (1, 0)


async def test_the_same_process_is_turned_away_as_well(sqlite_store, sqlite_file):
    with pytest.raises(StoreInUse):
        open_store(str(sqlite_file))


async def test_a_commit_is_on_the_disk_and_foreign_keys_are_kept(sqlite_store):
    async with sqlite_store.begin() as work:
        asked = ["journal_mode", "synchronous", "foreign_keys", "busy_timeout"]
        connection = work._wire._connection
        told = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked]

    assert told == ["wal", 2, 1, 5000]


async def test_who_writes_keeps_pages_at_hand_and_what_may_be_undone_out_of_files(sqlite_store):
    asked = ["temp_store", "cache_size"]
    async with sqlite_store.begin() as writing, sqlite_store.read() as looking:
        write, look = (
            [work._wire._connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked]
            for work in (writing, looking)
        )

    assert (write, look) == ([2, -16000], [0, -2000])


@pytest.mark.postgresql
async def test_a_postgresql_session_never_hangs_for_long(postgresql_store):
    async with postgresql_store.begin() as work:
        asked = ["statement_timeout", "idle_in_transaction_session_timeout"]
        told = await work._wire.row(select(*map(func.current_setting, asked)))

    assert told == ("5s", "15s")


async def test_a_new_database_stands_at_nothing_and_is_brought_to_the_head(sqlite_file):
    store = open_store(str(sqlite_file))
    before = await store.current()
    await store.upgrade()
    await store.upgrade()
    after = await store.current()
    await store.close()

    assert (before, after) == (None, store.head())


async def test_the_revisions_make_exactly_the_tables_the_rows_describe(store):
    with closing(_Plain(store)) as database:
        command.check(database.script)


async def test_the_way_back_leaves_nothing_behind(store):
    with closing(_Plain(store)) as database:
        command.downgrade(database.script, "base")

        assert inspect(database.connection).get_table_names() == ["alembic_version"]
        command.upgrade(database.script, "head")


async def test_what_was_kept_is_there_after_opening_again(sqlite_store, sqlite_file):
    async with sqlite_store.begin() as work:
        await work.people.save_resident(a_resident())
    await sqlite_store.close()
    store = open_store(str(sqlite_file))

    async with store.read() as work:
        assert await work.people.resident(a_resident().account) == a_resident()
    await store.close()


async def test_an_error_never_repeats_what_was_said(store):
    said = "秘" + "密"  # so that the lines a traceback quotes do not hold it

    with pytest.raises(DBAPIError) as refused:
        async with store.begin() as work:
            await work.people.save_resident(a_resident(language=None, name=said))
    assert said not in "".join(format_exception(refused.value))


def test_the_url_may_hold_any_password():
    url = make_url("postgresql://u:p%40ss%3A%2F@h/d")

    assert address_of(url.render_as_string(hide_password=False)).password == "p@ss:/"


class _Plain:
    """A plain connection to a store's database, and the migrations on it."""

    def __init__(self, store):
        self.engine = create_engine(store.address)
        self.connection = self.engine.connect()
        self.script = revisions.script()
        self.script.attributes["connection"] = self.connection

    def close(self):
        self.connection.close()
        self.engine.dispose()
