"""Secrets and a person planted once, and searched for wherever they might turn up (S9, S11, I21).

Real processes at DEBUG, with Telegram failing in every way it can meanwhile. A rule allows the
words and the place in the group that answers (lifecycle, Views), everything in the person's own
chat and file, and everything but secrets in the database and its backup (0600).
"""

from __future__ import annotations

import asyncio
import json
import socket
import sqlite3
import tomllib
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from bot.cli import cli
from tests.journeys.everybody import LIWAN
from tests.journeys.running import Service
from tests.journeys.telling import Resident
from tests.people import Json, Sandbox

pytestmark = [pytest.mark.security("S9"), pytest.mark.security("S11")]
NAME, PHONE, IDENTITY = "金丝雀探针", "13912345678", "11010519491231002X"
ADDRESS = "逢源北金丝雀巷七号三零七"
SECRET = "a-canary-webhook-secret-0123456789"
WHATS = ("calls", "legs", "people", "audit")
FAULTS = ("500", "502", "400", "429", "bad_json", "drop_before", "drop_after", "not_modified")
CHAT = {"id": 1, "type": "private"}
POISON = {
    "update_id": 5,
    "message": {"text": [NAME, PHONE, IDENTITY], "chat": CHAT, "date": ADDRESS},
}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _pushed() -> Json:
    """Updates come by webhook, so that its secret is in use."""
    port = _free_port()
    url = f"http://127.0.0.1:{port}/canary-hook"
    return {
        **{"mode": "webhook", "webhook_url": url, "webhook_port": port},
        **{"webhook_secret": SECRET},
    }


async def _poisons(hook: str) -> None:
    """An update nobody can decode, full of canaries, by the right secret and by a wrong one."""
    async with httpx.AsyncClient() as client:
        for secret in (SECRET, f"{SECRET}x"):
            await client.post(
                hook, json=POISON, headers={"X-Telegram-Bot-Api-Secret-Token": secret}
            )


async def _breaks(service: Service, canary: Resident, database: Path) -> None:
    """What a handler writes is refused for a while, in an error that says every canary itself.

    The store is asked in its own words, beside the service: the exception is a real one, raised
    by the driver inside a handler, with the canaries in its message and in its parameters.
    """
    words = " ".join((NAME, PHONE, IDENTITY, ADDRESS, SECRET))
    with closing(sqlite3.connect(database, timeout=30)) as store:
        store.execute(
            "CREATE TRIGGER canary BEFORE INSERT ON conversations "
            f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
        )
        store.commit()
        await canary.says(f"{ADDRESS}的井盖松了，{PHONE}，{IDENTITY}")
        for _look in range(300):
            if "update_failed" in service.log:
                break
            await asyncio.sleep(0.1)
        store.execute("DROP TRIGGER canary")
        store.commit()


async def _exports(
    service: Service, folder: Path, *more: str, whats: tuple[str, ...] = WHATS
) -> dict[str, str]:
    """Files of these, by their names."""
    made = {}
    for what in whats:
        file = folder / f"{what}{len(more)}.csv"
        await _typed(service, "export", what, str(file), "--by", "苏晴", *more)
        made[f"export {file.name}"] = file.read_text("utf-8-sig")
    return made


async def _groups_ledger(sandbox: Sandbox) -> str:
    """Everything that was ever asked of Telegram about a group, refused or not."""
    rows = await sandbox.ledger()
    return json.dumps(
        [row for row in rows if str(row["params"].get("chat_id", "")).startswith("-")],
        ensure_ascii=False,
    )


async def _typed(service: Service, *words: str) -> str:
    """A command of the host, beside the service; everything it says."""
    typed = [*words, "--config", str(service.config)]
    done = await asyncio.to_thread(CliRunner().invoke, cli, typed)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
    return done.output


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
            telegram=_pushed(),
        ) as service,
    ):
        person = await sandbox.post("/people", {"first_name": NAME})
        canary = Resident(home=sandbox, id=person["id"], name=NAME)
        number = await canary.raises(f"{ADDRESS}楼道灯不亮，电话{PHONE}，身份证{IDENTITY}")
        await sandbox.settled()
        await sandbox.post("/messages", {"from": canary.id, "chat": canary.id, "text": "/mydata"})
        await canary.taps("导出全部")
        await sandbox.settled()
        for kind in FAULTS:
            for method in ("sendMessage", "editMessageText"):
                await sandbox.fault(kind, method=method, count=1, retry_after=1)
            await canary.says(f"再补充：{PHONE}")
            await canary.looks()
        await sandbox.no_faults()
        await _breaks(service, canary, tmp_path / "huying.db")
        await canary.looks()
        await _poisons(tomllib.loads(service.config.read_text())["telegram"]["webhook_url"])
        await sandbox.no_faults()
        await sandbox.settled()
        audit = tmp_path / "audit.jsonl"
        await _typed(service, "audit", "export", str(audit))
        backup = tmp_path / "copy.db"
        await _typed(service, "backup", str(backup))
        answers = [
            await _typed(service, *words)
            for words in (
                *(("inbox", "list"), ("inbox", "show", "5"), ("outbox",), ("audit", "verify")),
                *(("check",), ("retention",), ("pending", "list"), ("sheets", "diff", "none")),
            )
        ]
        masked = await _exports(service, tmp_path)
        why = ("--why", "核对名册", "--second", "何静")
        opened = await _exports(service, tmp_path, *why, whats=("calls",))
        shown = {}
        for chat in seed["chats"]:
            if chat["id"] < 0:
                texts = [m.text for m in await sandbox.messages(chat["id"])]
                shown[f"group {chat['id']}"] = "\n".join(texts)
        told = {
            "log": service.log,
            "answers": "\n".join(answers),
            "audit": audit.read_bytes(),
            **masked,
            "ledger": await _groups_ledger(sandbox),
            "manifest": backup.with_name("copy.db.manifest.json").read_bytes(),
            **shown,
        }
        kept = {"backup": backup.read_bytes()}

        assert number in "".join(shown.values())
        failures = [line for line in told["log"].splitlines() if "update_failed" in line]
        assert failures
        assert all("error='IntegrityError'" in line for line in failures)
        for needle in (NAME, PHONE, IDENTITY):
            assert _found(needle, told) == [], needle
        assert {name.split()[0] for name in _found(ADDRESS, told)} <= {"group", "ledger"}
        for needle in (sandbox.token, SECRET):
            assert _found(needle, {**told, **kept, **opened}) == [], needle[:6]
        assert {name.split()[-1] for name in _found(ADDRESS, opened)} == {"calls4.csv"}
        assert "Undecodable" in told["answers"]
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
