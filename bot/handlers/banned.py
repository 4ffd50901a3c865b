"""Who is banned reads their calls and appeals, and raises nothing; who bans, and who decides."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from aiogram import Bot, F, Router
from aiogram.filters import Command, CommandObject, Filter
from aiogram.types import CallbackQuery, Message

from bot.flows import appeal, my_data, raise_call
from bot.flows.engine import Engine
from bot.flows.scene import Scene
from bot.handlers import confirming
from bot.handlers.standing import IN_PRIVATE
from bot.screens import banning, placing
from bot.screens.easel import Easel
from bot.screens.taps import Tap, Tapped
from core.conversation import Conversations
from core.desk import Desk
from core.errors import NotFound
from core.people import Actor, Resident

OPEN_TO_ALL = ("/start", "/help", "/mycalls", "/mydata", "/language", "/cancel")
WRITES_IN = frozenset({appeal.NAME, my_data.NAME})
TAP_IN_PRIVATE = F.message.chat.type == "private"
MOST_DAYS = 30


class Banned(Filter):
    """A resident under a ban who is about to say something new."""

    async def __call__(
        self,
        event: Message | CallbackQuery,
        resident: Resident | None,
        conversations: Conversations,
        now: datetime,
    ) -> bool:
        """No match for what they may do all the same: look, appeal, and ask for their data."""
        if resident is None or resident.banned_until is None or now >= resident.banned_until:
            return False
        talk = await conversations.get(resident.account)
        flow = talk.flow if talk else ""
        if isinstance(event, CallbackQuery):
            return flow == raise_call.NAME and (event.data or "").startswith("s:")
        return flow not in WRITES_IN and not (event.text or "").startswith(OPEN_TO_ALL)


async def turn_away(
    event: Message | CallbackQuery, desk: Desk, actor: Actor, easel: Easel, now: datetime
) -> Any:
    """Why, until when, whom to ring, and how to appeal."""
    ban = await desk.ban_of(actor.account or 0, now=now)
    if ban is None:
        return None
    message = event.message if isinstance(event, CallbackQuery) else event
    if isinstance(event, CallbackQuery):
        await event.answer()
    if isinstance(message, Message):
        await message.answer(**banning.told(ban, easel=easel).said())
    return None


async def take_appeal(
    query: CallbackQuery,
    engine: Engine,
    desk: Desk,
    actor: Actor,
    scene: Scene,
    administrators: frozenset[int],
    now: datetime,
) -> None:
    """我要申诉: one question more."""
    ban = await desk.ban_of(actor.account or 0, now=now)
    if ban is None or ban.appeal:
        await query.answer(banning.nothing_to_appeal(), show_alert=True)
        return
    draft = {appeal.DECIDERS: sorted(administrators)}
    await engine.start(appeal.NAME, draft, scene, query)


async def administers(event: Message | CallbackQuery, actor: Actor) -> bool:
    """Filter: administrators only; the default is no."""
    return actor.administrator


class Wish(NamedTuple):
    """``/ban 编号 天数 理由``, read."""

    number: str
    days: int
    reason: str


async def ask(
    message: Message, command: CommandObject, desk: Desk, actor: Actor, easel: Easel, now: datetime
) -> Any:
    """Whose calls would be suspended, for how long, and that they are told why."""
    wish = _wish(command.args or "")
    if wish is None:
        return message.answer(banning.usage())
    try:
        call, _resident = await desk.bannable(wish.number, by=actor)
    except NotFound:
        return message.answer(banning.no_such_call(wish.number))
    said, chat = message.text or "", message.chat.id
    yes, no = banning.BAN, banning.DROP
    rows = confirming.buttons(yes, no, said, by=actor, chat=chat, easel=easel, now=now)
    until = now + timedelta(days=wish.days)
    screen = banning.question(call.number, until, wish.reason, rows, easel.zone)
    return message.reply(**screen.said())


async def ban(
    query: CallbackQuery,
    tap: Tap,
    desk: Desk,
    actor: Actor,
    easel: Easel,
    bot: Bot,
    now: datetime,
) -> Any:
    """确认 below ``/ban``: the resident is told at once."""
    said = await confirming.confirmed(query, tap, by=actor, now=now)
    wish = _wish(said.partition(" ")[2]) if said else None
    if wish is None:
        return None
    banned = await desk.ban(wish.number, days=wish.days, reason=wish.reason, by=actor, now=now)
    await bot.send_message(banned.account, **banning.told(banned, easel=easel).said())
    return await confirming.ended(query, banning.done(banned, easel.zone))


async def drop(query: CallbackQuery) -> Any:
    """取消 below ``/ban``."""
    return await confirming.ended(query, placing.dropped())


def _wish(words: str) -> Wish | None:
    number, days, reason = [*words.split(maxsplit=2), "", "", ""][:3]
    fits = days.isascii() and days.isdigit() and 1 <= int(days) <= MOST_DAYS
    return Wish(number, int(days), reason.strip()) if fits and reason.strip() else None


async def unban(
    message: Message,
    command: CommandObject,
    desk: Desk,
    actor: Actor,
    administrators: frozenset[int],
    bot: Bot,
    now: datetime,
) -> Any:
    """``/unban N``."""
    which = (command.args or "").strip()
    if not (which.isascii() and which.isdigit()):
        return message.answer(banning.no_such_ban())
    alone = len(administrators) == 1
    lifted = await desk.lift_ban(int(which), by=actor, now=now, alone=alone)
    await bot.send_message(lifted.account, banning.lifted())
    return message.answer(banning.decided(True))


async def decide(
    query: CallbackQuery,
    tap: Tap,
    desk: Desk,
    actor: Actor,
    administrators: frozenset[int],
    easel: Easel,
    bot: Bot,
    now: datetime,
) -> None:
    """恢复使用 or 维持, by an administrator who did not ban."""
    alone = len(administrators) == 1
    back = tap.action == banning.LIFT
    if back:
        found = await desk.lift_ban(tap.leg, by=actor, now=now, alone=alone)
    else:
        found = await desk.keep_ban(tap.leg, by=actor, alone=alone)
    words = banning.lifted() if back else banning.kept(found, easel.zone)
    await bot.send_message(found.account, words)
    await query.answer()
    if isinstance(query.message, Message):
        await query.message.edit_text(banning.decided(back), reply_markup=None)


def router() -> Router:
    """The first router: whoever is banned gets no further."""
    banned = Router(name="banned")
    banned.message.filter(IN_PRIVATE)
    banned.callback_query.filter(TAP_IN_PRIVATE)
    banned.message.register(turn_away, Banned())
    banned.callback_query.register(turn_away, Banned())
    banned.callback_query.register(take_appeal, Tapped(banning.APPEAL))
    banned.callback_query.register(decide, Tapped(banning.LIFT, banning.KEEP), administers)
    banned.message.register(ask, Command("ban"), administers)
    banned.callback_query.register(ban, Tapped(banning.BAN), administers)
    banned.callback_query.register(drop, Tapped(banning.DROP), administers)
    banned.message.register(unban, Command("unban"), administers)
    return banned
