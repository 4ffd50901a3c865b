"""C9: a disk that is full, or may not be written; kill -9 while the log moves into the file."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import random
import select
import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from storage.engine import open_store
from tests.builders import NOON
from tests.journeys.running import NotStarted
from tests.storms import tallying
from tests.storms.killing import SEED
from tests.storms.world import world

pytestmark = pytest.mark.storm
SMALL = "16m"
KILLS = 200
PIECE = 64 * 1024
WORDS = "楼下的路灯坏了"
STARVED = 6


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Path]:
    """A disk of 16 MiB, where this machine lets us mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    if os.geteuid() or not _mounts("-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", str(place)):
        pytest.skip("mounting a small disk takes root")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def _mounts(*words: str) -> bool:
    return subprocess.run(["mount", *words], capture_output=True, check=False).returncode == 0


async def test_a_full_disk_holds_everything_up_and_loses_nothing(small_disk, nursery):
    async with world(small_disk / "huying.db", nursery=nursery) as here:
        await here.raises(here.newcomer(), WORDS)
        ballast = _fill(small_disk)
        async with asyncio.timeout(120), asyncio.TaskGroup() as people:
            for _ in range(6):
                people.create_task(here.raises(here.newcomer(), WORDS))
            await asyncio.sleep(STARVED)
            assert here.service.running
            ballast.unlink()
        found = await here.audit(copies=STARVED)

        assert found == {}
        assert sum(here.raised.values()) == 7
        assert "full" not in here.service.log  # the class is told, not what it says


def _fill(disk: Path) -> Path:
    """Take what room is left, to the last page."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for piece in (PIECE, 512):
            try:
                while True:
                    file.write(b"0" * piece)
            except OSError:
                continue
    return ballast


async def test_a_disk_that_may_only_be_read_is_told_at_the_start(small_disk, nursery):
    async with world(small_disk / "huying.db", nursery=nursery) as here:
        await here.raises(here.newcomer(), WORDS)
        await here.audit(copies=0)
        assert await here.service.stop() == 0
        here.books.engine.dispose()
        assert _mounts("-o", "remount,ro", str(small_disk))

        with pytest.raises(NotStarted, match="磁盘写不进去"):
            await here.service.restart()

        assert _mounts("-o", "remount,rw", str(small_disk))
        await here.service.restart()
        await here.raises(here.newcomer(), WORDS)
        assert await here.audit(copies=0) == {}


def _writes(database: str, told: Connection) -> None:
    """Commit one mark after the other, moving the log into the file after each."""
    asyncio.run(_writing(database, told))


async def _writing(database: str, told: Connection) -> None:
    store = open_store(database)
    for number in range(1_000_000):
        async with store.begin() as work:
            if not number:
                work.marks._wire._raw.execute("PRAGMA wal_autocheckpoint = 1")
            await work.marks.reach(f"{os.getpid()}/{number}", NOON)
        told.send(number)


def _one_life(spawning: ForkServerContext, file: Path, lot: random.Random) -> tuple[int, int]:
    """Kill a writer somewhere; how many commits it was told of, and how many are there."""
    ours, theirs = spawning.Pipe()
    writer = spawning.Process(target=_writes, args=(str(file), theirs))
    writer.start()
    theirs.close()
    told = _told(ours, lot.randrange(1, 60), lot.uniform(0, 0.01))
    os.kill(writer.pid, signal.SIGKILL)
    told += _told(ours, 1_000_000, 0)
    writer.join()
    with closing(sqlite3.connect(file)) as look:
        mine = look.execute("SELECT count(*) FROM marks WHERE name LIKE ?", (f"{writer.pid}/%",))
        return told, mine.fetchone()[0]


def _told(ours: Connection, most: int, longer: float) -> int:
    """What it says of its commits: so many, and a moment longer."""
    count = 0
    try:
        while count < most and ours.poll(10 if most < 1_000_000 else 0):
            ours.recv()
            count += 1
    except EOFError:
        return count
    select.select([], [], [], longer)
    return count


def test_kills_while_the_log_moves_into_the_file_leave_it_sound(sqlite_template, sqlite_file):
    shutil.copy(sqlite_template, sqlite_file)
    lot, spawning = random.Random(SEED), multiprocessing.get_context("forkserver")
    spawning.set_forkserver_preload(["storage.sqlite", "tests.storms.test_disk"])
    for _ in range(KILLS):
        told, kept = _one_life(spawning, sqlite_file, lot)

        assert kept - told in (0, 1)  # the last one may be kept and not told of
        with closing(sqlite3.connect(sqlite_file)) as look:
            assert look.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert look.execute("PRAGMA foreign_key_check").fetchall() == []
        tallying.count("C9 sound after a kill in a checkpoint", 1)
