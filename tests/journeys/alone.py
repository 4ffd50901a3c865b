"""Runs the service as a newcomer does: one command, no token, in a folder with nothing in it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.journeys.everybody import LIWAN
from tests.journeys.running import READY
from tests.people import ROOT

COMMAND = (sys.executable, "-m", "bot.cli", "run")


@contextmanager
def huying_run(folder: Path) -> Iterator[str]:
    """The address it says to open, once the bot works; ended on leaving, without a complaint."""
    with (folder / "errors.log").open("w+b") as errors:
        process = subprocess.Popen(
            COMMAND, cwd=folder, env=_settings(), stdout=subprocess.PIPE, stderr=errors, text=True
        )
        try:
            yield _address(process)
        finally:
            process.terminate()
            process.communicate()
        errors.seek(0)
        assert process.returncode == 0, errors.read().decode()


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    said = process.stdout.readline()
    found = re.search(r"http://127\.0\.0\.1:\d+", said)
    assert found, said
    assert READY in process.stdout.readline()
    return found.group()


def _settings() -> dict[str, str]:
    """Nobody's settings but a free port and where the example lies."""
    own = {key: value for key, value in os.environ.items() if not key.startswith("HUYING_")}
    ours = {"HUYING_SANDBOX__PORT": "0", "HUYING_DISTRICT__FOLDER": str(LIWAN)}
    return {**own, **ours, "PYTHONPATH": str(ROOT)}
