"""``huying inbox``: updates that wait or were set aside - listed, shown masked, replayed, dropped.

Works while the service runs; it finds what was replayed within a second.
"""

from __future__ import annotations

import json
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from bot.office.asked import Config, Most, age, end, in_words, row, settings_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.dead_letters import Key, Letter

inbox = typer.Typer(help="查看和处理未能处理的更新", no_args_is_help=True)
Ids = Annotated[list[str], typer.Argument(help="更新编号；有多个机器人时写成 机器人/编号")]
Why = Annotated[str, typer.Option("--why", help="为什么丢弃，会留在记录里")]


class Shown(StrEnum):
    """What to list, by the words of the database."""

    DEAD = "dead"
    IGNORED = "ignored"
    WAITING = "waiting"


@inbox.command("list")
def list_(
    config: Config = None,
    state: Annotated[Shown | None, typer.Option("--state", help="只看一种状态")] = None,
    limit: Most = 50,
) -> None:
    """列出等待中、已放弃和未识别的更新；不显示任何内容。"""
    from core.incoming import Fate
    from storage.aside import looking, time_of
    from storage.dead_letters import letters

    url, wanted = settings_of(config).storage.url, [state] if state else list(Shown)
    with in_words(), looking(url) as connection:
        row("状态", "机器人", "更新", "会话", "类型", "尝试", "原因", "收到")
        for each in wanted:
            fate = Fate.NEW if each is Shown.WAITING else Fate(each.value)
            for letter in letters(connection, fate, limit):
                _line(each, letter, time_of(connection))


def _line(shown: Shown, letter: Letter, now: datetime) -> None:
    row(
        shown,
        letter.bot_id,
        letter.update_id,
        letter.lane,
        letter.kind or "-",
        letter.tries,
        letter.error or "-",
        f"{age(letter.received_at, now)}前",
    )


@inbox.command()
def show(update: Annotated[str, typer.Argument(help="更新编号")], config: Config = None) -> None:
    """显示一条更新的结构；文字、姓名、电话只显示长度。"""
    from bot.office.masked import masked
    from storage.aside import looking, time_of
    from storage.dead_letters import letter

    with in_words(), looking(settings_of(config).storage.url) as connection:
        found, now = letter(connection, _key(connection, update)), time_of(connection)
    if found is None:
        end(f"没有编号为 {update} 的更新。")
    about, body = found
    typer.echo(f"{about.fate} {about.kind} {about.error} {age(about.received_at, now)}前")
    typer.echo(json.dumps(masked(json.loads(body)), ensure_ascii=False, indent=2))


@inbox.command()
def replay(updates: Ids, config: Config = None) -> None:
    """让已放弃的更新从头再试；运行中的服务一秒内接手。"""
    from storage.aside import acting
    from storage.dead_letters import replay as again

    with in_words(), acting(settings_of(config).storage.url) as connection:
        count = again(connection, [_key(connection, each) for each in updates])
    _told(count, len(updates), "已重新排队")


@inbox.command()
def drop(updates: Ids, why: Why, config: Config = None) -> None:
    """不再处理已放弃的更新，并记下原因。"""
    from storage.aside import acting
    from storage.dead_letters import drop as away

    with in_words(), acting(settings_of(config).storage.url) as connection:
        count = away(connection, [_key(connection, each) for each in updates], why)
    _told(count, len(updates), "已丢弃")


def _told(count: int, asked: int, done: str) -> None:
    typer.echo(f"{done} {count} 条。")
    if count < asked:
        end(f"另有 {asked - count} 条不是已放弃的更新，没有改动。")


def _key(connection: Connection, spelled: str) -> Key:
    """The update somebody means; a number that several bots know must name the bot."""
    from storage.dead_letters import keys_of

    bot, _, update = spelled.rpartition("/")
    if not update.isdigit() or (bot and not bot.isdigit()):
        end(f"{spelled} 不是更新编号。")
    if bot:
        return int(bot), int(update)
    found = keys_of(connection, int(update))
    if len(found) != 1:
        example = f"请写明机器人，例如 {found[0][0]}/{update}。" if found else ""
        end(example or f"没有编号为 {update} 的更新。")
    return found[0]
