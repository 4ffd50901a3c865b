"""``/ranking``: a ranking for the public, shown to an administrator, published by two persons."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.methods import SendChatAction
from aiogram.types import CallbackQuery, Message

from bot.handlers import confirming
from bot.handlers.admin import listed, refuse
from bot.handlers.standing import IN_PRIVATE
from bot.screens import asked_stats, petitions
from bot.screens import ranking as screens
from bot.screens.easel import Easel
from bot.screens.taps import Tap, Tapped
from bot.simplifying import simplified
from core.board import Board
from core.errands import Errand, ErrandKind, Errands, over
from core.finding import agencies_named
from core.people import Actor
from core.petitions import Asked
from core.seconding import Seconds


async def propose(
    message: Message,
    command: CommandObject,
    board: Board,
    errands: Errands,
    actor: Actor,
    easel: Easel,
    now: datetime,
) -> Any:
    """Counted aside: what would be published comes with the keys."""
    wish = screens.wished(simplified(command.args or ""), now.astimezone(easel.zone).date())
    if isinstance(wish, str):
        return message.answer(wish)
    tree, (words, period) = easel.district.tree, wish
    found = agencies_named(tree, words) if words else (tree.district,)
    if len(found) != 1:
        unknown = asked_stats.unknown(words, screens.usage())
        return message.answer(asked_stats.which(found) if found else unknown)
    if found[0].kind not in screens.RANKED:
        return message.answer(screens.not_ranked())
    if await board.work.channels.bound() is None:
        return message.answer(screens.no_channel())
    facts = {"agency": found[0].code, **period.facts()}
    where = (actor.account or 0, message.chat.id, message.message_id)
    await errands.add(Errand(ErrandKind.RANKING, *where, now, facts=facts))
    return SendChatAction(chat_id=message.chat.id, action="typing")


async def confirm(
    query: CallbackQuery,
    tap: Tap,
    errands: Errands,
    seconds: Seconds,
    actor: Actor,
    easel: Easel,
    now: datetime,
) -> Any:
    """申请公布: by the same person, within a minute; the second one reads the very text."""
    errand = await confirming.proposed(query, tap, errands, by=actor, now=now)
    if errand is None:
        return None
    facts = {**errand.facts, "words": errand.text}
    made = await seconds.propose(
        Asked.RANKING, str(errand.facts["agency"]), facts, by=actor, now=now
    )
    await errands.save(over(errand))
    words = petitions.asked(made, await seconds.others(made), easel)
    return await confirming.ended(query, words)


async def drop(query: CallbackQuery, tap: Tap, errands: Errands, actor: Actor) -> None:
    """取消."""
    await confirming.dropped(query, tap, errands, by=actor, words=screens.dropped())


def router() -> Router:
    """Administrators, in private; what was forwarded is nobody's wish (S4, S8)."""
    ranking = Router(name="ranking")
    ranking.message.filter(IN_PRIVATE, F.forward_origin.is_(None), Command("ranking"))
    ranking.message.register(propose, listed)
    ranking.message.register(refuse)
    ranking.callback_query.filter(F.message.chat.type == "private", listed)
    ranking.callback_query.register(confirm, Tapped(screens.YES))
    ranking.callback_query.register(drop, Tapped(screens.DROP))
    return ranking
