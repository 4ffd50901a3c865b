"""``huying audit``: what nobody touched is proved while the service runs, what was is named."""

from __future__ import annotations

import json
import sqlite3

import pytest
from typer.testing import CliRunner

from bot.cli import cli
from storage.engine import open_store
from tests.builders import NOON, a_call, an_entry, words

pytestmark = pytest.mark.security("S18")


@pytest.fixture
async def head(sqlite_file, monkeypatch):
    """A sealed day in a database that a service has open; its head as it was posted."""
    monkeypatch.setenv("HUYING_STORAGE__URL", f"sqlite:///{sqlite_file}")
    store = open_store(str(sqlite_file))
    await store.upgrade()
    async with store.begin() as work:
        call = await work.calls.add(a_call())
        for said in ("一", "二"):
            await work.journal.add(an_entry(call_id=call.id, pieces=words(said)))
        seal = await work.acts.seal(NOON)
    yield seal.hash
    await store.close()


def huying(*arguments: str):
    return CliRunner().invoke(cli, ["audit", *arguments])


async def test_what_nobody_touched_is_proved_with_the_head_that_was_posted(head):
    said = huying("verify", "--head", head[:20])

    assert said.exit_code == 0
    assert "呼叫记录 2 条" in said.output
    assert "和封存消息一致" in said.output


async def test_without_a_head_the_office_is_told_what_was_not_compared(head):
    assert "加上 --head" in huying("verify").output


async def test_a_changed_row_is_named_with_its_call_and_ends_with_one(head, sqlite_file):
    with sqlite3.connect(sqlite_file) as back_door:
        back_door.execute("DROP TRIGGER journal_UPDATE")
        back_door.execute("UPDATE journal SET actor_name = '别人' WHERE id = 1")

    said = huying("verify")

    assert said.exit_code == 1
    assert "LW-260615-DRAFT-1\t内容被改过" in said.output


async def test_a_head_nobody_posted_is_an_alarm(head):
    said = huying("verify", "--head", "0" * 64)

    assert said.exit_code == 1
    assert "末尾被截掉" in said.output


async def test_the_export_is_for_its_owner_alone_and_overwrites_nothing(head, tmp_path):
    file = tmp_path / "audit.jsonl"

    assert "已导出 3 条" in huying("export", str(file)).output

    assert file.stat().st_mode & 0o777 == 0o600
    told = [json.loads(line) for line in file.read_text().splitlines()]
    assert [one["table"] for one in told] == ["journal", "journal", "seals"]
    assert all(one["pieces"] == [] for one in told[:2])
    assert huying("export", str(file)).exit_code == 1
