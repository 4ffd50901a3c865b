"""Secrets and a person planted once, and searched for wherever they might turn up (S9, S11, I21).

Real processes at DEBUG, with Telegram failing in every way it can meanwhile. A rule allows the
words and the place in the group that answers (lifecycle, Views), everything in the person's own
chat and file, and everything but secrets in the database and its backup (0600).
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path

import pytest

from tests.journeys.everybody import LIWAN
from tests.journeys.running import Service
from tests.journeys.telling import Resident
from tests.people import ROOT, Sandbox

pytestmark = [pytest.mark.security("S9"), pytest.mark.security("S11")]
NAME, PHONE, IDENTITY = "金丝雀探针", "13912345678", "11010519491231002X"
ADDRESS = "逢源北金丝雀巷七号三零七"
SECRET = "a-canary-webhook-secret-0123456789"


async def _typed(service: Service, *words: str) -> str:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.cli", *words, "--config", str(service.config),
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    return (await process.communicate())[0].decode()


def _found(needle: str, haystacks: dict[str, str | bytes]) -> list[str]:
    """Where it is, as text and as JSON has it."""
    spelled = {needle.encode(), json.dumps(needle)[1:-1].encode()}
    texts = {
        name: text.encode() if isinstance(text, str) else text for name, text in haystacks.items()
    }
    return [name for name, text in texts.items() if any(one in text for one in spelled)]


async def test_canaries_stay_where_a_rule_lets_them(tmp_path: Path) -> None:
    seed = json.loads((LIWAN / "sandbox.json").read_text(encoding="utf-8"))
    async with (
        Sandbox.started(seed) as sandbox,
        Service.started(
            sandbox,
            database=tmp_path / "huying.db",
            seed=seed,
            log={"level": "debug"},
            telegram={"webhook_secret": SECRET},
        ) as service,
    ):
        person = await sandbox.post("/people", {"first_name": NAME})
        canary = Resident(home=sandbox, id=person["id"], name=NAME)
        number = await canary.raises(f"{ADDRESS}楼道灯不亮，电话{PHONE}，身份证{IDENTITY}")
        await sandbox.settled()
        await sandbox.post("/messages", {"from": canary.id, "chat": canary.id, "text": "/mydata"})
        await canary.taps("导出全部")
        await sandbox.settled()
        for kind in ("500", "429"):
            await sandbox.fault(kind, method="sendMessage", count=2)
            await canary.says(f"再补充：{PHONE}")
            await canary.looks()
        await sandbox.no_faults()
        await sandbox.settled()
        audit = tmp_path / "audit.jsonl"
        await _typed(service, "audit", "export", str(audit))
        backup = tmp_path / "copy.db"
        await _typed(service, "backup", str(backup))
        answers = [
            await _typed(service, *words)
            for words in (("inbox", "list"), ("outbox",), ("audit", "verify"), ("check",))
        ]
        shown = {}
        for chat in seed["chats"]:
            if chat["id"] < 0:
                texts = [m.text for m in await sandbox.messages(chat["id"])]
                shown[f"group {chat['id']}"] = "\n".join(texts)
        told = {
            "log": service.log,
            "answers": "\n".join(answers),
            "audit": audit.read_bytes(),
            "manifest": backup.with_name("copy.db.manifest.json").read_bytes(),
            **shown,
        }
        kept = {"backup": backup.read_bytes()}

        assert number in "".join(shown.values())
        for needle in (NAME, PHONE, IDENTITY):
            assert _found(needle, told) == [], needle
        assert all(name.startswith("group") for name in _found(ADDRESS, told))
        for needle in (sandbox.token, SECRET):
            assert _found(needle, {**told, **kept}) == [], needle[:6]
        assert "金**" in "".join(shown.values())
        assert _found(ADDRESS, kept) == ["backup"]
        assert backup.stat().st_mode & 0o777 == 0o600


async def test_a_file_of_ones_own_arrives_and_an_erasure_reaches_the_group(tmp_path: Path) -> None:
    seed = json.loads((LIWAN / "sandbox.json").read_text(encoding="utf-8"))
    async with (
        Sandbox.started(seed) as sandbox,
        Service.started(sandbox, database=tmp_path / "huying.db", seed=seed) as service,
    ):
        person = await sandbox.post("/people", {"first_name": NAME})
        canary = Resident(home=sandbox, id=person["id"], name=NAME)
        number = await canary.raises(f"{ADDRESS}楼道灯不亮")
        await canary.says("/mydata")
        await canary.sees("我们保存了您的这些信息")
        await canary.taps("导出全部")
        file = await canary.finds(lambda m: "document" in m.raw, "a file", 30)
        assert file.raw["document"]["file_name"] == "huying-mydata.json"

        await canary.says("/mydata")
        await canary.sees("我们保存了您的这些信息")
        await canary.taps("删除全部")
        await canary.taps("确定删除")
        await canary.sees("已删除您的全部信息")
        await sandbox.wait_for(
            lambda event: number in str(event) and "内容已按当事人要求删除" in str(event)
        )
        await sandbox.settled()

        groups = [chat["id"] for chat in seed["chats"] if chat["id"] < 0]
        texts = [m.text for chat in groups for m in await sandbox.messages(chat) if not m.deleted]
        assert any(number in text and "内容已按当事人要求删除" in text for text in texts)
        assert not any(ADDRESS in text for text in texts)
        assert "发现" not in await _typed(service, "audit", "verify")
