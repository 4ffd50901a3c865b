"""A newcomer runs the service without a token: it says where to look, and is alive there."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.alone import huying_run
from tests.journeys.telling import Resident
from tests.people import Sandbox


async def test_without_a_token_the_sandbox_starts_says_where_and_the_bot_answers(
    tmp_path: Path,
) -> None:
    with huying_run(tmp_path) as address:
        async with Sandbox.attached(address) as sandbox:
            page = await sandbox.http.get("/")
            lin = Resident(home=sandbox, id=1001, name="林阿姨")
            await lin.starts()
            await lin.sees("林阿姨", "我是“呼应”")

    assert page.status_code == 200
    assert 'type="module"' in page.text
