"""Administrators look at rules and change them, in private: shown first, confirmed, kept.

Nothing is stored before it is confirmed: what is confirmed is the command itself, read again from
the message the proposal answers, and worth nothing unless it still leads to the very same sheet.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.methods import SendChatAction
from aiogram.types import CallbackQuery, Message

from bot.handlers.admin import listed, refuse
from bot.handlers.confirming import command_of, ended
from bot.handlers.edits import EDITS, limit
from bot.handlers.standing import IN_PRIVATE, AtDesk
from bot.screens import admin_page, edits, petitions, ruling
from bot.screens.easel import Easel
from bot.screens.sheets import bad_moment, decided
from bot.screens.taps import Tap, Tapped, base36
from bot.simplifying import simplified
from core.effective import BadMoment, effective
from core.errors import NotFound
from core.people import Actor
from core.petitions import Petition
from core.rulebook import Rulebook
from core.seconding import Seconds
from core.sheet_edits import differences, rows_of, with_alias, with_row

CHANGING = ("limit", "holiday", "sheet", "alias", "rollback", *EDITS)
IN_GROUPS = tuple(word for word in CHANGING if word != "item")
LOOKING = ("rule", "versions", "admin")
FORMS = {"": "xlsx", "xlsx": "xlsx", "excel": "xlsx", "csv": "csv"}
RULES, CALENDAR, CATALOGUE = "rules.csv", "calendar.csv", "catalogue.csv"


class NoSuchVersion(Exception):
    """A sheet has no version of this number."""


class Wanted(NamedTuple):
    """A sheet as it should be, from ``since`` on; ``restores`` is the version it gives back."""

    sheet: str
    text: str
    restores: int | None = None
    since: datetime | None = None


async def show_page(message: Message) -> Any:
    """``/admin``."""
    return message.answer(admin_page.page())


async def show_rule(
    message: Message, command: CommandObject, book: Rulebook, easel: Easel, now: datetime
) -> Any:
    """``/rule 退单``."""
    words = "".join(simplified(command.args or "").split())
    if not words:
        return message.answer(admin_page.rules(easel))
    _header, rows = rows_of(await book.text(RULES, now))
    found = [row for row in rows if words in "".join(row.get("项目", "").split())]
    version = await book.version(RULES, now)
    return message.answer(ruling.rule(words, found, version, easel))


async def show_versions(
    message: Message, command: CommandObject, book: Rulebook, easel: Easel
) -> Any:
    """``/versions 时限``."""
    sheet = ruling.SHEETS.get(simplified(command.args or "").strip())
    if sheet is None:
        return message.answer(ruling.usage("versions"))
    return message.answer(ruling.versions(sheet, await book.versions(sheet), easel))


async def propose(
    message: Message,
    command: CommandObject,
    book: Rulebook,
    actor: Actor,
    easel: Easel,
    now: datetime,
) -> Any:
    """A change of rules: tried out, then shown with 确认 and 取消."""
    try:
        wanted = await _wanted(message.text or "", book, now)
    except BadMoment as bad:
        return message.answer(bad_moment(command.args or "", past=bad.past))
    except NoSuchVersion as missing:
        return message.answer(ruling.no_such_version(*missing.args))
    if wanted is None:
        return await _look(message, command, book, easel, now)
    since = wanted.since or now
    changes = differences(await book.text(wanted.sheet, since), wanted.text)
    planned = await book.planned(wanted.sheet, now) if wanted.restores else ()
    if changes.nothing and not planned:
        return message.answer(ruling.nothing_changes())
    await book.try_out(wanted.sheet, wanted.text, since=since)
    data, chat = _mark(wanted, actor, now), message.chat.id
    undo = await book.newest(wanted.sheet)
    screen = ruling.proposal(
        *(wanted.sheet, changes, data),
        chat=chat,
        easel=easel,
        undo=undo,
        planned=planned,
        since=wanted.since,
    )
    return message.reply(**screen.said())


async def confirm(
    query: CallbackQuery,
    tap: Tap,
    book: Rulebook,
    seconds: Seconds,
    actor: Actor,
    easel: Easel,
    now: datetime,
) -> Any:
    """确认: by the same person, within a minute, and only for what was shown."""
    asked, account, digest = tap.extra.split(".")
    if account != base36(actor.account or 0):
        return await query.answer(ruling.not_yours(), show_alert=True)
    try:
        wanted = await _wanted(command_of(query), book, now)
    except BadMoment:
        wanted = None
    fresh = 0 <= now.timestamp() - int(asked, 36) <= ruling.SECONDS
    if wanted is None or not fresh or not _mark(wanted, actor, now).endswith(digest):
        return await ended(query, ruling.expired())
    sheet, text, restores, since = wanted
    done = await seconds.sheet(sheet, text, by=actor, now=now, since=since, restores=restores)
    if isinstance(done, Petition):
        others = await seconds.others(done)
        return await ended(query, petitions.asked(done, others, easel))
    return await ended(query, decided(sheet, done, since, easel))


async def drop(query: CallbackQuery) -> Any:
    """取消."""
    return await ended(query, ruling.dropped())


async def _look(
    message: Message, command: CommandObject, book: Rulebook, easel: Easel, now: datetime
) -> Any:
    """A command that changes nothing: the sheet it names, as a file, or how it is written."""
    if command.command in EDITS:
        text = await book.text(EDITS[command.command][0], now)
        words = simplified(command.args or "").split()
        return message.answer(edits.shown(command.command, words, text))
    if command.command == "limit":
        words = simplified(command.args or "").split()
        return message.answer(admin_page.limits(rows_of(await book.text(RULES, now))[1], words))
    word, *more = simplified(command.args or "").split() or [""]
    sheet = ruling.SHEETS.get(word)
    if command.command != "sheet" or sheet is None:
        return message.answer(ruling.usage(command.command))
    numbers = [int(each) for each in more if each.isdecimal()]
    form = FORMS.get("".join(each for each in more if not each.isdecimal()).lower())
    if form is None or len(numbers) > 1:
        return message.answer(ruling.usage("sheet"))
    version = numbers[0] if numbers else None
    if not await (book.text_of(sheet, version) if version else book.text(sheet, now)):
        return message.answer(ruling.without_sheet(sheet))
    await book.hand_out(sheet, form, to=message.chat.id, now=now, version=version)
    return SendChatAction(chat_id=message.chat.id, action="upload_document")


async def _wanted(said: str, book: Rulebook, now: datetime) -> Wanted | None:
    """The sheet a command asks for; None where it asks for none, or cannot be read."""
    first, _line, below = said.partition("\n")
    command, *words = simplified(first).split() or [""]
    words, since = _dated(words, book, now)
    match command.partition("@")[0].removeprefix("/"), words:
        case "limit", asked if read := limit(asked):
            name, figure, unit = read
            cells = {"数值": figure, "单位": unit}
            before = await book.text(RULES, since or now)
            return Wanted(RULES, with_row(before, "项目", name, cells), since=since)
        case "holiday", [day, arrangement, *about]:
            cells = {"安排": arrangement, "说明": " ".join(about)}
            before = await book.text(CALENDAR, now)
            return Wanted(CALENDAR, with_row(before, "日期", day, cells, new=True))
        case "alias", [item, *more] if more:
            return Wanted(CATALOGUE, with_alias(await book.text(CATALOGUE, now), item, more))
        case "sheet", [name] if below.strip() and name in ruling.SHEETS:
            return Wanted(ruling.SHEETS[name], below.strip() + "\n", since=since)
        case "rollback", [name, number] if name in ruling.SHEETS and number.isdecimal():
            sheet = ruling.SHEETS[name]
            return Wanted(sheet, await _earlier(book, sheet, int(number)), int(number))
        case edited, asked if edited in EDITS:
            sheet, edit = EDITS[edited]
            changed = edit(asked, await book.text(sheet, now))
            return Wanted(sheet, changed) if changed else None
    return None


async def _earlier(book: Rulebook, sheet: str, number: int) -> str:
    try:
        return await book.text_of(sheet, number)
    except NotFound:
        raise NoSuchVersion(sheet, number) from None


def _dated(words: list[str], book: Rulebook, now: datetime) -> tuple[list[str], datetime | None]:
    """What stands before a moment at the end of a command (明天 8:00 起), and the moment."""
    zone = book.rules.district.calendar.zone
    for cut in range(1, len(words)) if words and words[-1].endswith("起") else ():
        try:
            return words[:cut], effective(" ".join(words[cut:]), now=now, zone=zone)
        except BadMoment as bad:
            if bad.past:
                raise
    return words, None


def _mark(wanted: Wanted, by: Actor, now: datetime) -> str:
    """When, by whom, and what exactly: carried by the buttons, signed like every tap."""
    digest = sha256(f"{wanted.sheet}\n{wanted.since}\n{wanted.text}".encode()).hexdigest()[:12]
    return f"{base36(int(now.timestamp()))}.{base36(by.account or 0)}.{digest}"


def router() -> Router:
    """Administrators' rules, in private and in the district's group, which is their command group.

    What was forwarded is nobody's command (S4, S8). Somebody else is told so in private only, and
    ``/item`` of a group is about a card.
    """
    rules = Router(name="ruling")
    rules.message.filter(F.forward_origin.is_(None), AtDesk())
    rules.callback_query.filter(listed, AtDesk())
    rules.message.register(show_page, Command("admin"), listed)
    rules.message.register(show_rule, Command("rule"), listed)
    rules.message.register(show_versions, Command("versions"), listed)
    rules.message.register(propose, IN_PRIVATE, Command(*CHANGING), listed)
    rules.message.register(propose, Command(*IN_GROUPS), listed)
    rules.message.register(refuse, IN_PRIVATE, Command(*CHANGING, *LOOKING))
    rules.callback_query.register(confirm, Tapped(ruling.CONFIRM))
    rules.callback_query.register(drop, Tapped(ruling.DROP))
    return rules
