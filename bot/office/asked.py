"""What every command of the office needs: the settings, and an end in a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from bot.complaints import complaint

if TYPE_CHECKING:
    from bot.config import Settings

Config = Annotated[
    Path | None, typer.Option("--config", help="配置文件，默认为当前文件夹的 config.toml")
]
Most = Annotated[int, typer.Option("--limit", min=1, max=1000, help="最多显示多少条")]


def settings_of(config: Path | None, api_root: str | None = None) -> Settings:
    """The settings, or an end that names every mistake in them."""
    from bot.config import ConfigMistakes, load

    try:
        return load(config, api_root=api_root)
    except ConfigMistakes as mistakes:
        end(*mistakes.sentences)


@contextmanager
def in_words() -> Iterator[None]:
    """What somebody can mend ends in a sentence; everything else is a defect."""
    try:
        yield
    except Exception as error:
        sentences = complaint(error)
        if not sentences:
            raise
        end(*sentences)


def end(*sentences: str) -> NoReturn:
    """Say what is wrong on standard error and leave with code 1."""
    for sentence in sentences:
        typer.echo(sentence, err=True)
    raise typer.Exit(1)


def age(since: datetime, now: datetime) -> str:
    """How long ago, in the largest unit that fits."""
    seconds = max(int((now - since) / timedelta(seconds=1)), 0)
    units = ((86400, "天"), (3600, "小时"), (60, "分钟"))
    return next((f"{seconds // n} {name}" for n, name in units if seconds >= n), f"{seconds} 秒")


def row(*cells: object) -> None:
    """One line of a list, its cells apart by tabs: for the eye, and for other programs."""
    typer.echo("\t".join(str(cell) for cell in cells))
