"""The sandbox as a companion: started when there is no token, ended with us."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

TOKEN = "7000000001:AAH-huying-sandbox-made-up-token-00"  # noqa: S105 - opens only the sandbox
BANNER = "huying sandbox listening on "
START = 30.0


class SandboxSilent(Exception):
    """The sandbox did not start."""


@asynccontextmanager
async def sandbox(port: int, *, seed: Path | None) -> AsyncIterator[str]:
    """A running sandbox with this seed; gives its address. A taken port becomes a free one."""
    process, url = await _started(port, seed)
    try:
        yield url
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _started(port: int, seed: Path | None) -> tuple[asyncio.subprocess.Process, str]:
    for wanted in (port, 0):
        process = await _spawned(wanted, seed)
        url = await _banner(process)
        if url:
            return process, url
        if process.returncode is None:
            process.kill()
        await process.wait()
    raise SandboxSilent


async def _spawned(port: int, seed: Path | None) -> asyncio.subprocess.Process:
    command = [sys.executable, "-m", "sandbox", "--port", str(port), "--token", TOKEN]
    if seed:
        command += ["--seed", str(seed)]
    return await asyncio.create_subprocess_exec(
        *command,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        # Ctrl+C is ours to hear: the sandbox ends after the service, not before.
        start_new_session=True,
    )


async def _banner(process: asyncio.subprocess.Process) -> str:
    """The address in the first line, empty when the process ended without one."""
    if process.stdout is None:
        return ""
    async with asyncio.timeout(START):
        line = (await process.stdout.readline()).decode()
    return line.removeprefix(BANNER).strip() if line.startswith(BANNER) else ""
