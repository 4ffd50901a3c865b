"""A new administrator sets it all up by the README alone: from nothing to the first call closed.

The steps are those of "Your own bot" in the README; how many there are and how long they take is
written down in ``docs/operating.md``.
"""

from __future__ import annotations

import asyncio
import re
import stat
import sys
import tomllib
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from typer.testing import CliRunner

from bot.cli import cli
from bot.office.setting_up import Chosen, write
from tests.journeys.duty import Officer
from tests.journeys.everybody import LIWAN
from tests.journeys.process import environment
from tests.journeys.running import READY
from tests.journeys.telling import Resident
from tests.people import ROOT, TOKEN, Group, Message, Sandbox

WRONG = "7000000009:AAH-a-token-that-nobody-ever-gave"


@pytest.fixture
async def empty() -> AsyncIterator[Sandbox]:
    """Telegram with a bot that nobody runs yet."""
    async with Sandbox.started() as sandbox:
        yield sandbox


async def begins(folder: Path, *words: str) -> Process:
    """``huying`` in that folder."""
    command = [sys.executable, "-m", "bot.cli", *words]
    own = {**environment(), "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    return await asyncio.create_subprocess_exec(
        *command, cwd=folder, env=own, stdin=PIPE, stdout=PIPE, stderr=PIPE
    )


async def init(folder: Path, sandbox: Sandbox, *more: str, token: str = TOKEN) -> Process:
    """``huying init`` with the token in a file, as the README says for scripts."""
    (folder / "token").write_text(f"{token}\n")
    words = ("--token-file", "token", "--district", str(LIWAN), "--api-root", sandbox.url)
    return await begins(folder, "init", *words, *more)


async def link_in(process: Process) -> str:
    """The payload of the link it shows."""
    assert process.stdout is not None
    async with asyncio.timeout(60):
        async for line in process.stdout:
            if found := re.search(r"https://t\.me/\S+", line.decode()):
                return payload(found.group())
    raise AssertionError("no link")


async def works(process: Process) -> str:
    """What init says until the very same process is the service."""
    assert process.stdout is not None
    told = ""
    async with asyncio.timeout(60):
        while READY not in told:
            line = await process.stdout.readline()
            assert line, told
            told += line.decode()
    return told


async def test_from_an_empty_folder_to_the_first_call_closed(tmp_path: Path, empty: Sandbox):
    su = Resident(home=empty, id=(await empty.person("苏晴")).id, name="苏晴")
    service = await init(tmp_path, empty, "--run")
    await su.starts(await link_in(service))
    told = await works(service)
    assert "后续步骤已发到管理员" in told
    assert TOKEN not in told
    await su.sees("苏晴，您好！“呼应”已经装好", "/bindcode", "/invite", "/health", earlier=True)

    config = tmp_path / "config.toml"
    assert stat.S_IMODE(config.stat().st_mode) == 0o600
    assert tomllib.loads(config.read_text())["people"]["administrators"] == [su.id]

    try:
        await su.sees("我是“呼应”", "/admin", earlier=True)
        office = await empty.group("荔湾区呼应办", creator=su)
        await binds_by(su, office, told_in(await su.messages()), "荔湾区")
        group = await empty.group("逢源北社区工作群", creator=su)
        await binds(su, group, "逢源北社区")
        li = Officer(home=empty, id=(await empty.person("李敏")).id, name="李敏", group=group)
        await group.member(li, "member")
        await li.starts(await invitation(su, "逢源北社区 联络员"))
        await li.sees("您已加入【逢源北社区】")

        lin = Resident(home=empty, id=(await empty.person("林阿姨")).id, name="林阿姨")
        number = await lin.raises("楼下的路灯坏了三天", at="逢源北社区")
        await li.takes(number)
        await li.resolves(number, "灯泡换好了")
        await lin.rates(number)

        await su.says("/health")
        await su.sees("没有人能办理：荔湾区。")
    finally:
        service.terminate()
        _told, complained = await service.communicate()
    assert service.returncode == 0, complained.decode()
    assert TOKEN not in complained.decode()


async def binds(administrator: Resident, group: Group, agency: str) -> None:
    """Two commands and a tap."""
    await administrator.says(f"/bindcode {agency}")
    given = await administrator.sees("绑定码")
    await binds_by(administrator, group, given.text, agency)


async def binds_by(administrator: Resident, group: Group, given: str, agency: str) -> None:
    """The line that was given, and a tap."""
    line = re.search(r"/bind@\S+ \w+", given)
    assert line
    await administrator.in_group(group).says(line.group())
    await administrator.in_group(group).taps("确认")
    await administrator.in_group(group).sees(f"本群已是【{agency}】的办理群")


def told_in(messages: list[Message]) -> str:
    """The checklist among what was said."""
    return next(one.text for one in messages if "“呼应”已经装好" in one.text)


async def invitation(administrator: Resident, whom: str) -> str:
    """One command; what the link carries."""
    await administrator.says(f"/invite {whom}")
    given = await administrator.sees("加入链接")
    link = re.search(r"https://t\.me/\S+", given.text)
    assert link
    return payload(link.group())


def payload(link: str) -> str:
    """What Start carries."""
    return parse_qs(urlsplit(link).query)["start"][0]


async def test_a_token_that_telegram_does_not_know_ends_in_a_sentence_and_leaves_nothing(
    tmp_path: Path, empty: Sandbox
):
    setting_up = await init(tmp_path, empty, token=WRONG)
    told, complained = await setting_up.communicate()

    assert setting_up.returncode == 1
    assert "不认这个令牌" in complained.decode()
    assert WRONG not in told.decode() + complained.decode()
    assert not (tmp_path / "config.toml").exists()


async def test_a_first_run_that_ended_half_way_is_finished_and_then_changes_nothing(
    tmp_path: Path, empty: Sandbox, monkeypatch: pytest.MonkeyPatch
):
    su = Resident(home=empty, id=(await empty.person("苏晴")).id, name="苏晴")
    await su.starts()
    monkeypatch.chdir(tmp_path)
    chosen = Chosen(TOKEN, empty.url, LIWAN, (su.id,))
    write(tmp_path / "config.toml", chosen)

    first = await asyncio.to_thread(CliRunner().invoke, cli, ["init"])
    again = await asyncio.to_thread(CliRunner().invoke, cli, ["init"])

    assert first.exit_code == 0, first.output
    assert "接着装完" in first.output
    assert again.exit_code == 1
    assert "已经有了，没有改动" in again.output
    assert len([one for one in await su.messages() if "/bind@" in one.text]) == 1


def test_a_token_on_the_command_line_is_refused_and_not_repeated():
    done = CliRunner().invoke(cli, ["init", "--token", TOKEN])

    assert done.exit_code == 1
    assert "--token-file" in done.output
    assert TOKEN not in done.output


async def test_settings_that_are_there_are_never_written_over(tmp_path: Path, empty: Sandbox):
    (tmp_path / "config.toml").write_text("[log]\nlevel = 'info'\n")
    setting_up = await init(tmp_path, empty, "--administrator", "1")
    _told, complained = await setting_up.communicate()

    assert setting_up.returncode == 1
    assert "已经有了，没有改动" in complained.decode()
    assert (tmp_path / "config.toml").read_text() == "[log]\nlevel = 'info'\n"
