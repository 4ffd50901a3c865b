"""``huying backup`` and ``huying restore``: a proved copy of a running service, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.office.asked import Config, in_words, settings_of

Target = Annotated[Path, typer.Argument(help="备份文件，或放备份的文件夹")]
Source = Annotated[Path, typer.Argument(help="由 huying backup 写出的备份文件")]
Keep = Annotated[int, typer.Option("--keep", min=0, help="文件夹里只留最新的几份；0 全留")]
Replace = Annotated[bool, typer.Option("--replace", help="已有数据库时，把它改名保留再恢复")]


def backup(target: Target, config: Config = None, keep: Keep = 0) -> None:
    """备份数据库；服务可以照常运行。旁边的 manifest 记下时间、版本、条数和校验和。"""
    from storage.backup import take

    with in_words():
        file, manifest = take(settings_of(config).storage.url, target, keep=keep)
    rows = sum(manifest.rows.values())
    typer.echo(f"已备份到 {file}（{rows} 行，版本 {manifest.revision}）。")


def restore(source: Source, config: Config = None, replace: Replace = False) -> None:
    """由备份恢复数据库；备份时待发的消息一律暂扣，由管理员决定放行。"""
    from storage.restore import restore as bring_back

    with in_words():
        said, held = bring_back(settings_of(config).storage.url, source, replace=replace)
    taken = said.taken_at.isoformat(sep=" ", timespec="minutes")
    typer.echo(f"已恢复到 {taken} 的状态，暂扣 {held} 条待发消息。")
    typer.echo("请用 huying outbox 查看，再用 huying outbox release 或 drop 处理。")
