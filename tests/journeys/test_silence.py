"""Nothing anybody says or is called is ever logged, even at DEBUG, whatever fails (I22, S11)."""

from __future__ import annotations

import asyncio
from pathlib import Path

from sandbox.world.faults import KINDS
from tests.journeys.everybody import LIWAN
from tests.journeys.running import Service
from tests.people import TOKEN, Sandbox

NAME, WORDS, PHONE = "鹦鹉螺", "琥珀色水管在三号楼爆了", "13912345678"
STREET = "蓬莱仙岛路九十九号"
CANARIES = (NAME, WORDS[:4], PHONE, STREET[:4], TOKEN, TOKEN.split(":")[1])


async def everything_goes_wrong(sandbox: Sandbox) -> None:
    """Every fault strikes somebody who tells everything; 401, which ends all sending, last."""
    await sandbox.fault("409", method="getUpdates", count=1)
    async with asyncio.TaskGroup() as crowd:
        for kind in sorted(KINDS.difference({"401"})):
            crowd.create_task(suffers(sandbox, kind))
    await suffers(sandbox, "401")


async def suffers(sandbox: Sandbox, kind: str) -> None:
    who = await sandbox.person(NAME, started=True)
    await who.sees("我是")
    await sandbox.fault(kind, chat=who.id, count=1, retry_after=1)
    await who.says(f"{WORDS}，电话 {PHONE}，{STREET}")
    await who.sends_contact(PHONE)
    await sandbox.wait_for(
        lambda event: event["type"] == "request" and event["data"].get("fault") == kind
    )


async def test_no_fault_makes_the_log_tell_what_people_said(tmp_path: Path) -> None:
    async with (
        Sandbox.started() as sandbox,
        Service.started(
            sandbox,
            database=tmp_path / "huying.db",
            district={"folder": str(LIWAN)},
            log={"level": "debug"},
        ) as service,
    ):
        await everything_goes_wrong(sandbox)
        await service.stop()
        assert service.process is not None
        assert service.process.stdout is not None
        told = service.log + (await service.process.stdout.read()).decode()

    assert "not_sent" in told
    assert [canary for canary in CANARIES if canary in told] == []
