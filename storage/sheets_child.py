"""Reads a sent file in a process of its own, which may use little memory and little time (S14).

The parent writes the file to its standard input and reads JSON: whatever the file does to its
reader, the service goes on.
"""

from __future__ import annotations

import asyncio
import json
import resource
import subprocess
import sys
from dataclasses import asdict
from typing import Any

from core.mistakes import MistakeCode
from core.sent_sheets import NotASheet, Unfit
from storage.sheets_file import Grid, Slip, grids_of

MEMORY = 512 << 20
SECONDS = 15
WAIT = 30.0
LARGEST = 5 << 20
COMMAND = (sys.executable, "-m", "storage.sheets_child")


async def grids_in(content: bytes) -> list[Grid]:
    """The sheets of this file; ``NotASheet`` where it is none, too large, or too much to read."""
    if len(content) > LARGEST:
        raise NotASheet(Unfit.TOO_LARGE)
    child = await asyncio.create_subprocess_exec(
        *COMMAND,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(WAIT):
            told, _ = await child.communicate(content)
    except TimeoutError:
        raise NotASheet(Unfit.BOMB) from None
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    return _heard(told)


def grids_now(content: bytes) -> list[Grid]:
    """The same for whoever may wait: a command on the host."""
    if len(content) > LARGEST:
        raise NotASheet(Unfit.TOO_LARGE)
    try:
        child = subprocess.run(COMMAND, input=content, capture_output=True, timeout=WAIT)  # noqa: S603 - ourselves
    except subprocess.TimeoutExpired:
        raise NotASheet(Unfit.BOMB) from None
    return _heard(child.stdout)


def _heard(told: bytes) -> list[Grid]:
    """A child that was ended by a limit says nothing."""
    try:
        answer = json.loads(told)
    except ValueError:
        raise NotASheet(Unfit.BOMB) from None
    if "unfit" in answer:
        raise NotASheet(Unfit(answer["unfit"]))
    return [_grid(one) for one in answer["grids"]]


def _grid(told: dict[str, Any]) -> Grid:
    slips = [Slip(**{**slip, "code": MistakeCode(slip["code"])}) for slip in told["slips"]]
    return Grid(told["title"], told["rows"], slips)


def _answer(content: bytes) -> dict[str, Any]:
    try:
        return {"grids": [asdict(grid) for grid in grids_of(content)]}
    except NotASheet as found:
        return {"unfit": found.why.value}
    except MemoryError:
        return {"unfit": Unfit.BOMB.value}


def _confined() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """The child."""
    _confined()
    sys.stdout.write(json.dumps(_answer(sys.stdin.buffer.read(LARGEST + 1))))


if __name__ == "__main__":
    main()
