"""Administrators send sheets as files: in private, or with ``/sheet`` in the district's group.

A handler only writes down what is to be read; nothing is fetched here, and nothing counts before
the same person confirmed what came of it.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, Filter
from aiogram.methods import SendChatAction
from aiogram.types import CallbackQuery, Message

from bot.handlers.admin import listed
from bot.handlers.confirming import dropped, ended, proposed
from bot.handlers.standing import IN_GROUP, IN_PRIVATE, Bound
from bot.screens import petitions, ruling
from bot.screens import sheets as screens
from bot.screens.easel import Easel
from bot.screens.taps import Tap, Tapped
from bot.simplifying import simplified
from core.effective import BadMoment, effective
from core.errands import Errand, ErrandKind, Errands, over, since_of
from core.people import Actor, Binding
from core.petitions import Petition
from core.reviewing import digest
from core.rulebook import Rulebook
from core.seconding import Seconds
from core.sent_sheets import Unfit

ENDINGS = frozenset({".csv", ".xlsx", ".xlsm", ".xls", ".et", ".ods", ".tsv"})
LARGEST = 5 << 20


class SheetFile(Filter):
    """A file whose name ends like a sheet's; what it really is, its reader finds out."""

    async def __call__(self, message: Message) -> bool:
        """Whether it may be one."""
        document = message.document
        name = (document.file_name or "") if document else ""
        return PurePosixPath(name.lower()).suffix in ENDINGS


class OfTheDistrict(Filter):
    """The group in which the district itself answers: its command group."""

    async def __call__(self, event: Message, easel: Easel, binding: Binding) -> bool:
        """Whether this is it."""
        return binding.agency == easel.district.tree.district.code


async def take(
    message: Message, errands: Errands, actor: Actor, easel: Easel, now: datetime
) -> Any:
    """A sheet as a file; its caption may name the sheet, and from when on it is to count."""
    document = message.document
    if document is None or (document.file_size or 0) > LARGEST:
        return message.reply(screens.unfit(Unfit.TOO_LARGE))
    word, since = named(message.caption or "")
    try:
        at = effective(since, now=now, zone=easel.zone)
    except BadMoment as bad:
        return message.reply(screens.bad_moment(since, past=bad.past))
    facts = {"file": document.file_id, "name": document.file_name or "", "word": word}
    facts |= {"since": at.isoformat()} if at else {}
    account, chat = actor.account or 0, message.chat.id
    errand = Errand(ErrandKind.SHEET, account, chat, message.message_id, now, facts)
    await errands.add(errand)
    return SendChatAction(chat_id=chat, action="typing")


def named(caption: str) -> tuple[str, str]:
    """The sheet a caption names, and what else it says: the words of a date."""
    said = simplified(caption).strip()
    if said.startswith("/"):
        said = said.partition(" ")[2].strip()
    word = next((word for word in ruling.SHEETS if said.startswith(word)), "")
    rest = said.removeprefix(word).removeprefix("表").strip(" ，,。：:")
    return word, rest


async def confirm(
    query: CallbackQuery,
    tap: Tap,
    errands: Errands,
    book: Rulebook,
    seconds: Seconds,
    actor: Actor,
    easel: Easel,
    now: datetime,
) -> Any:
    """确认: by the same person, within a minute, and only while the sheet is what it was."""
    errand = await proposed(query, tap, errands, by=actor, now=now)
    if errand is None:
        return None
    sheet, since = errand.facts["sheet"], since_of(errand)
    if since is not None and since <= now:
        since = None
    if digest(await book.text(sheet, since or now)) != errand.facts["stands_on"]:
        return await ended(query, ruling.expired())
    done = await seconds.sheet(sheet, errand.text, by=actor, now=now, since=since)
    await errands.save(over(errand))
    if isinstance(done, Petition):
        return await ended(query, petitions.asked(done, await seconds.others(done), easel))
    return await ended(query, screens.decided(sheet, done, since, easel))


async def drop(query: CallbackQuery, tap: Tap, errands: Errands, actor: Actor) -> None:
    """取消."""
    await dropped(query, tap, errands, by=actor, words=ruling.dropped())


def router() -> Router:
    """Sheets as files; what was forwarded is nobody's wish (S4, S8)."""
    sheets = Router(name="sheets")
    sheets.message.filter(F.document, F.forward_origin.is_(None), SheetFile(), listed)
    sheets.message.register(take, IN_PRIVATE)
    sheets.message.register(take, IN_GROUP, Command("sheet"), Bound(), OfTheDistrict())
    sheets.callback_query.filter(listed)
    sheets.callback_query.register(confirm, Tapped(screens.CONFIRM))
    sheets.callback_query.register(drop, Tapped(screens.DROP))
    return sheets
