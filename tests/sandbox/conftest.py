"""One sandbox server for all tests of the sandbox, emptied for each."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator, Iterator

import pytest

from tests.people import ROOT, Sandbox


@pytest.fixture(scope="session")
def sandbox_url() -> Iterator[str]:
    words = [sys.executable, "-m", "sandbox", "--port", "0"]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        banner = process.stdout.readline()
        yield banner.split()[-1]
        process.terminate()


@pytest.fixture
async def sandbox(sandbox_url: str) -> AsyncIterator[Sandbox]:
    async with Sandbox.attached(sandbox_url) as here:
        await here.reset({})
        await here.bot("setWebhook", url="", allowed_updates=[])
        yield here
