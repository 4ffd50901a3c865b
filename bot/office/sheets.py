"""``huying sheets``: the rules of the district on the host, by the road that the chat takes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.office.asked import Config, end, in_words, settings_of
from bot.office.desk import a_book, finished, moment

if TYPE_CHECKING:
    from core.reviewing import Review
    from core.rulebook import Rulebook
    from core.sent_sheets import Sent

sheets = typer.Typer(help="导出、核对、比较、换上辖区的表", no_args_is_help=True)
File = Annotated[Path, typer.Argument(help="xlsx 或 csv 文件")]
Folder = Annotated[Path, typer.Argument(help="放到这个文件夹")]
Name = Annotated[str, typer.Option("--sheet", help="是哪张表，例如 日历；文件名看得出来就不用写")]
Which = Annotated[str, typer.Argument(help="表名，例如 日历")]
Number = Annotated[int, typer.Argument(help="版本号", min=1)]
Since = Annotated[str, typer.Option("--from", help="生效时间，例如 2026-12-01 或 “明天 8:00”")]
By = Annotated[str, typer.Option("--by", help="管理员的姓名，会留在记录里")]
As = Annotated[str, typer.Option("--form", help="xlsx、csv，或 all（两种都要）")]


@sheets.command()
def export(folder: Folder, form: As = "all", config: Config = None) -> None:
    """把现行的每一张表写成 xlsx 和 csv。"""
    from bot.spreadsheets import Form, written
    from core.sheet_edits import records_of

    forms = [one for one in Form if form in ("all", one.value)]
    if not forms:
        end(f"没有“{form}”这种格式，请用 xlsx、csv 或 all。")
    count = 0
    with in_words(), a_book(settings_of(config)) as (book, now):
        folder.mkdir(parents=True, exist_ok=True)
        for word, file in _words().items():
            text = finished(book.text(file, now))
            for one in forms if text else ():
                target = folder / f"{Path(file).stem}.{one}"
                target.write_bytes(written(records_of(text), one, word))
                count += 1
    typer.echo(f"已写出 {count} 个文件到 {folder}。")


@sheets.command()
def check(file: File, name: Name = "", since: Since = "", config: Config = None) -> None:
    """只核对，不改动：每一处错误按行列指出。"""
    with in_words(), a_book(settings_of(config)) as (book, now):
        _sent, found = _reviewed(file, name, since, book, now)
    _refuse(found)
    typer.echo(f"《{_word(found)}》表没有错误。")


@sheets.command()
def diff(file: File, name: Name = "", since: Since = "", config: Config = None) -> None:
    """和现行的表比较：改了哪些、增加哪些、删去哪些。"""
    with in_words(), a_book(settings_of(config)) as (book, now):
        _sent, found = _reviewed(file, name, since, book, now)
    _refuse(found)
    _tell(found)


@sheets.command()
def apply(
    file: File, by: By = "", name: Name = "", since: Since = "", config: Config = None
) -> None:
    """换上这张表：先比较，确认后成为新的一版；服务一分钟内跟上。"""
    if not by.strip():
        end("请写上管理员的姓名：--by 姓名。")
    settings = settings_of(config)
    with in_words(), a_book(settings) as (book, now):
        sent, found = _reviewed(file, name, since, book, now)
    _refuse(found)
    _tell(found)
    if found.changes.nothing:
        return
    typer.confirm("现在换上吗？", abort=True)
    with in_words(), a_book(settings, writing=True) as (book, now):
        number = _decided(sent, found, by.strip(), book, now)
    before = number - 1
    typer.echo(
        f"已换上：《{_word(found)}》表第 {number} 版。要撤回：/rollback {_word(found)} {before}"
    )


@sheets.command()
def rollback(name: Which, number: Number, by: By = "", config: Config = None) -> None:
    """退回到某一版：成为新的一版，还没生效的计划一并取消。"""
    file = _words().get(name)
    if file is None:
        end(f"没有“{name}”这张表，请从这些里选：{'、'.join(_words())}。")
    if not by.strip():
        end("请写上管理员的姓名：--by 姓名。")
    with in_words(), a_book(settings_of(config), writing=True) as (book, now):
        made = _given_back(file, number, by.strip(), book, now)
    typer.echo(f"已退回：《{name}》表第 {made} 版和第 {number} 版一样。")


def _given_back(file: str, number: int, by: str, book: Rulebook, now: datetime) -> int:
    from core.errors import NotFound
    from core.people import HOST, Actor

    try:
        text = finished(book.text_of(file, number))
    except NotFound:
        end(f"没有第 {number} 版。在聊天里发 /versions 可以看有哪些版本。")
    actor = Actor(HOST, by, administrator=True)
    return finished(book.decide(file, text, by=actor, now=now, restores=number))


def _decided(sent: Sent, found: Review, by: str, book: Rulebook, now: datetime) -> int:
    from core.people import HOST, Actor
    from core.reviewing import digest

    if digest(finished(book.text(sent.sheet, found.since or now))) != found.stands_on:
        end("这张表刚刚被别人改过，请再比较一次。")
    actor = Actor(HOST, by, administrator=True)
    return finished(book.decide(sent.sheet, sent.text, by=actor, now=now, since=found.since))


def _reviewed(
    file: Path, name: str, since: str, book: Rulebook, now: datetime
) -> tuple[Sent, Review]:
    """What the file says against what is in force; ends where it cannot be read."""
    from bot.lean import import_aiogram

    import_aiogram()
    from bot.screens.sheets import unfit
    from core.reviewing import review
    from core.sent_sheets import NotASheet
    from storage.sheets_sent import opened_now

    if name and name not in _words():
        end(f"没有“{name}”这张表，请从这些里选：{'、'.join(_words())}。")
    try:
        content = file.read_bytes()
        hints = [hint for hint in (name, file.name) if hint]
        sent = opened_now(content, words=_words(), hints=hints)
    except FileNotFoundError:
        end(f"没有找到 {file}。")
    except NotASheet as found:
        end(unfit(found.why))
    at = moment(since, book, now)
    return sent, finished(review(book, sent, since=at, now=now))


def _refuse(found: Review) -> None:
    from bot.screens.mistakes import mistake_lines

    if found.mistakes:
        end(*mistake_lines(found.mistakes), f"共 {len(found.mistakes)} 处要改，没有改动。")


def _tell(found: Review) -> None:
    from bot.screens.ruling import all_lines_of

    if found.changes.nothing:
        typer.echo(f"《{_word(found)}》表和现行的一样。")
        return
    for line in all_lines_of(found.changes):
        typer.echo(line)
    typer.echo(f"从 {found.since:%Y-%m-%d %H:%M} 起。" if found.since else "换上后立即生效。")


def _word(found: Review) -> str:
    from bot.screens.ruling import WORDS

    return WORDS[found.sheet]


def _words() -> dict[str, str]:
    from bot.lean import import_aiogram

    import_aiogram()
    from bot.screens.ruling import SHEETS

    return SHEETS
