"""``huying audit``: prove that nobody changed what was written, and hand it out for proof."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.office.asked import Config, end, in_words, row, settings_of

if TYPE_CHECKING:
    from storage.audit import Report

audit = typer.Typer(help="核对台账有没有被改过", no_args_is_help=True)
Head = Annotated[str, typer.Option("--head", help="封存消息里的那串字，至少前 16 位")]
Target = Annotated[Path, typer.Argument(help="写到这个文件，一行一条 JSON")]
FAULTS = {
    "changed": "内容被改过",
    "out_of_line": "前面少了、多了或者挪动了记录",
    "words_gone": "原话没有了，却没有删除记录",
    "seal_broken": "封存时在的记录现在少了或者变了",
    "head_unknown": "没有这一次封存：末尾被截掉，或者整个库被重写",
}
TABLES = {"journal": "呼叫记录", "acts": "管理记录", "seals": "封存记录"}
SHORTEST_HEAD = 16


@audit.command()
def verify(config: Config = None, head: Head = "") -> None:
    """逐条核对；有问题就逐条列出并以 1 结束。服务可以照常运行。"""
    from storage.aside import looking
    from storage.audit import verify as prove

    if head and len(head.strip()) < SHORTEST_HEAD:
        end(f"--head 至少要写前 {SHORTEST_HEAD} 位。")
    with in_words(), looking(settings_of(config).storage.url) as connection:
        report = prove(connection, head)
    _tell(report, bool(head))


def _tell(report: Report, compared: bool) -> None:
    typer.echo(
        f"核对了呼叫记录 {report.entries} 条（其中按要求删除原话 {report.erased} 条）、"
        f"管理记录 {report.acts} 条、封存 {report.seals} 次。"
    )
    for found in report.faults:
        row(TABLES[found.of], found.id, found.call or "-", FAULTS[found.fault])
    if report.faults:
        end(f"发现 {len(report.faults)} 处问题。请保留现场，先不要恢复备份，并告诉审计员。")
    if report.last is None:
        typer.echo("还没有封存过：末尾有没有被截掉，要等今晚 18:00 封存后才能核对。")
    elif not compared:
        typer.echo("没有问题。加上 --head 和群里的封存消息核对，才能发现整个库被重写。")
    else:
        typer.echo("没有问题，和封存消息一致。")


@audit.command()
def export(file: Target, config: Config = None) -> None:
    """导出全部台账和校验值，不含任何人的原话；外人凭它也能核对。"""
    from storage.aside import looking
    from storage.audit import lines

    count = 0
    with in_words(), looking(settings_of(config).storage.url) as connection, file.open("x") as out:
        file.chmod(0o600)
        for line in lines(connection):
            count += out.write(json.dumps(line, ensure_ascii=False) + "\n") > 0
    typer.echo(f"已导出 {count} 条到 {file}。")
