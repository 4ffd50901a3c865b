"""The office: what was set aside is seen without a word of it, and given another chance."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from bot.cli import cli
from bot.office.masked import masked
from core.incoming import Fate, RawUpdate
from core.outgoing import Kind, Outgoing, Settled, State
from storage.aside import acting, looking, time_of
from storage.engine import open_store
from storage.held_back import hold

WORDS = "三号楼漏水，电话 13800138000"
CHAT = 42


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def url(request, sqlite_file) -> str:
    own_file = request.param == "sqlite"
    return (
        f"sqlite:///{sqlite_file}" if own_file else request.getfixturevalue("postgresql_database")
    )


@pytest.fixture
async def store(url, monkeypatch):
    """A database with a service that has it open, so that its lock is taken."""
    monkeypatch.setenv("HUYING_STORAGE__URL", url)
    opened = open_store(url)
    await opened.upgrade()
    yield opened
    await opened.close()


@pytest.fixture
def now(store, url) -> datetime:
    with looking(url) as connection:
        return time_of(connection) - timedelta(minutes=5)


def huying(*arguments: str):
    return CliRunner().invoke(cli, arguments)


async def arrive(store, now, *updates: int) -> None:
    async with store.begin() as work:
        body = json.dumps({"update_id": 1, "message": {"text": WORDS, "chat": {"id": CHAT}}})
        rows = [RawUpdate(7, update, CHAT, "message", body) for update in updates]
        await work.inbox.insert(rows, now=now)


async def die(store, now) -> None:
    async with store.begin() as work:
        (row,) = await work.inbox.ready(now=now, limit=1, busy=())
        await work.inbox.bury(row, error="Undecodable")


async def turns(store) -> list[int]:
    async with store.begin() as work:
        rows = await work.inbox.ready(now=datetime.now(UTC), limit=9, busy=())  # noqa: TID251
        return [row.update_id for row in rows]


async def test_what_was_set_aside_is_listed_without_a_word_of_it(store, now):
    await arrive(store, now, 1, 2)
    await die(store, now)

    told = huying("inbox", "list")

    assert told.exit_code == 0, told.output
    assert "dead\t7\t1\t42\tmessage\t1\tUndecodable\t5 分钟前" in told.stdout
    assert "waiting\t7\t2\t42\tmessage\t0\t-\t5 分钟前" in told.stdout
    assert "漏水" not in told.output


async def test_an_update_is_shown_with_lengths_in_place_of_words(store, now):
    await arrive(store, now, 1)

    told = huying("inbox", "show", "1")

    assert f"‹{len(WORDS)}›" in told.stdout
    assert "13800138000" not in told.output
    assert "漏水" not in told.output


async def test_a_dead_update_is_replayed_in_its_old_place_while_the_service_runs(store, now):
    await arrive(store, now, 1, 2)
    await die(store, now)
    before = await turns(store)

    told = huying("inbox", "replay", "7/1")

    assert told.exit_code == 0, told.output
    assert (before, await turns(store)) == ([2], [1])


async def test_only_the_dead_are_replayed(store, now):
    await arrive(store, now, 1)

    told = huying("inbox", "replay", "1")

    assert told.exit_code == 1
    assert "没有改动" in told.output


async def test_a_dropped_update_keeps_the_reason(store, now):
    await arrive(store, now, 1)
    await die(store, now)

    huying("inbox", "drop", "1", "--why", "测试")

    told = huying("inbox", "list", "--state", Fate.IGNORED.value)
    assert "dropped: 测试" in told.stdout


async def test_a_number_nobody_knows_is_said_so(store):
    told = huying("inbox", "show", "99")

    assert (told.exit_code, told.stderr.strip()) == (1, "没有编号为 99 的更新。")


async def test_without_a_database_the_office_says_how_to_make_one(tmp_path, monkeypatch):
    monkeypatch.setenv("HUYING_STORAGE__URL", f"sqlite:///{tmp_path}/none.db")

    told = huying("inbox", "list")

    assert told.exit_code == 1
    assert "还没有建立" in told.stderr
    assert not (tmp_path / "none.db").exists()


def a_row(words: str, lane: int = CHAT) -> Outgoing:
    params = {"chat_id": lane, "text": words}
    return Outgoing(lane, Kind.SAY, {"method": "sendMessage", "params": params})


async def owe(store, now, *rows: Outgoing) -> None:
    async with store.begin() as work:
        await work.outbox.put(*rows, now=now)


async def claimed(store, now) -> list[str]:
    async with store.begin() as work:
        rows = await work.outbox.claim(now=now, limit=9, busy=())
        await work.outbox.settle(*(Settled(row.id, State.SENT) for row in rows), now=now)
        return [row.payload["params"]["text"] for row in rows]


async def test_the_outbox_says_what_it_keeps_and_why(store, now):
    await owe(store, now, a_row("一"), a_row("二", lane=43), a_row(WORDS, lane=44))
    async with store.begin() as work:
        first, second, _ = await work.outbox.claim(now=now, limit=9, busy=())
        pause = Settled(first.id, State.READY, lane_pause=now + timedelta(minutes=15))
        dead = Settled(second.id, State.DEAD, error="Forbidden: bot was blocked by the user")
        await work.outbox.settle(pause, dead, now=now)

    told, elsewhere = huying("outbox"), huying("outbox", "--chat", "43")

    assert "ready\t等待发送\t1 条\t最早 5 分钟前" in told.stdout
    assert "paused\t会话暂停\t42\t还有 9 分钟" in told.stdout or "10 分钟" in told.stdout
    assert "\t43\tsay\t1\tForbidden: bot was blocked by the user\t5 分钟前" in told.stdout
    assert "漏水" not in told.output
    assert "等待发送" not in elsewhere.stdout


async def test_a_restored_database_holds_what_it_owed_until_it_is_released(store, now, url):
    await owe(store, now, a_row("旧一"), a_row("旧二"), a_row("别处", lane=43))
    with acting(url) as connection:
        hold(connection, now, now)
    await owe(store, now, a_row("新"))

    at_once = await claimed(store, now) + await claimed(store, now)
    huying("outbox", "release", "2")
    ticked = await claimed(store, now)
    huying("outbox", "drop", "--all", "--why", "过时")

    assert (at_once, ticked) == (["新"], ["旧二"])
    assert await claimed(store, now) == []
    assert "暂扣" not in huying("outbox").stdout


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ({"text": "灯坏了", "id": 5}, {"text": "‹3›", "id": 5}),
        ({"latitude": 23.1, "longitude": 113}, {"latitude": "‹#›", "longitude": "‹#›"}),
        (
            {"phone_number": 13800138000, "type": "private"},
            {"phone_number": "‹#›", "type": "private"},
        ),
        ([{"a": ["甲乙"]}, None, True], [{"a": ["‹2›"]}, None, True]),
    ],
)
def test_masking_keeps_the_structure_and_no_words(raw, shown):
    assert masked(raw) == shown
