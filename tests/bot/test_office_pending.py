"""``huying pending``: whoever keeps the host is the second person of a lone administrator."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from bot.cli import cli
from core.people import Binding
from core.petitions import LIFE, Asked, Petition
from storage.aside import looking, time_of
from storage.engine import Store, open_store
from tests.core.playing import EXAMPLE, STREET

SU_AT = 3001


@pytest.fixture
async def store(sqlite_file, monkeypatch):
    """A database in use, with a group that a lone administrator wants to unbind."""
    monkeypatch.setenv("HUYING_STORAGE__URL", f"sqlite:///{sqlite_file}")
    monkeypatch.setenv("HUYING_DISTRICT__FOLDER", str(EXAMPLE))
    monkeypatch.setenv("HUYING_PEOPLE__ADMINISTRATORS", f"[{SU_AT}]")
    store = open_store(str(sqlite_file))
    await store.upgrade()
    yield store
    await store.close()


async def _asked(store: Store, asker: int = SU_AT) -> int:
    with looking(os.environ["HUYING_STORAGE__URL"]) as connection:
        now = time_of(connection) - timedelta(minutes=1)
    async with store.begin() as work:
        await work.groups.save(Binding(STREET, -102, "办理群", SU_AT, now))
        petition = Petition(Asked.UNBIND, STREET, asker, "苏晴", now, now + LIFE, {"open": 2})
        return (await work.petitions.add(petition)).id


def huying(*arguments: str):
    return CliRunner().invoke(cli, ["pending", *arguments])


async def test_what_waits_is_listed_with_whoever_asked(store: Store):
    number = await _asked(store)

    said = huying("list").output

    assert f"{number}\t解除【逢源街道】的办理群\t苏晴" in said


async def test_the_host_agrees_beside_the_running_service_and_it_is_done(store: Store):
    number = await _asked(store)

    said = huying("agree", str(number), "--by", "马工")

    assert said.exit_code == 0, said.output
    assert "马工 同意了，已经办好" in said.output
    async with store.read() as work:
        assert await work.groups.of_agency(STREET) is None
        assert [act.deed for act in await work.acts.latest(2)] == ["unbound", "seconded"]


async def test_the_host_may_also_decline(store: Store):
    number = await _asked(store)

    assert "没有同意" in huying("decline", str(number), "--by", "马工").output

    async with store.read() as work:
        assert await work.groups.of_agency(STREET)


async def test_nobody_agrees_without_a_name(store: Store):
    number = await _asked(store)

    assert huying("agree", str(number)).exit_code == 1


async def test_what_an_administrator_asked_who_is_gone_is_not_done(store: Store):
    number = await _asked(store, asker=9999)

    assert "没有办" in huying("agree", str(number), "--by", "马工").output

    async with store.read() as work:
        assert await work.groups.of_agency(STREET)
