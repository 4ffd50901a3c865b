"""``huying pending``: what waits for a second person; whoever keeps the host may be that person.

Beside the running service, by the road the chat takes. For an office with a single administrator
this is the only second hand there is (decision 0013).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.office.asked import Config, end, in_words, row, settings_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.config import Settings
    from bot.screens.easel import Easel
    from core.petitions import Petition
    from core.seconding import Seconds

pending = typer.Typer(help="查看和决定等第二个人同意的事", no_args_is_help=True)
Number = Annotated[int, typer.Argument(help="编号，见 huying pending list")]
By = Annotated[str, typer.Option("--by", help="您的姓名，会留在记录里")]


@pending.command("list")
def list_(config: Config = None) -> None:
    """列出等第二个人同意的事。"""
    from core.people import SYSTEM
    from storage.replaying import finished

    with in_words(), _desk(settings_of(config)) as (seconds, easel, now):
        waiting = finished(seconds.pending(by=SYSTEM, now=now))
        row("编号", "内容", "提出人", "时限")
        for petition, _may in waiting:
            at = petition.due.astimezone(easel.zone)
            row(petition.id, _what(petition, easel), petition.by_name, f"{at:%m-%d %H:%M}")


@pending.command()
def agree(number: Number, by: By = "", config: Config = None) -> None:
    """同意并马上办；服务一分钟内跟上。"""
    _decide(number, by, config, agrees=True)


@pending.command()
def decline(number: Number, by: By = "", config: Config = None) -> None:
    """不同意，什么也不变。"""
    _decide(number, by, config, agrees=False)


def _decide(number: int, by: str, config: Config, *, agrees: bool) -> None:
    from bot.refusals import sentence
    from bot.screens.petitions import ended
    from core.errors import CoreError
    from core.people import Actor
    from storage.replaying import finished

    if not by.strip():
        end("请写上您的姓名：--by 姓名。提出的人自己不能同意。")
    host = Actor(None, by.strip(), administrator=True)
    with in_words(), _desk(settings_of(config), writing=True) as (seconds, easel, now):
        decides = seconds.agree if agrees else seconds.decline
        try:
            done = finished(decides(number, by=host, now=now))
        except CoreError as found:
            end(sentence(found, easel=easel, now=now))
        typer.echo(ended(done, easel))


@contextmanager
def _desk(
    settings: Settings, *, writing: bool = False
) -> Iterator[tuple[Seconds, Easel, datetime]]:
    """Petitions of the database in use, what names them, and the time by its clock."""
    from bot.lean import import_aiogram
    from storage.aside import acting, looking, time_of

    import_aiogram()
    opening = acting if writing else looking
    with opening(settings.storage.url) as connection:
        seconds, easel = _seconds(connection, settings, time_of(connection))
        yield seconds, easel, time_of(connection)


def _seconds(connection: Connection, settings: Settings, now: datetime) -> tuple[Seconds, Easel]:
    from bot.screens.easel import Easel
    from bot.screens.taps import Taps
    from core.desk import Desk
    from core.in_force import InForce, texts
    from core.rulebook import Rulebook
    from core.seconding import Seconds
    from storage.replaying import StillWire, finished
    from storage.sheets import Over
    from storage.work import SqlWork

    wire, read = StillWire(connection), Over(settings.district.folder)
    wire.shared = connection.dialect.name != "sqlite"
    work = SqlWork(wire)
    district = read(finished(texts(work, finished(work.sheets.in_force(now)))))
    book = Rulebook(work, InForce(district, read=read))
    listed = settings.people.administrators
    return Seconds(work, Desk(work, district), book, listed), Easel(Taps(b""), "", district)


def _what(petition: Petition, easel: Easel) -> str:
    from bot.screens.petitions import what

    return what(petition, easel)
