"""A button and a slash command take the same step: one call on the desk, one sentence for both."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.handlers.standing import TAP_IN_GROUP
from bot.screens import gestures
from bot.screens.easel import Easel
from bot.screens.taps import Tap, Tapped
from bot.words import N_, _
from core.desk import Desk
from core.leg import Leg
from core.lifecycle import Action
from core.people import Actor

Takes = Callable[[Desk], Callable[..., Awaitable[Leg]]]


@dataclass(frozen=True, slots=True)
class Step:
    """By which gesture, by which door of the desk, and what is said when it is done.

    ``worded``: what is written after the command goes along, as the reason.
    """

    gesture: str
    door: Takes
    done: str
    worded: bool = False

    def told(self, leg: Leg, easel: Easel) -> str:
        """The sentence, with who answers now, and whom."""
        above = leg.caller_agency
        caller = f"【{easel.name_of(above)}】" if above else _("呼叫人")
        return _(self.done).format(agency=easel.name_of(leg.agency), caller=caller)


STEPS: Mapping[Action, Step] = {
    Action.ACKNOWLEDGE: Step(
        gestures.ACKNOWLEDGE,
        lambda desk: desk.acknowledge,
        N_("已签收。请尽快联系{caller}：直接回复卡片，您的话会转达。"),
    ),
    Action.AGREE: Step(
        gestures.AGREE, lambda desk: desk.agree_return, N_("已同意，马上转给新的承办单位。")
    ),
    Action.DECLINE: Step(
        gestures.DECLINE,
        lambda desk: desk.decline_return,
        N_("已决定：仍由原单位办理。"),
        worded=True,
    ),
    Action.ADMIT: Step(gestures.ADMIT, lambda desk: desk.admit, N_("已受理，由{agency}办理。")),
    Action.LET_GO: Step(gestures.LET_GO, lambda desk: desk.let_go, N_("已撤回，并告诉了呼叫人。")),
    Action.PASS: Step(
        gestures.PASS, lambda desk: desk.pass_verification, N_("已记下：核查通过。")
    ),
    Action.ARRIVE: Step(
        gestures.ARRIVE,
        lambda desk: desk.arrive,
        N_("已记下到场时间。现场照片可以直接回复卡片发来。"),
    ),
    Action.RELEASE: Step(
        gestures.RELEASE, lambda desk: desk.release, N_("已解除，对方可以撤离和办结了。")
    ),
    Action.TAKE_UP: Step(
        gestures.TAKE_UP,
        lambda desk: desk.take_up,
        N_("已恢复办理，时限从现在起重新计算，呼叫人会收到。"),
    ),
}
BY_GESTURE = {step.gesture: step for step in STEPS.values()}


async def take(
    query: CallbackQuery,
    tap: Tap,
    chat: int,
    desk: Desk,
    actor: Actor,
    easel: Easel,
    now: datetime,
) -> None:
    """A tap on a card."""
    step = BY_GESTURE[tap.action]
    leg = await step.door(desk)(tap.leg, by=actor, now=now, version=tap.version, chat=chat)
    await query.answer(step.told(leg, easel))


def router() -> Router:
    """The buttons of a card that need no words."""
    taking = Router(name="steps")
    taking.callback_query.register(take, TAP_IN_GROUP, Tapped(*BY_GESTURE))
    return taking
