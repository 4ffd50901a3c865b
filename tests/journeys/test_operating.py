"""An operator's evening: watch, back up, look after what was set aside, restore, let go."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from pathlib import Path

import httpx

from tests.journeys.everybody import LIWAN
from tests.journeys.running import Service
from tests.people import ROOT, Sandbox


class Operator:
    """Somebody at the command line of the same installation."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def types(self, *words: str) -> str:
        """What ``huying`` answers; it must be content."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.cli", *words, "--config", str(self._service.config),
            cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        told = (await process.communicate())[0].decode()
        assert process.returncode == 0, told
        return told


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def told_to(sandbox: Sandbox, chat: int, after: int = 0) -> int:
    """How many messages the bot tried to say in a chat after that request."""
    return sum(row["params"].get("chat_id") == chat for row in await sandbox.ledger(after=after))


def flooded(event: dict[str, object]) -> bool:
    """Whether this event is a request that was told to wait."""
    return event["type"] == "request" and "429" in str(event["data"])


async def test_an_evening_of_an_operator(tmp_path: Path) -> None:
    port = free_port()
    async with (
        Sandbox.started() as sandbox,
        Service.started(
            sandbox,
            database=tmp_path / "huying.db",
            district={"folder": str(LIWAN)},
            monitoring={"port": port},
        ) as service,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as watcher,
    ):
        operator = Operator(service)
        lin = await sandbox.person("林阿姨", started=True)
        chen = await sandbox.person("陈伯", started=True)
        await lin.sees("我是")
        await chen.sees("我是")
        health, ready = await watcher.get("/healthz"), await watcher.get("/readyz")
        figures = (await watcher.get("/metrics")).text
        assert figures, service.log
        await sandbox.fault("429", chat=chen.id, retry_after=3600)
        await chen.says("楼道灯坏了")
        await sandbox.wait_for(flooded)
        outbox = await operator.types("outbox", "--chat", str(chen.id))
        backup = tmp_path / "evening.db"
        await operator.types("backup", str(backup))
        await service.stop()
        await sandbox.no_faults()
        mark = (await sandbox.ledger())[-1]["seq"]
        restored = await operator.types("restore", str(backup), "--replace")
        await service.restart()
        await sandbox.forward(3700)
        await lin.says("/help")
        await lin.sees("有事直接发给我")
        meanwhile = await told_to(sandbox, chen.id, after=mark)
        released = await operator.types("outbox", "release", "--all")
        await chen.sees("您的信息怎么用", earlier=True)

    assert (health.status_code, ready.status_code) == (200, 200)
    assert 'huying_sends_total{verdict="sent"}' in figures
    assert str(lin.id) not in figures
    assert "等待发送\t1 条" in outbox
    assert "会话暂停" in outbox
    assert "暂扣 1 条" in restored
    assert meanwhile == 0
    assert "已放行 1 条" in released
