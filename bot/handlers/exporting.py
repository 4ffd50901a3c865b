"""``/export``: auditors and administrators have everything written into a file, in private.

Shown first, confirmed by the same person within a minute, written down, then made aside. What
shows people waits for a second person in between (R7).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.handlers.auditing import allowed, refuse
from bot.handlers.confirming import dropped, ended, proposed
from bot.handlers.standing import IN_PRIVATE
from bot.screens import exports as screens
from bot.screens import petitions
from bot.screens.easel import Easel
from bot.screens.taps import Tap, Tapped, base36
from bot.simplifying import simplified
from core.desk import Desk
from core.errands import Errand, ErrandKind, Errands, ErrandState, over, started
from core.exporting import wish_of
from core.people import Actor
from core.petitions import Asked
from core.seconding import Seconds


async def propose(
    message: Message,
    command: CommandObject,
    errands: Errands,
    actor: Actor,
    easel: Easel,
    now: datetime,
) -> Any:
    """What would be in the file, and whether it shows people; 确认 or 取消."""
    wish = screens.wished(simplified(command.args or ""), easel.zone)
    if isinstance(wish, str):
        return message.answer(wish)
    account, chat = actor.account or 0, message.chat.id
    errand = Errand(
        *(ErrandKind.EXPORT, account, chat, 0, now),
        facts={**wish.facts(), "name": actor.name},
        state=ErrandState.PROPOSED,
    )
    kept = await errands.add(errand)
    data = f"{base36(int(now.timestamp()))}.{base36(account)}"
    screen = screens.proposal(wish, data, errand=kept.id, chat=chat, easel=easel)
    return message.answer(**screen.said())


async def confirm(
    query: CallbackQuery,
    tap: Tap,
    errands: Errands,
    desk: Desk,
    seconds: Seconds,
    actor: Actor,
    easel: Easel,
    now: datetime,
) -> Any:
    """确认: written down, then made; the very message tells how far it is."""
    errand = await proposed(query, tap, errands, by=actor, now=now)
    if errand is None or query.message is None:
        return None
    wish, message = wish_of(dict(errand.facts)), query.message.message_id
    if wish.open:
        await errands.save(over(errand))
        facts = {**wish.facts(), "chat": errand.chat, "message": message}
        asked = await seconds.propose(Asked.EXPORT, wish.what.value, facts, by=actor, now=now)
        return await ended(query, petitions.asked(asked, await seconds.others(asked), easel))
    await desk.exported(wish, by=actor, now=now)
    await errands.save(started(errand, message=message))
    return await ended(query, screens.begun())


async def drop(query: CallbackQuery, tap: Tap, errands: Errands, actor: Actor) -> None:
    """取消."""
    await dropped(query, tap, errands, by=actor, words=screens.dropped())


def router() -> Router:
    """Exports, in private; what was forwarded is nobody's wish (S4, S8)."""
    exports = Router(name="exporting")
    exports.message.filter(IN_PRIVATE, F.forward_origin.is_(None))
    exports.callback_query.filter(F.message.chat.type == "private", allowed)
    exports.message.register(propose, Command("export"), allowed)
    exports.message.register(refuse, Command("export"))
    exports.callback_query.register(confirm, Tapped(screens.CONFIRM))
    exports.callback_query.register(drop, Tapped(screens.DROP))
    return exports
