"""Yes or no to what is proposed: one tap in the group of the agency whose word it needs (R7)."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.handlers.standing import TAP_IN_GROUP
from bot.screens import gestures, proposals
from bot.screens.easel import Easel
from bot.screens.taps import Tap, Tapped
from bot.words import _
from core.desk import Desk
from core.people import Actor


async def approve(
    query: CallbackQuery,
    tap: Tap,
    chat: int,
    desk: Desk,
    actor: Actor,
    easel: Easel,
    now: datetime,
) -> None:
    """同意: it happens, or the next agency is asked."""
    leg = await desk.approve(
        tap.leg, by=actor, now=now, version=tap.version, chat=chat, which=tap.extra
    )
    await query.answer(proposals.approved(leg, easel))


async def refuse(
    query: CallbackQuery, tap: Tap, chat: int, desk: Desk, actor: Actor, now: datetime
) -> None:
    """不同意: everything stays as it was."""
    await desk.refuse(tap.leg, by=actor, now=now, version=tap.version, chat=chat, which=tap.extra)
    await query.answer(_("已决定不同意，申请单位会收到。"))


def router() -> Router:
    """Deciding on proposals, in groups."""
    approving = Router(name="approving")
    approving.callback_query.filter(TAP_IN_GROUP)
    approving.callback_query.register(approve, Tapped(gestures.APPROVE))
    approving.callback_query.register(refuse, Tapped(gestures.REFUSE))
    return approving
