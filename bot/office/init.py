"""``huying init``: a token, a district folder and an administrator make a working bot."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.office.asked import end, in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.config import Settings
    from bot.delivery.voice import Voice
    from bot.office.setting_up import Administrator

TokenFile = Annotated[Path | None, typer.Option("--token-file", help="里面只有令牌的文件")]
Folder = Annotated[Path | None, typer.Option("--district", help="辖区资料文件夹")]
Accounts = Annotated[
    list[int] | None, typer.Option("--administrator", help="管理员的数字编号，可以写几位")
]
Where = Annotated[Path | None, typer.Option("--config", help="要写的配置文件，默认为 config.toml")]
Root = Annotated[str | None, typer.Option("--api-root", help="Bot API 的地址，默认为 Telegram 的")]
Run = Annotated[
    bool | None, typer.Option("--run/--no-run", help="装好后马上启动，或不启动；不写就问")
]
Refused = Annotated[str, typer.Option("--token", hidden=True)]
DONE = "装好了。"
USUAL_FOLDER = Path("examples/liwan")


def init(
    token_file: TokenFile = None,
    district: Folder = None,
    administrator: Accounts = None,
    config: Where = None,
    api_root: Root = None,
    run: Run = None,
    token: Refused = "",
) -> None:
    """第一次安装：问令牌、辖区资料和管理员，写好配置，建好数据库，把后续步骤发给管理员，启动服务。"""
    from bot.config import OFFICIAL, USUAL_FILE

    config, root = config or USUAL_FILE, (api_root or OFFICIAL).rstrip("/")
    if token:
        end(
            "请不要把令牌写在命令行里：它会留在 shell 的历史记录里。"
            "请用 --token-file，或按提示输入；"
            "写过的令牌请在 @BotFather 用 /revoke 换一个。"
        )
    from bot.lean import import_aiogram

    import_aiogram()
    with in_words():
        if config.exists():
            _go_on(config)
        else:
            _set_up(token_file, district, administrator or [], config, root)
    asks = run is None and sys.stdin.isatty()
    if run or (asks and typer.confirm("现在就启动服务吗？", default=True)):
        _become_the_service(config)
    typer.echo("启动服务：make run（或 huying run）。以后检查：huying check。")


def _become_the_service(config: Path) -> None:
    """This very process goes on as ``huying run``, so that Ctrl+C and signals reach it alone."""
    sys.stdout.flush()
    command = [sys.executable, "-m", "bot.cli", "run", "--config", str(config)]
    os.execv(sys.executable, command)  # noqa: S606 - ourselves, no shell


def _go_on(config: Path) -> None:
    """What was written stays; a first run that ended half-way is finished."""
    import asyncio

    from bot.config import load
    from bot.office.setting_up import Administrator

    settings = load(config)
    token, listed = settings.telegram.token, settings.people.administrators
    if token is None or _has_database(settings):
        end(f"{config} 已经有了，没有改动。要查看：huying check；要重新安装，请先把它改名。")
    typer.echo(f"{config} 已经有了，没有改动；接着装完。")
    people = [Administrator(each) for each in listed]
    root = settings.telegram.api_root.rstrip("/")
    asyncio.run(_resumed(token.get_secret_value(), root, people, config))


def _has_database(settings: Settings) -> bool:
    from storage.aside import NothingThere, looking

    try:
        with looking(settings.storage.url):
            return True
    except NothingThere:
        return False


async def _resumed(token: str, root: str, people: list[Administrator], config: Path) -> None:
    from bot.delivery.voice import Voice

    voice = Voice(token=token, api_root=root)
    await voice.open()
    try:
        await _ready(voice, await _known(voice), people, config)
    finally:
        await voice.close()
    typer.echo(DONE)


def _set_up(
    token_file: Path | None, folder: Path | None, accounts: list[int], config: Path, root: str
) -> None:
    import asyncio

    from storage.sheets import read_district

    token = _token(token_file)
    folder = folder or Path(typer.prompt("辖区资料文件夹", default=str(USUAL_FOLDER)))
    read = read_district(folder)
    typer.echo(f"辖区资料没有问题：{read.tree.district.name}，单位 {len(read.tree.agencies)} 个。")
    asyncio.run(_with_telegram(token, root, folder.resolve(), accounts, config))


async def _with_telegram(
    token: str, root: str, folder: Path, accounts: list[int], config: Path
) -> None:
    from bot.delivery.voice import Voice
    from bot.office.setting_up import Administrator, Chosen, write

    voice = Voice(token=token, api_root=root)
    await voice.open()
    try:
        me = await _known(voice)
        people = [Administrator(each) for each in accounts]
        people = people or [await _whoever_starts(voice, me)]
        ids = tuple(each.account for each in people)
        write(config, Chosen(token, root, folder, ids))
        typer.echo(f"已写好 {config}（只有本用户能看）。")
        await _ready(voice, me, people, config)
    finally:
        await voice.close()
    typer.echo(DONE)


def _token(file: Path | None) -> str:
    """From a file, the environment, or typed unseen: an argument could be read by others (S9)."""
    from bot.config import environment_name

    if file is not None:
        if not file.is_file():
            end(f"没有 {file} 这个文件。")
        return file.read_text(encoding="utf-8").strip()
    said: str = os.environ.get(environment_name("telegram.token")) or typer.prompt(
        "令牌（向 @BotFather 发 /newbot 得到，输入时不显示）", hide_input=True
    )
    return said.strip()


async def _known(voice: Voice) -> Mapping[str, Any]:
    from bot.office.setting_up import Unreached, known

    try:
        me = await known(voice)
    except Unreached:
        end("连不上 Telegram。请检查网络和 --api-root，再运行一次 huying init。")
    if me is None:
        end("Telegram 不认这个令牌。请在 @BotFather 核对后，再运行一次 huying init。")
    typer.echo(f"令牌有效：机器人是 @{me.get('username', '')}。")
    return me


async def _whoever_starts(voice: Voice, me: Mapping[str, Any]) -> Administrator:
    from bot.handlers.start import SETUP
    from bot.office.setting_up import whoever_starts

    code = secrets.token_urlsafe(12)
    link = f"https://t.me/{me.get('username', '')}?start={SETUP}{code}"
    typer.echo(f"请管理员用自己的手机打开这个链接，点“开始”（等着，按 Ctrl+C 结束）：\n{link}")
    who = await whoever_starts(voice, code)
    typer.echo(f"管理员：{who.name}（{who.account}）。")
    return who


async def _ready(
    voice: Voice, me: Mapping[str, Any], people: list[Administrator], config: Path
) -> None:
    """The database, and the checklist in each administrator's chat."""
    from bot import app
    from bot.config import load
    from bot.office.desk import a_book, finished
    from bot.office.setting_up import code_line, welcomed
    from core.health import looked_over

    settings = load(config)
    await app.upgrade(settings)
    typer.echo("数据库已建好。")
    listed = settings.people.administrators
    with a_book(settings, writing=True) as (book, now):
        work, district = book.work, book.rules.district
        left = finished(looked_over(work, district, administrators=listed, now=now))
        lines = {who: finished(code_line(work, district, who, me, now)) for who in people}
    for who, line in lines.items():
        if await welcomed(voice, who, district, left, line):
            typer.echo("后续步骤已发到管理员和机器人的聊天里。")
        else:
            typer.echo(
                f"还不能发消息给管理员 {who.account}：请先打开机器人点“开始”，再发 /health。"
            )
