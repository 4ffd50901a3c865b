"""``huying check``: settings, database, sheets, Telegram and disk looked over from outside.

The service may run meanwhile: the database is read beside it, and Telegram is only asked.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.config import OFFICIAL, Settings
from bot.delivery.verdicts import Finding, verdict
from bot.delivery.voice import Voice
from bot.office.desk import a_book, finished, work_on
from bot.screens import health as screens
from bot.screens.mistakes import mistake_lines
from core.health import looked_over
from core.mistakes import SheetMistakes
from storage.aside import NothingThere, OtherSchema, looking
from storage.sheets import read_district, warnings

PATIENCE = 6.0
MANY_WAITING = 100
LITTLE_ROOM = 1 << 30


@dataclass(frozen=True, slots=True)
class Findings:
    """What is wrong, and what will be soon or is not done yet, as sentences."""

    mistakes: tuple[str, ...]
    warnings: tuple[str, ...]


async def checkup(settings: Settings, today: date) -> Findings:
    """Look everything over by the calendar of ``today``; nothing is changed."""
    try:
        district = read_district(settings.district.folder)
    except SheetMistakes as found:
        return Findings(mistake_lines(found.mistakes), _database(settings))
    refused, told = await _telegram(settings)
    known = _database(settings) or mistake_lines(warnings(district, today))
    return Findings(refused, (*known, *told, *_disk(settings)))


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


async def _telegram(settings: Settings) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What Telegram refuses, and what it says besides; nothing is asked without a token."""
    token = settings.telegram.token
    if token is None:
        return (), ()
    root = settings.telegram.api_root.rstrip("/")
    voice = Voice(token=token.get_secret_value(), api_root=root)
    await voice.open()
    try:
        async with asyncio.timeout(PATIENCE):
            me, hook = await voice.me(), await voice.call("getWebhookInfo", {})
    except Exception as error:
        if verdict(error).finding in (Finding.TOKEN_REFUSED, Finding.MALFORMED):
            return ("Telegram 不认这个令牌。请在 @BotFather 核对后，改正 telegram.token。",), ()
        place = "Telegram" if root == OFFICIAL else root
        return (), (f"现在连不上 {place}。请检查网络和 telegram.api_root，再查一次。",)
    finally:
        await voice.close()
    return (), _told_by_telegram(settings, me, hook)


def _told_by_telegram(
    settings: Settings, me: Mapping[str, Any], hook: Mapping[str, Any]
) -> tuple[str, ...]:
    told = []
    if not me.get("can_join_groups", True):
        told.append("机器人进不了群。请在 @BotFather 发 /setjoingroups，选 Enable。")
    if settings.telegram.mode == "polling" and hook.get("url"):
        told.append("令牌上还挂着一个推送网址，服务启动时会取下；若另有程序在用，请先停掉它。")
    if settings.telegram.mode == "webhook" and hook.get("last_error_message"):
        told.append("Telegram 最近一次推送没有成功。请检查 webhook_url、证书和反向代理。")
    waiting = int(hook.get("pending_update_count") or 0)
    if waiting > MANY_WAITING:
        told.append(f"Telegram 那里有 {waiting} 条消息等着收。服务没有运行的话，请启动它。")
    return tuple(told)


def _disk(settings: Settings) -> tuple[str, ...]:
    """Whether there is room where the database lies; a server's disk is the server's affair."""
    scheme, _, path = settings.storage.url.rpartition("://")
    if scheme and not scheme.startswith("sqlite"):
        return ()
    folder = Path(path.removeprefix("/")).resolve().parent
    with suppress(OSError):
        free = shutil.disk_usage(folder if folder.exists() else Path.cwd()).free
        if free < LITTLE_ROOM:
            return (f"数据库所在的磁盘只剩 {free >> 20} MB。请腾出空间。",)
    return ()
