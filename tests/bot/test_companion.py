"""The sandbox beside the service ends with it, however the service ends."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import sys

from tests.people import ROOT

STARTS = """
import asyncio, sys
from pathlib import Path
from bot.companion import companion

with companion(0, folder=Path("nowhere")) as started:
    asyncio.run(started.address())
    print(started._process.pid, flush=True)
    sys.stdin.read()
"""


def _ended(pid: int, within: float) -> bool:
    """Whether that process, which is not our child, ends in time."""
    with selectors.DefaultSelector() as watch:
        try:
            process = os.pidfd_open(pid)
        except ProcessLookupError:
            return True
        watch.register(process, selectors.EVENT_READ)
        ended = bool(watch.select(within))
        os.close(process)
    return ended


def test_a_killed_service_leaves_no_sandbox_behind():
    service = subprocess.Popen(
        [sys.executable, "-c", STARTS],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with service:
        sandbox = int(service.stdout.readline())
        alive = not _ended(sandbox, 0)
        service.send_signal(signal.SIGKILL)

        assert alive
        assert _ended(sandbox, 20)
