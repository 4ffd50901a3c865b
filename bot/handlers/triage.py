"""An agency sorts in its group: admits as it stands, or lets a withdrawn matter go."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.handlers.standing import TAP_IN_GROUP
from bot.screens import gestures
from bot.screens.easel import Easel
from bot.screens.taps import Tap, Tapped
from bot.words import _
from core.desk import Desk
from core.people import Actor


async def admit(
    query: CallbackQuery,
    tap: Tap,
    chat: int,
    desk: Desk,
    actor: Actor,
    easel: Easel,
    now: datetime,
) -> None:
    """受理: the guess is right, and the list says who answers."""
    leg = await desk.admit(tap.leg, by=actor, now=now, version=tap.version, chat=chat)
    await query.answer(_("已受理，由{agency}办理。").format(agency=easel.name_of(leg.agency)))


async def let_go(
    query: CallbackQuery, tap: Tap, chat: int, desk: Desk, actor: Actor, now: datetime
) -> None:
    """同意撤回: somebody looked."""
    await desk.let_go(tap.leg, by=actor, now=now, version=tap.version, chat=chat)
    await query.answer(_("已撤回，并告诉了呼叫人。"))


def router() -> Router:
    """Two taps of the card."""
    triage = Router(name="triage")
    triage.callback_query.filter(TAP_IN_GROUP)
    triage.callback_query.register(admit, Tapped(gestures.ADMIT))
    triage.callback_query.register(let_go, Tapped(gestures.LET_GO))
    return triage
