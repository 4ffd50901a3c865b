"""An officer asks for more time: how much, and why, which the caller reads (lifecycle row 27)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.accepting import choice
from bot.flows.form import look_step, view_of, words_step
from bot.flows.material import pieces_of
from bot.flows.steps import Chosen, Flow, Kept, Stay, Step
from bot.screens import filling, planning, times
from bot.words import N_, _
from core.errors import NoExtension
from core.extending import longest
from core.limits import Span

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft, Value
    from bot.screens.screen import Screen

NAME = "extend"
WHAT = N_("申请延期")
ASKED = N_("为什么需要延期？同意后会连同新的日期一起告诉呼叫人，请写呼叫人看得懂的话。")


def ask_extension() -> Flow:
    """How much longer, why, look."""
    return Flow(
        name=NAME,
        steps=(
            Step("amount", asks=_asks, accepts=(choice,), keeps=_keeps),
            words_step(WHAT, ASKED),
            look_step(WHAT, facts),
        ),
        ends=ask,
        cancelled=filling.dropped,
    )


def facts(draft: Draft, scene: Scene) -> list[str]:
    """What the look shows beside the words."""
    return [
        _("延长：{span}").format(span=draft["span"]),
        _("理由（同意后呼叫人会看到）："),
    ]


async def ask(draft: Draft, scene: Scene) -> Screen:
    """The one act of the flow."""
    leg = await scene.desk.ask_extension(
        draft["leg"],
        amount=float(draft["amount"]),
        pieces=pieces_of(draft),
        by=scene.actor,
        now=scene.now,
        version=draft["version"],
    )
    return planning.asked(await scene.board.leg(leg.id), scene.board.district)


async def _most(draft: Draft, scene: Scene) -> Span:
    view = await view_of(draft, scene)
    most = longest(scene.board.district.limits, view.call.urgency)
    if most is None:
        raise NoExtension(urgency=view.call.urgency)
    return most


async def _asks(draft: Draft, scene: Scene) -> Screen:
    return planning.amounts(await view_of(draft, scene), await _most(draft, scene))


async def _keeps(draft: Draft, value: Value, scene: Scene) -> Kept:
    if not isinstance(value, Chosen):
        return Stay(draft)
    span = Span(float(value.value), (await _most(draft, scene)).unit)
    return {**draft, "amount": value.value, "span": times.spanned(span)}
