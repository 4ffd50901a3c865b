"""Where people's data lies for a moment: no other user reads it, no death leaves it (S21)."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from bot.rooms import room, sweep
from tests.people import ROOT

pytestmark = pytest.mark.security("S21")
AT_WORK = """
import sys, time
from pathlib import Path
from bot.rooms import room
with room(Path(sys.argv[1])) as folder:
    (folder / "export").write_text("林阿姨")
    print("written", flush=True)
    time.sleep(600)
"""


def at_work(within: Path) -> subprocess.Popen[bytes]:
    """A process in the middle of an export."""
    command = [sys.executable, "-c", AT_WORK, str(within)]
    worker = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
    assert worker.stdout is not None
    assert worker.stdout.readline() == b"written\n"
    return worker


def test_only_we_may_look_into_a_room_and_it_is_gone_afterwards(tmp_path: Path):
    with room(tmp_path) as folder:
        (folder / "export").write_text("林阿姨")
        assert folder.parent.stat().st_mode & 0o077 == 0

    assert not [*tmp_path.iterdir()]


def test_what_somebody_works_in_stays_and_what_the_dead_left_is_swept_away(tmp_path: Path):
    worker = at_work(tmp_path)
    assert sweep(tmp_path) == 0
    assert [*tmp_path.rglob("export")]

    worker.kill()
    worker.communicate()

    assert sweep(tmp_path) == 1
    assert not [*tmp_path.iterdir()]


def test_a_room_is_never_swept_away_while_it_is_made(tmp_path: Path):
    enough = Event()

    def sweep_all_the_time() -> int:
        return sum(iter(lambda: -1 if enough.is_set() else sweep(tmp_path), -1))

    with ThreadPoolExecutor() as others:
        swept = others.submit(sweep_all_the_time)
        try:
            for _time in range(300):
                with room(tmp_path) as folder:
                    (folder / "export").write_text("林阿姨")
        finally:
            enough.set()

    assert swept.result() == 0
