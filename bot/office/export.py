"""``huying export``: everything as a file on the host; the service may run meanwhile."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.office.asked import Config, end, in_words, settings_of
from bot.office.desk import a_book, finished

if TYPE_CHECKING:
    from core.exporting import Wish
    from core.ports import Work
    from core.rulebook import Rulebook

WHATS = ("calls", "legs", "people", "audit", "residents")
What = Annotated[str, typer.Argument(help=f"{'、'.join(WHATS)}（呼叫、分单、人员、台账、居民）")]
File = Annotated[Path, typer.Argument(help="写到这个新文件，以 .xlsx 或 .csv 结尾")]
By = Annotated[str, typer.Option("--by", help="管理员的姓名，会写进文件和台账")]
Why = Annotated[str, typer.Option("--why", help="显示姓名、电话、地址和原话的理由；不写就遮住")]
Second = Annotated[str, typer.Option("--second", help="显示个人信息时，同意的第二个人的姓名")]
Month = Annotated[str, typer.Option("--month", help="只要这个月或这一年，例如 2026-06")]


def export(
    what: What,
    file: File,
    by: By = "",
    why: Why = "",
    second: Second = "",
    month: Month = "",
    config: Config = None,
) -> None:
    """把呼叫、分单、人员或台账写成表格；限制查看的呼叫不在内，导出会记入台账。"""
    wish = _wish(what, file, by, why, month, config)
    if wish.open and second.strip() in ("", by.strip()):
        end("含个人信息的导出要两个人同意：请另一位管理员或审计员同意，写上姓名：--second 姓名。")
    settings = settings_of(config)
    with in_words():
        file.open("x").close()
        file.chmod(0o600)
        with a_book(settings, writing=True) as (book, now):
            _note(wish, by.strip(), second.strip() if wish.open else "", book, now)
        with a_book(settings) as (book, now):
            count = _written(file, wish, by.strip(), book, now)
    typer.echo(f"已写出 {count} 行到 {file}。")


def _wish(what: str, file: Path, by: str, why: str, month: str, config: Path | None) -> Wish:
    from bot.lean import import_aiogram

    import_aiogram()
    from bot.screens.exports import FORMS, wished
    from core.exporting import Wish
    from storage.sheets import read_district

    form = file.suffix.removeprefix(".").lower()
    if what not in WHATS:
        end(f"没有“{what}”，请从这些里选：{'、'.join(WHATS)}。")
    if form not in FORMS:
        end("文件名请以 .xlsx 或 .csv 结尾。")
    if not by.strip():
        end("请写上管理员的姓名：--by 姓名。")
    with in_words():
        zone = read_district(settings_of(config).district.folder).calendar.zone
    asked = " ".join(filter(None, (what, form, month, f"理由：{why}" if why else "")))
    wish = wished(asked, zone)
    if not isinstance(wish, Wish):
        end(wish)
    return wish


def _note(wish: Wish, by: str, second: str, book: Rulebook, now: datetime) -> None:
    from core.desk import Desk
    from core.people import HOST, Actor

    desk = Desk(book.work, book.rules.district)
    host = Actor(HOST, by, administrator=True)
    finished(desk.exported(wish, by=host, now=now, second=second))


def _written(file: Path, wish: Wish, by: str, book: Rulebook, now: datetime) -> int:
    """All of one moment of the database, with a word of how far it is."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn

    from bot.exporting import pages
    from bot.screens.export_rows import TITLES, Drawing
    from bot.screens.exports import watermark
    from bot.spreadsheets import Form, writer
    from core.people import HOST

    drawing, count = Drawing(book.rules.district, wish.open), 0
    shown = (SpinnerColumn(), TextColumn("已写 {task.completed} 行"))
    header, title = drawing.header(wish.what), TITLES[wish.what]
    with (
        Progress(*shown, console=Console(stderr=True), transient=True) as progress,
        closing(writer(file, Form(wish.form), title, header)) as made,
    ):
        task = progress.add_task("", total=None)
        for page in _pages(pages(_beside(book.work), wish, drawing)):
            for row in page:
                made.row(row)
            count += len(page)
            progress.update(task, completed=count)
        made.row([watermark(by, HOST, drawing.at(now))])
    return count


def _beside(work: Work) -> Callable[[], AbstractAsyncContextManager[Work]]:
    @asynccontextmanager
    async def look() -> AsyncIterator[Work]:
        yield work

    return look


def _pages(found: AsyncIterator[list[list[str]]]) -> Iterator[list[list[str]]]:
    async def following() -> list[list[str]] | None:
        return await anext(found, None)

    while (page := finished(following())) is not None:
        yield page
