"""``huying outbox``: what is held and why; what a restored database may still say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.office.asked import Config, Most, age, end, in_words, row, settings_of

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

outbox = typer.Typer(help="查看和放行待发的消息")
Ids = Annotated[list[int] | None, typer.Argument(help="消息编号")]
All = Annotated[bool, typer.Option("--all", help="全部暂扣的消息")]
Why = Annotated[str, typer.Option("--why", help="为什么丢弃，会留在记录里")]
Chat = Annotated[int | None, typer.Option("--chat", help="只看这个会话")]
NAMES = {
    "ready": "等待发送",
    "sending": "正在发送",
    "unknown": "结果不明",
    "dead": "已放弃",
    "held": "恢复后暂扣",
}


@outbox.callback(invoke_without_command=True)
def look(
    context: typer.Context, config: Config = None, chat: Chat = None, limit: Most = 50
) -> None:
    """显示待发、暂停、结果不明、已放弃和暂扣的消息；不显示任何内容。"""
    if context.invoked_subcommand:
        return
    from storage.aside import looking, time_of

    with in_words(), looking(settings_of(config).storage.url) as connection:
        now = time_of(connection)
        _states(connection, chat, now)
        _pauses(connection, chat, now)
        _rows(connection, chat, limit, now)


def _states(connection: Connection, chat: int | None, now: datetime) -> None:
    from storage.held_back import counts, instance

    if since := instance(connection).held_since:
        typer.echo(f"数据库由备份恢复，自 {age(since, now)}前起暂扣旧消息。")
    found = counts(connection, chat)
    if not found:
        typer.echo("没有待发或搁置的消息。")
    for state, (count, oldest) in found.items():
        row(state, NAMES.get(state, "-"), f"{count} 条", f"最早 {age(oldest, now)}前")


def _pauses(connection: Connection, chat: int | None, now: datetime) -> None:
    from storage.held_back import paused

    for lane, until in paused(connection, chat, now):
        row("paused", "会话暂停", lane, f"还有 {age(now, until)}")


def _rows(connection: Connection, chat: int | None, limit: int, now: datetime) -> None:
    from storage.held_back import kept

    for each in kept(connection, chat, limit):
        since = f"{age(each.created_at, now)}前"
        row(each.state, each.id, each.lane, each.kind, each.tries, each.error or "-", since)


@outbox.command()
def release(ids: Ids = None, every: All = False, config: Config = None) -> None:
    """放行恢复后暂扣的消息；运行中的服务一秒内发出。"""
    from storage.aside import acting
    from storage.held_back import release as let_go

    with in_words(), acting(settings_of(config).storage.url) as connection:
        count = let_go(connection, _meant(ids, every))
    typer.echo(f"已放行 {count} 条。")


@outbox.command()
def drop(why: Why, ids: Ids = None, every: All = False, config: Config = None) -> None:
    """丢弃恢复后暂扣的消息，并记下原因。"""
    from storage.aside import acting
    from storage.held_back import drop as away

    with in_words(), acting(settings_of(config).storage.url) as connection:
        count = away(connection, _meant(ids, every), why)
    typer.echo(f"已丢弃 {count} 条。")


def _meant(ids: list[int] | None, every: bool) -> list[int] | None:
    if bool(ids) == every:
        end("请写明消息编号，或者用 --all 表示全部。")
    return None if every else ids
