"""The command line: run the service, check an installation, care for the database.

Everything heavy is imported when a command needs it: ``huying --help`` answers at once.
"""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from collections.abc import Coroutine
from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from bot import last_words
from bot.companion import Companion, companion
from bot.lean import import_aiogram
from bot.office.asked import Config, end, in_words, settings_of
from bot.office.audit import audit
from bot.office.copies import backup, restore
from bot.office.district import district
from bot.office.export import export
from bot.office.inbox import inbox
from bot.office.init import init
from bot.office.outbox import outbox
from bot.office.pending import pending
from bot.office.retention import retention
from bot.office.sheets import sheets
from bot.office.simulate import simulate

if TYPE_CHECKING:
    from bot.config import Settings

Result = TypeVar("Result")
ApiRoot = Annotated[
    str | None, typer.Option("--api-root", help="Bot API 的地址，代替 telegram.api_root")
]
cli = typer.Typer(
    help="呼应 Huying：居民呼叫，社区回应。", no_args_is_help=True, add_completion=False
)
database = typer.Typer(help="照看数据库", no_args_is_help=True)
cli.add_typer(database, name="db")
cli.command()(init)
cli.command()(backup)
cli.command()(restore)
cli.command()(retention)
cli.command()(simulate)
cli.command()(district)
cli.command()(export)
cli.add_typer(inbox, name="inbox")
cli.add_typer(audit, name="audit")
cli.add_typer(outbox, name="outbox")
cli.add_typer(sheets, name="sheets")
cli.add_typer(pending, name="pending")


def main() -> None:
    """What ``huying`` starts; ended early by SIGTERM, it still ends what it started."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    last_words.listen()
    typer.main.get_command(cli)()  # called itself, it would print what an exception says


@cli.command()
def run(config: Config = None, api_root: ApiRoot = None) -> None:
    """运行服务：配置了令牌就连接 Telegram，否则启动沙盒。"""
    settings = settings_of(config, api_root)
    with ExitStack() as beside:
        started = None
        if settings.rehearsed:
            sandbox = companion(settings.sandbox.port, folder=settings.district.folder)
            started = beside.enter_context(sandbox)
        _serve(settings, started)


def _serve(settings: Settings, started: Companion | None) -> None:
    # The collector would walk every model that aiogram builds, again and again, for nothing.
    gc.disable()
    import_aiogram()
    from bot import app, logs
    from bot.assembly import assemble

    logs.set_up(settings.log.level)
    _finished(app.run(settings, assemble=assemble, tell=typer.echo, companion=started))


@cli.command()
def check(config: Config = None) -> None:
    """检查配置、令牌、数据库、辖区表格、群和人员，逐条说明问题和办法。"""
    settings = settings_of(config)
    import_aiogram()
    from bot.app import wall
    from bot.office.checkup import checkup

    findings = _finished(checkup(settings, wall))
    for warning in findings.warnings:
        typer.echo(f"注意：{warning}")
    if findings.mistakes:
        end(*findings.mistakes)
    typer.echo("检查通过：配置、数据库和辖区表格都没有问题。" + _left(len(findings.warnings)))


def _left(count: int) -> str:
    return f"上面 {count} 件请留意。" if count else ""


@database.command()
def upgrade(config: Config = None) -> None:
    """把数据库升级到最新的表结构。"""
    settings = settings_of(config)
    import_aiogram()
    from bot import app

    revision = _finished(app.upgrade(settings))
    typer.echo(f"数据库的表结构已是最新（{revision}）。")


def _finished(work: Coroutine[None, None, Result]) -> Result:
    """Run it; what somebody can mend is said in a sentence, everything else is a defect."""
    with in_words():
        return asyncio.run(work)


if __name__ == "__main__":
    main()
