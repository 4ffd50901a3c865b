"""``huying check``: settings, database, sheets, Telegram and disk looked over from outside.

The service may run meanwhile: the database is read beside it, and Telegram is only asked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.config import Settings
from bot.delivery.voice import Voice
from bot.office.desk import a_book, finished, work_on
from bot.screens import health as screens
from bot.screens.mistakes import mistake_lines
from bot.surroundings import Surroundings
from core.health import looked_over
from core.mistakes import SheetMistakes
from core.surroundings import Outside, around
from storage.aside import NothingThere, OtherSchema, looking
from storage.engine import address_of
from storage.sheets import read_district, warnings


@dataclass(frozen=True, slots=True)
class Findings:
    """What is wrong, and what will be soon or is not done yet, as sentences."""

    mistakes: tuple[str, ...]
    warnings: tuple[str, ...]


async def checkup(settings: Settings, wall: Callable[[], datetime]) -> Findings:
    """Look everything over by the machine's clock; nothing is changed."""
    try:
        district = read_district(settings.district.folder)
    except SheetMistakes as found:
        return Findings(mistake_lines(found.mistakes), _database(settings))
    now, zone = wall(), district.calendar.zone
    outside = around(await _outside(settings, wall), now)
    known = _database(settings) or mistake_lines(warnings(district, now.date()))
    grave = tuple(screens.sentence(one, zone) for one in outside if one.grave)
    rest = tuple(screens.sentence(one, zone) for one in outside if not one.grave)
    return Findings(grave, (*known, *rest))


def _database(settings: Settings) -> tuple[str, ...]:
    """Tables that are missing or old, which a start mends; else what is wrong in them."""
    try:
        with a_book(settings) as (book, now), looking(settings.storage.url) as connection:
            district = book.rules.district
            administrators = settings.people.administrators
            found = finished(
                looked_over(work_on(connection), district, administrators=administrators, now=now)
            )
            return tuple(screens.sentence(one, district.calendar.zone) for one in found)
    except NothingThere:
        return ("数据库还没有建立，第一次运行时会自动建立。",)
    except OtherSchema:
        return ("数据库的表结构不是最新的，运行 huying db upgrade 即可升级。",)
    except SheetMistakes:
        return ()


async def _outside(settings: Settings, wall: Callable[[], datetime]) -> Outside:
    """How Telegram, the clock and the disk are; without a token nothing is asked of anybody."""
    token = settings.telegram.token
    if token is None:
        return Outside()
    root = settings.telegram.api_root.rstrip("/")
    voice = Voice(token=token.get_secret_value(), api_root=root)
    await voice.open()
    try:
        return await Surroundings(settings.telegram, _file(settings), wall).look(voice)
    finally:
        await voice.close()


def _file(settings: Settings) -> Path | None:
    """Where the database lies; a server's disk is the server's affair."""
    address = address_of(settings.storage.url)
    return Path(str(address.database)) if address.get_backend_name() == "sqlite" else None
