"""A dangerous command is shown first and done only when the same person confirms within 60 s (S4).

Nothing is stored meanwhile: the proposal answers the command, and what is confirmed is that very
command, read again and signed into the button.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from aiogram.types import CallbackQuery, Message

from bot.screens import ruling
from bot.screens.easel import Easel
from bot.screens.screen import Button
from bot.screens.taps import Tap, base36
from bot.words import _
from core.errands import Errand, Errands, ErrandState, over
from core.people import Actor


def buttons(
    yes: str, no: str, said: str, *, by: Actor, chat: int, easel: Easel, now: datetime
) -> tuple[tuple[Button, ...], ...]:
    """确认 and 取消 for this command of this person."""
    mark = f"{base36(int(now.timestamp()))}.{base36(by.account or 0)}.{_digest(said)}"
    agree = easel.data(yes, 0, 0, chat=chat, extra=mark)
    drop = easel.data(no, 0, 0, chat=chat, extra=mark)
    return ((Button(_("确认"), data=agree, style="danger"), Button(_("取消"), data=drop)),)


async def confirmed(query: CallbackQuery, tap: Tap, *, by: Actor, now: datetime) -> str:
    """The command that is confirmed; empty, with an answer, by somebody else or too late."""
    seconds, account, digest = tap.extra.split(".")
    if account != base36(by.account or 0):
        await query.answer(ruling.not_yours(), show_alert=True)
        return ""
    said = command_of(query)
    fresh = 0 <= now.timestamp() - int(seconds, 36) <= ruling.SECONDS
    if not said or not fresh or _digest(said) != digest:
        await ended(query, ruling.expired())
        return ""
    return said


async def proposed(
    query: CallbackQuery, tap: Tap, errands: Errands, *, by: Actor, now: datetime
) -> Errand | None:
    """The errand that is confirmed; None, with an answer, by somebody else, too late or twice."""
    seconds, account = tap.extra.split(".")
    if account != base36(by.account or 0):
        await query.answer(ruling.not_yours(), show_alert=True)
        return None
    errand = await errands.get(tap.leg)
    fresh = 0 <= now.timestamp() - int(seconds, 36) <= ruling.SECONDS
    if errand.state is not ErrandState.PROPOSED or not fresh or query.message is None:
        await ended(query, ruling.expired())
        return None
    return errand


async def dropped(
    query: CallbackQuery, tap: Tap, errands: Errands, *, by: Actor, words: str
) -> None:
    """取消 of an errand, by whoever asked for it."""
    if tap.extra.split(".")[1] != base36(by.account or 0):
        await query.answer(ruling.not_yours(), show_alert=True)
        return
    await errands.save(over(await errands.get(tap.leg)))
    await ended(query, words)


def command_of(query: CallbackQuery) -> str:
    """What the proposal answers; empty where that is gone."""
    shown = query.message
    above = shown.reply_to_message if isinstance(shown, Message) else None
    return (above.text or "") if above else ""


async def ended(query: CallbackQuery, words: str) -> None:
    """In place of the proposal, for good."""
    await query.answer()
    if isinstance(query.message, Message):
        await query.message.edit_text(words, reply_markup=None)


def _digest(said: str) -> str:
    return sha256(said.encode()).hexdigest()[:12]
