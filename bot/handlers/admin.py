"""Administrators in private: codes for groups, links for officers. Everybody else is refused."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.handlers.standing import IN_PRIVATE
from bot.screens import settings
from bot.screens.easel import Easel
from bot.screens.screen import Screen
from bot.screens.taps import Tap, Tapped
from bot.words import _
from core.board import Board
from core.desk import Desk
from core.finding import agencies_named
from core.people import Actor, CodePurpose, Post

COMMANDS = ("bindcode", "invite", "member", "groups")
PURPOSES = {
    "bindcode": (settings.BINDS, CodePurpose.BIND),
    "invite": (settings.JOINS, CodePurpose.JOIN),
    "member": (settings.VERIFIES, CodePurpose.MEMBER),
}
BY_TAP = dict(PURPOSES.values())
DRAWN = {
    CodePurpose.BIND: settings.bind_code,
    CodePurpose.JOIN: settings.invitation,
    CodePurpose.MEMBER: settings.membership,
}


async def give_code(
    message: Message,
    command: CommandObject,
    desk: Desk,
    actor: Actor,
    easel: Easel,
    now: datetime,
) -> Any:
    """``/bindcode 单位``, ``/invite 单位 [职务]`` and ``/member 单位``."""
    words, post = with_post(command.args or "")
    if not words:
        return message.answer(settings.name_an_agency(command.command))
    found = agencies_named(easel.district.tree, words)
    word, purpose = PURPOSES[command.command]
    if not found:
        unit, _space, last = words.rpartition(" ")
        a_post = purpose is CodePurpose.JOIN and agencies_named(easel.district.tree, unit)
        return message.answer(settings.no_post(last) if a_post else settings.no_agency(words))
    if len(found) > 1:
        screen = settings.which_agency(found, word, post, chat=message.chat.id, easel=easel)
    else:
        screen = await issued(purpose, found[0].code, post, desk, actor, easel, now)
    return message.answer(**screen.said())


async def choose_agency(
    query: CallbackQuery, tap: Tap, desk: Desk, actor: Actor, easel: Easel, now: datetime
) -> None:
    """One of several agencies that fitted."""
    agency, _, post = tap.extra.rpartition(".")
    screen = await issued(BY_TAP[tap.action], agency, Post(post), desk, actor, easel, now)
    await query.answer()
    if isinstance(query.message, Message):
        await query.message.edit_text(**screen.said())


async def issued(
    purpose: CodePurpose,
    agency: str,
    post: Post,
    desk: Desk,
    actor: Actor,
    easel: Easel,
    now: datetime,
) -> Screen:
    """A fresh code on its screen; the desk checks who asks."""
    code = await desk.issue_code(purpose=purpose, agency=agency, post=post, by=actor, now=now)
    return DRAWN[purpose](code, easel.district.tree.get(agency), easel)


async def list_groups(message: Message, board: Board, easel: Easel) -> Any:
    """``/groups``."""
    rooms = await board.rooms()
    return message.answer(settings.groups(rooms, easel))


async def refuse(message: Message) -> Any:
    """An administrator's command of somebody else."""
    return message.answer(settings.only_administrators())


def with_post(args: str) -> tuple[str, Post]:
    """The agency's words, and the post named after them (联络员 where none is)."""
    words, _space, last = args.strip().rpartition(" ")
    post = next((p for p, said in settings.POSTS.items() if last in (said, _(said))), None)
    if post and words:
        return words.strip(), post
    return args.strip(), Post.LIAISON


def administers(actor: Actor) -> bool:
    """Whether this person is listed, at this moment."""
    return actor.administrator


async def listed(event: Message | CallbackQuery, actor: Actor) -> bool:
    """Filter: administrators only; the default is no."""
    return administers(actor)


def router() -> Router:
    """Administrators' commands in private chat."""
    admin = Router(name="admin")
    admin.message.filter(IN_PRIVATE)
    admin.callback_query.filter(F.message.chat.type == "private", listed)
    admin.message.register(give_code, Command(*PURPOSES), listed)
    admin.message.register(list_groups, Command("groups"), listed)
    admin.message.register(refuse, Command(*COMMANDS))
    admin.callback_query.register(choose_agency, Tapped(*BY_TAP))
    return admin
