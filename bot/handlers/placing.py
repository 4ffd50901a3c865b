"""``/people``, ``/post``, ``/unbind`` and ``/erase``: shown, confirmed by the same person, done.

What takes a second person as well (a group with open calls, somebody's data) becomes a petition.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from aiogram import Bot, F, Router
from aiogram.filters import Command, CommandObject
from aiogram.methods import SetMyCommands
from aiogram.types import CallbackQuery, Message

from bot.commands import menus_of
from bot.handlers import confirming
from bot.handlers.admin import listed, refuse
from bot.handlers.standing import IN_PRIVATE
from bot.screens import petitions, placing, settings
from bot.screens.easel import Easel
from bot.screens.screen import Screen
from bot.screens.taps import Tap, Tapped
from bot.simplifying import simplified
from bot.words import _
from core.agency import Agency
from core.auditing import audits
from core.board import Board
from core.desk import Desk
from core.desk.rostering import named
from core.errors import NobodyCalledSo
from core.finding import agencies_named
from core.people import Actor, Officer, Post
from core.petitions import Asked
from core.seconding import Seconds

COMMANDS = ("people", "post", "unbind", "erase")
YES = {"post": placing.POST, "unbind": placing.UNBIND, "erase": placing.ERASE}
AWAY = frozenset({"撤", "撤下", "撤销", "无", "remove", "none", "off"})


class Placed(NamedTuple):
    """A command of ``/post``, read: who, where, and which post from now on."""

    agency: str
    officer: Officer
    post: Post | None


async def people(message: Message, command: CommandObject, board: Board, easel: Easel) -> Any:
    """``/people 单位``."""
    agency = _one(simplified(command.args or ""), easel)
    if isinstance(agency, str):
        return message.answer(agency or placing.usage("people"))
    officers = await board.officers_of(agency.code)
    return message.answer(placing.people(agency.code, officers, easel))


async def ask(
    message: Message,
    command: CommandObject,
    board: Board,
    desk: Desk,
    actor: Actor,
    easel: Easel,
    now: datetime,
) -> Any:
    """What a command would do, with 确认 and 取消; or how it is written."""
    said, chat = message.text or "", message.chat.id
    yes = YES[command.command]
    rows = confirming.buttons(yes, placing.DROP, said, by=actor, chat=chat, easel=easel, now=now)
    words = simplified(command.args or "").strip()
    screen = await QUESTIONS[command.command](words, board, rows, easel)
    if isinstance(screen, str):
        return message.answer(screen)
    return message.reply(**screen.said())


async def _about_post(words: str, board: Board, rows: placing.Rows, easel: Easel) -> Screen | str:
    placed = await _placed(words, board, easel)
    return placed if isinstance(placed, str) else placing.post_question(*placed, rows, easel)


async def _about_group(words: str, board: Board, rows: placing.Rows, easel: Easel) -> Screen | str:
    agency = _one(words, easel)
    if isinstance(agency, str):
        return agency or placing.usage("unbind")
    binding = await board.home_of(agency.code)
    if binding is None:
        return placing.not_bound(agency.code, easel)
    return placing.unbind_question(binding, await board.open_count(agency.code), rows, easel)


async def _about_person(
    words: str, board: Board, rows: placing.Rows, _easel: Easel
) -> Screen | str:
    if not words:
        return placing.usage("erase")
    view = await board.call_by_number(words)
    if view is None or not view.call.caller:
        return placing.no_such_call(words)
    calls = await board.my_calls(view.call.caller)
    return placing.erase_question(view.call.number, len(calls), rows)


QUESTIONS: Mapping[str, Any] = {
    "post": _about_post,
    "unbind": _about_group,
    "erase": _about_person,
}


async def give_post(
    query: CallbackQuery,
    tap: Tap,
    board: Board,
    desk: Desk,
    actor: Actor,
    easel: Easel,
    administrators: frozenset[int],
    bot: Bot,
    now: datetime,
) -> Any:
    """确认 below ``/post``."""
    said = await confirming.confirmed(query, tap, by=actor, now=now)
    if not said:
        return None
    placed = await _placed(_args(said), board, easel)
    if isinstance(placed, str):
        return await confirming.ended(query, placed)
    agency, officer, post = placed
    changed = await desk.set_post(agency, officer.name, post, by=actor, now=now)
    await _menus(changed.account, board, easel, administrators, bot)
    return await confirming.ended(query, placing.post_changed(changed, post))


async def _menus(
    account: int, board: Board, easel: Easel, administrators: frozenset[int], bot: Bot
) -> None:
    """What this person may do now stands in the menu of the private chat, where there is one."""
    resident = await board.resident(account)
    if resident is None:
        return
    who = await board.who(account, resident.name, administrators=administrators)
    listed = menus_of(
        *(account, resident.language),
        administrator=who.administrator,
        officer=bool(who.officer_of),
        auditor=audits(who, easel.district),
    )
    for menu in listed:
        await bot(SetMyCommands.model_validate(menu))


async def unbind(
    query: CallbackQuery,
    tap: Tap,
    board: Board,
    seconds: Seconds,
    desk: Desk,
    actor: Actor,
    easel: Easel,
    bot: Bot,
    now: datetime,
) -> Any:
    """确认 below ``/unbind``: done at once where nothing is open, else a second person decides."""
    said = await confirming.confirmed(query, tap, by=actor, now=now)
    agency = _one(_args(said), easel)
    if not said or isinstance(agency, str):
        return None
    count = await board.open_count(agency.code)
    if count:
        facts = {"open": count}
        asked = await seconds.propose(Asked.UNBIND, agency.code, facts, by=actor, now=now)
        words = petitions.asked(asked, await seconds.others(asked), easel)
        return await confirming.ended(query, words)
    binding = await desk.unbind(agency.code, by=actor, now=now)
    await bot.send_message(binding.chat, placing.told_group(agency.code, easel))
    return await confirming.ended(query, placing.unbound(agency.code, easel))


async def erase(
    query: CallbackQuery,
    tap: Tap,
    board: Board,
    seconds: Seconds,
    actor: Actor,
    easel: Easel,
    now: datetime,
) -> Any:
    """确认 below ``/erase``: an auditor decides (row 43)."""
    said = await confirming.confirmed(query, tap, by=actor, now=now)
    view = await board.call_by_number(_args(said)) if said else None
    if view is None:
        return None
    asked = await seconds.propose(Asked.ERASE, view.call.number, {}, by=actor, now=now)
    words = petitions.asked(asked, await seconds.others(asked), easel)
    return await confirming.ended(query, words)


async def drop(query: CallbackQuery) -> Any:
    """取消."""
    return await confirming.ended(query, placing.dropped())


async def _placed(words: str, board: Board, easel: Easel) -> Placed | str:
    """Read from the right: the post, the name, and whatever is left names the agency."""
    unit, name, word = [*words.rsplit(maxsplit=2), "", "", ""][:3]
    agency = _one(unit, easel)
    if not word:
        return placing.usage("post")
    if isinstance(agency, str):
        return agency
    post = _post(word)
    if post is None and word.lower() not in AWAY:
        return placing.no_such_post(word)
    officers = await board.officers_of(agency.code)
    try:
        return Placed(agency.code, named(officers, name), post)
    except NobodyCalledSo:
        return placing.people(agency.code, officers, easel)


def _one(words: str, easel: Easel) -> Agency | str:
    """The one agency these words mean; a sentence where they mean none or many; empty for none."""
    if not words.strip():
        return ""
    found = agencies_named(easel.district.tree, words.strip())
    exact = [one for one in found if words.strip() in (one.name, one.short_name, one.code)]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if not found:
        return settings.no_agency(words.strip())
    names = _("、").join(one.name for one in found[:10])
    return _("有好几个单位都像：{names}。请写全名，例如：{name}").format(
        names=names, name=found[0].name
    )


def _post(word: str) -> Post | None:
    said = word.lower()
    return next(
        (post for post, name in settings.POSTS.items() if said in (name, _(name).lower())), None
    )


def _args(said: str) -> str:
    return simplified(said.partition(" ")[2]).strip()


def router() -> Router:
    """Administrators, in private; what was forwarded is nobody's wish (S4, S8)."""
    router = Router(name="placing")
    router.message.filter(IN_PRIVATE, F.forward_origin.is_(None))
    router.callback_query.filter(F.message.chat.type == "private", listed)
    router.message.register(people, Command("people"), listed)
    router.message.register(ask, Command(*YES), listed)
    router.message.register(refuse, Command(*COMMANDS))
    router.callback_query.register(give_post, Tapped(placing.POST))
    router.callback_query.register(unbind, Tapped(placing.UNBIND))
    router.callback_query.register(erase, Tapped(placing.ERASE))
    router.callback_query.register(drop, Tapped(placing.DROP))
    return router
